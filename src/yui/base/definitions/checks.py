"""``check(folder)``: every fault of a definition folder at once; ``read_folder``: the definition, when there is none."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from .definition import Definition
from .examples import EXAMPLES_FILE, ExamplesFile, run_examples
from .reading import Fault, Sheet, at, dotted, find, read, walk
from .schema import Part, Path, Section
from .scheme import LANGUAGES
from .sections import autodiscover, section_of
from .sentences import sentence
from .source import SOURCE_FILE, SourceFile, check_sources

_KEY = re.compile(r"^[a-z][a-z0-9_]*$")


@dataclass(slots=True)
class Reading:
    """A folder as read: its sheets by file, the models that could be built, and every fault."""

    folder: FilePath
    sheets: dict[str, Sheet] = field(default_factory=dict)
    models: dict[str, Part] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    definition: Definition | None = None

    def data(self) -> dict[str, Any]:
        """Plain data by file stem (``scheme``, ``people``, ``commission-r8`` …): the roots of paths in words."""
        return {name.removesuffix(".yaml"): sheet.data for name, sheet in self.sheets.items()}


def check(folder: FilePath, previous: Mapping[str, Any] | None = None) -> list[Fault]:
    """Every fault of the folder, in the order of files and lines; empty when it may be loaded.

    ``previous``: the plain data of the stored version by file stem; keys that it has must still be there.
    """
    return read_folder(folder, previous).faults


def read_folder(folder: FilePath, previous: Mapping[str, Any] | None = None) -> Reading:
    """Read and check a folder. ``definition`` is set only when there is no fault at all."""
    sections = autodiscover()
    reading = Reading(folder)
    if not folder.is_dir():
        reading.faults.append(Fault(folder.name, 1, "", "この名前の定義フォルダーがありません。"))
        return reading
    _read_files(reading, sections)
    judge(reading, sections, previous)
    return reading


def judge(reading: Reading, sections: Sequence[Section], previous: Mapping[str, Any] | None = None) -> None:
    """Check the sheets of a reading: its models, its faults and, when there is none, its definition are filled in."""
    for sheet in reading.sheets.values():
        reading.faults.extend(sheet.faults)
        if sheet.data is not None:
            reading.faults.extend(_build(reading, sheet, _model_of(sheet.file, sections)))
    languages = _languages(reading)
    for sheet in reading.sheets.values():
        reading.faults.extend(_check_keys(sheet))
        reading.faults.extend(_check_texts(sheet, languages))
    reading.faults.extend(_check_folder(reading, sections))
    if previous:
        reading.faults.extend(_check_removed(reading, previous))
    complete = all(name in reading.models for name in reading.sheets) and not _absent(reading, sections)
    assembled = assemble(reading.models, sections) if complete else None
    if assembled is not None:
        reading.faults.extend(_check_sections(reading, assembled, sections))
        model, sheet = reading.models[EXAMPLES_FILE], reading.sheets[EXAMPLES_FILE]
        reading.faults.extend(run_examples(model, assembled, sheet, sections))
    if SOURCE_FILE in reading.models:
        reading.faults.extend(check_sources(reading.models[SOURCE_FILE], reading.data(), reading.sheets))
    reading.faults = sorted(set(reading.faults))
    reading.definition = assembled if not reading.faults else None


def assemble(
    models: Mapping[str, Part], sections: Sequence[Section], versions: Mapping[str, int] | None = None
) -> Definition:
    """Put the sections' models (by file name) together."""
    single: dict[str, Part | None] = {section.name: None for section in sections if section.optional}
    many: dict[str, list[Any]] = {section.name: [] for section in sections if section.many}
    for file, model in models.items():
        section = section_of(file, sections)
        if section is None:
            continue
        if section.many:
            many[section.name].append(model)
        else:
            single[section.name] = model
    commissions = sorted(many["commission"], key=lambda one: (one.fiscal_year.value, one.key))
    order = {one.key: place for place, one in enumerate(commissions)}
    calls = sorted(many["call"], key=lambda one: (order.get(one.commission, len(order)), one.key))
    return Definition(single, tuple(commissions), dict(versions or {}), tuple(calls))


def judge_file(sheet: Sheet, definition: Definition, previous: Any = None) -> tuple[Part | None, list[Fault]]:
    """One file of a section that has many, within a definition that already stands; the model where it has no fault.

    ``previous``: the plain data of what the file replaces, whose keys must still be there; nothing where they may go.
    """
    sections = autodiscover()
    section = section_of(sheet.file, sections)
    reading = Reading(FilePath(), {sheet.file: sheet}, faults=list(sheet.faults))
    if sheet.data is not None:
        reading.faults.extend(_build(reading, sheet, section.model if section else None))
    reading.faults.extend(_check_keys(sheet))
    reading.faults.extend(_check_texts(sheet, definition.scheme.languages))
    if previous is not None:
        reading.faults.extend(_check_removed(reading, {sheet.file.removesuffix(".yaml"): previous}))
    model = reading.models.get(sheet.file)
    for rule in section.checks if section is not None and model is not None else ():
        reading.faults.extend(sheet.fault(problem.path, problem.expected) for problem in rule(definition, model))
    faults = sorted(set(reading.faults))
    return (None if faults else model), faults


def _read_files(reading: Reading, sections: Sequence[Section]) -> None:
    for path in sorted(reading.folder.glob("*.y*ml")):
        if _model_of(path.name, sections) is None:
            reading.faults.append(
                Fault(path.name, 1, "", "この名前のファイルは使いません。名前を見直すか、消してください。")
            )
        else:
            reading.sheets[path.name] = read(path)
    for name in _absent(reading, sections):
        reading.faults.append(Fault(name, 1, "", "このファイルがありません。作ってください。"))


def _absent(reading: Reading, sections: Sequence[Section]) -> list[str]:
    wanted = [section.file for section in sections if not section.many and not section.optional]
    missing = [name for name in (*wanted, EXAMPLES_FILE) if name not in reading.sheets]
    for section in sections:
        if section.many and not section.optional and not any(section.holds(name) for name in reading.sheets):
            missing.append(section.file)
    if any(section.many and section.holds(name) for section in sections for name in reading.sheets):
        missing += [] if SOURCE_FILE in reading.sheets else [SOURCE_FILE]
    return missing


def _model_of(file: str, sections: Sequence[Section]) -> type[Part] | None:
    if file == EXAMPLES_FILE:
        return ExamplesFile
    if file == SOURCE_FILE:
        return SourceFile
    section = section_of(file, sections)
    return section.model if section else None


def _build(reading: Reading, sheet: Sheet, model: type[Part] | None) -> Iterator[Fault]:
    if model is None:
        return
    try:
        reading.models[sheet.file] = model.model_validate(sheet.data)
    except ValidationError as error:
        for found in error.errors():
            yield sheet.fault(_place(found["loc"], sheet.data), sentence(found))


def _place(location: Sequence[str | int], data: Any) -> Path:
    """pydantic's location without the steps that are not in the file (union members, wrappers).

    ``value`` of a setting written as ``default`` is named as it is written.
    """
    path: list[str | int] = []
    for position, step in enumerate(location):
        here = at(data, tuple(path))
        if isinstance(here, Mapping):
            if step == "value" and "default" in here:
                step = "default"
            last = position == len(location) - 1
            if step in here or last:
                path.append(step)
        elif isinstance(here, Sequence) and not isinstance(here, str) and isinstance(step, int):
            path.append(step)
    return tuple(path)


def _languages(reading: Reading) -> list[str]:
    sheet = reading.sheets.get("scheme.yaml")
    given = sheet.data.get("languages") if sheet and isinstance(sheet.data, Mapping) else None
    return [code for code in given if isinstance(code, str)] if isinstance(given, list) else []


def _check_keys(sheet: Sheet) -> Iterator[Fault]:
    """Keys of a list are told once each."""
    for path, value in walk(sheet.data):
        if not isinstance(value, list):
            continue
        seen: set[str] = set()
        for index, entry in enumerate(value):
            key = entry.get("key") if isinstance(entry, Mapping) else None
            if not isinstance(key, str):
                continue
            if key in seen:
                yield sheet.fault((*path, index, "key"), f"キー「{key}」が重なっています。一度使ったキーは使えません。")
            seen.add(key)


def _check_texts(sheet: Sheet, languages: Sequence[str]) -> Iterator[Fault]:
    """What residents read exists in every language of the scheme (more are welcome, unknown ones are not)."""
    for path, value in walk(sheet.data):
        if not isinstance(value, Mapping) or "ja" not in value:
            continue
        for code in languages:
            if not value.get(code):
                yield sheet.fault(
                    path, f"「{code}」の文がありません。利用者が読む文は {'、'.join(languages)} をそろえます。"
                )
        for code in value:
            if code not in LANGUAGES:
                yield sheet.fault(
                    (*path, code), f"「{code}」は使えることばではありません。使えるのは：{'、'.join(LANGUAGES)}"
                )


def _check_folder(reading: Reading, sections: Sequence[Section]) -> Iterator[Fault]:
    """The folder's name and the keys inside agree, so that a copy is never loaded as its original."""
    for file, sheet in reading.sheets.items():
        data = sheet.data if isinstance(sheet.data, Mapping) else {}
        if file == "scheme.yaml" and isinstance(data.get("authority"), Mapping):
            key = data["authority"].get("key")
            if isinstance(key, str) and key != reading.folder.resolve().name:
                yield sheet.fault(
                    ("authority", "key"), f"フォルダーの名前「{reading.folder.resolve().name}」と同じにしてください。"
                )
        section = section_of(file, sections)
        if section is not None and section.many and isinstance(data.get("key"), str):
            wanted = section.key_in(file)
            if data["key"] != wanted:
                yield sheet.fault(("key",), f"ファイルの名前に合わせて「{wanted}」にしてください。")


def keyed(data: Any) -> dict[str, Any]:
    """Every keyed entry of a file, by its path in words."""
    found = {}
    for path, value in walk(data):
        if path and isinstance(path[-1], int) and isinstance(value, Mapping) and isinstance(value.get("key"), str):
            found[dotted(path, data)] = value
    return found


def _check_removed(reading: Reading, previous: Mapping[str, Any]) -> Iterator[Fault]:
    """Keys are retired, never removed or used again."""
    for stem, old in previous.items():
        sheet = reading.sheets.get(f"{stem}.yaml")
        if sheet is None:
            yield Fault(f"{stem}.yaml", 1, "", "前の版にあったファイルがありません。終わった業務のファイルも残します。")
            continue
        yield from _check_rewritten(sheet, old)
        now = keyed(sheet.data)
        for words, entry in keyed(old).items():
            if words not in now:
                parent = words.rpartition(".")[0]
                line = sheet.line_of(_known(sheet, parent))
                yield Fault(
                    sheet.file,
                    line,
                    words,
                    "前の版にあったキーが消えています。消さずに retired: 日付 を書いてください。",
                )
            elif entry.get("retired") and not now[words].get("retired"):
                place = _known(sheet, words)
                yield Fault(
                    sheet.file,
                    sheet.line_of(place),
                    words,
                    "使い終えたキーは、もう一度使えません。新しいキーにしてください。",
                )


def _check_rewritten(sheet: Sheet, old: Any) -> Iterator[Fault]:
    """Words that somebody agreed to stay as they were: a change is a new version."""
    now = _wordings(sheet.data)
    for (words, version), text in _wordings(old).items():
        if now.get((words, version)) == text:
            continue
        line = sheet.line_of(_known(sheet, words))
        yield Fault(
            sheet.file, line, words, f"version {version} の文は変えられません。新しい version を足してください。"
        )


def _wordings(data: Any) -> dict[tuple[str, int], Any]:
    """Every versioned wording with its first day, by the path of its list and its version."""
    return {
        (dotted(path[:-1], data), value["version"]): plain(value)
        for path, value in walk(data)
        if path and isinstance(path[-1], int) and isinstance(value, Mapping) and isinstance(value.get("version"), int)
    }


def _known(sheet: Sheet, words: str) -> Path:
    """The place of a path in words, or of the nearest part of it that is still there."""
    while words:
        try:
            return find(sheet.data, words)
        except KeyError:
            words = words.rpartition(".")[0]
    return ()


def _check_sections(reading: Reading, definition: Definition, sections: Sequence[Section]) -> Iterator[Fault]:
    for file, model in reading.models.items():
        section = section_of(file, sections)
        for rule in section.checks if section else ():
            for problem in rule(definition, model):
                yield reading.sheets[file].fault(problem.path, problem.expected)


def plain(data: Any) -> Any:
    """Data fit for JSON: dates as ISO text."""
    if isinstance(data, Mapping):
        return {key: plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [plain(value) for value in data]
    return data.isoformat() if isinstance(data, date) else data
