"""Reads YAML with the line of every value.

Own rules for plain scalars, because what a town edits must not surprise: ``true``/``false``, whole and decimal numbers,
ISO dates and ``null``; everything else is text (so ``9:00`` and ``no`` stay text).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path as FilePath
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from .schema import Path

_WHOLE = re.compile(r"^[-+]?(0|[1-9][0-9]{0,17})$")
_DECIMAL = re.compile(r"^[-+]?[0-9]+\.[0-9]+$")
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in a definition: where, and what is expected (a Japanese sentence)."""

    file: str
    line: int
    path: str
    expected: str

    def __str__(self) -> str:
        where = f"（{self.path}）" if self.path else ""
        return f"{self.file}:{self.line}: {self.expected}{where}"


@dataclass(slots=True)
class Sheet:
    """A file as read: its plain data and the line of each value (1 is the first)."""

    file: str
    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line_of(self, path: Path) -> int:
        """The line of a value, or of the nearest thing around it that exists."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def fault(self, path: Path, expected: str) -> Fault:
        return Fault(self.file, self.line_of(path), dotted(path, self.data), expected)


def read(path: FilePath) -> Sheet:
    """Read one file. What cannot be read as YAML, and keys written twice, are faults of the sheet."""
    sheet = Sheet(path.name)
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        sheet.faults.append(Fault(path.name, 1, "", "文字コードをUTF-8にして保存してください。"))
        return sheet
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        sheet.faults.append(
            Fault(path.name, line, "", f"YAMLとして読めません。字下げや引用符を見直してください：{error.problem}")
        )
        return sheet
    except RecursionError:
        sheet.faults.append(Fault(path.name, 1, "", "字下げが深すぎて読めません。"))
        return sheet
    except YAMLError as error:
        sheet.faults.append(Fault(path.name, 1, "", f"YAMLとして読めません：{error}"))
        return sheet
    if node is None:
        sheet.faults.append(Fault(path.name, 1, "", "ファイルが空です。"))
        return sheet
    if _has_alias(node):
        sheet.faults.append(
            Fault(path.name, 1, "", "アンカー（&）と別名（*）は使えません。同じことでも書いてください。")
        )
        return sheet
    sheet.data = _build(node, (), sheet)
    return sheet


def _has_alias(root: Node) -> bool:
    """Whether a part is used twice. Such a file has no one place for a value, and may refer to itself."""
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            return True
        seen.add(id(node))
        if isinstance(node, MappingNode):
            waiting.extend(part for pair in node.value for part in pair)
        elif isinstance(node, SequenceNode):
            waiting.extend(node.value)
    return False


def _build(node: Node, path: Path, sheet: Sheet) -> Any:
    sheet.lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, MappingNode):
        return _build_mapping(node, path, sheet)
    if isinstance(node, SequenceNode):
        return [_build(child, (*path, index), sheet) for index, child in enumerate(node.value)]
    return _scalar(node, path, sheet)


def _build_mapping(node: MappingNode, path: Path, sheet: Sheet) -> dict[str, Any]:
    built: dict[str, Any] = {}
    for key_node, child in node.value:
        key = str(key_node.value)
        place = (*path, key)
        if key in built:
            sheet.faults.append(
                Fault(sheet.file, key_node.start_mark.line + 1, dotted(place, None), f"「{key}」が2度書かれています。")
            )
            continue
        sheet.lines[place] = key_node.start_mark.line + 1
        built[key] = _build(child, place, sheet)
    return built


def _scalar(node: ScalarNode, path: Path, sheet: Sheet) -> Any:
    text: str = node.value
    if node.style is not None:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.match(text):
        return int(text)
    if _DECIMAL.match(text):
        return float(text)
    if _DAY.match(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            sheet.faults.append(sheet.fault(path, f"「{text}」という日はありません。"))
    return text


def dotted(path: Path, data: Any) -> str:
    """A path in words: list entries by their key where they have one, e.g. ``stages.actor.label.en``."""
    words: list[str] = []
    for step in path:
        data = _step(data, step)
        if isinstance(step, int) and isinstance(data, Mapping) and isinstance(data.get("key"), str):
            words.append(data["key"])
        else:
            words.append(str(step))
    return ".".join(words)


def _step(data: Any, step: str | int) -> Any:
    if isinstance(data, Mapping):
        return data.get(step)
    if isinstance(data, Sequence) and not isinstance(data, str) and isinstance(step, int) and step < len(data):
        return data[step]
    return None


def find(data: Any, words: str) -> Path:
    """The place that a path in words names. Raises KeyError when it is not there or holds nothing."""
    path: list[str | int] = []
    for word in words.split("."):
        if isinstance(data, Mapping) and word in data:
            path.append(word)
            data = data[word]
        elif isinstance(data, Sequence) and not isinstance(data, str):
            index = _position(data, word)
            path.append(index)
            data = data[index]
        else:
            raise KeyError(words)
    if data is None:
        raise KeyError(words)
    return tuple(path)


def _position(entries: Sequence[Any], word: str) -> int:
    for index, entry in enumerate(entries):
        if isinstance(entry, Mapping) and entry.get("key") == word:
            return index
    if word.isdigit() and int(word) < len(entries):
        return int(word)
    raise KeyError(word)


def at(data: Any, path: Path) -> Any:
    """The value at a place."""
    for step in path:
        data = _step(data, step)
    return data


def walk(data: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every place and its value, from the outside in, in the order of the file."""
    waiting = [(path, data)]
    while waiting:
        place, value = waiting.pop()
        yield place, value
        if isinstance(value, dict):
            waiting.extend([((*place, key), child) for key, child in value.items()][::-1])
        elif isinstance(value, list):
            waiting.extend([((*place, index), child) for index, child in enumerate(value)][::-1])
