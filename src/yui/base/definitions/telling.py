"""A definition told in words: chapters, parts and lines, each value with its source or the note that it is a default.

Works on plain data by file stem, as stored or as read, so that an old version is told as well as a folder.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from yui.engine.calendar import fiscal_year_label, wareki, wareki_with_weekday, wareki_year

from .labels import CHAPTERS, CODES, LABELS, NAMED_BY, UNITS, label_of

OPEN = "文書に書かれていない。初期値"
NOT_COUNTED = "ゆいでは数えず、値を書き入れる"
_NOT_TOLD = ("key", "source", "note", "retired", "number", "order")
_TITLES = ("name", "label", "staff_label", "title", "text", "sentence", "question", "what", "mark", "version")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})（.）(?: (\d{2}):(\d{2}))?")
_PART = re.compile(r"(\d{4}-\d{2}) ([上中下]旬)")
_SHARE = re.compile(r"(\d+)/(\d+)")
_YEARS = ("fiscal_year",)


@dataclass(frozen=True, slots=True)
class Told:
    """One value in words. ``path`` names its place in the files (``people.guardian_age``); ``others``: the same text in
    the other languages, by the name of each.
    """

    path: str
    label: str
    text: str
    source: str = ""
    note: str = ""
    by_default: bool = False
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list: its name, what else it says, its source."""

    path: str
    title: str
    lines: tuple[Told, ...]
    source: str = ""
    note: str = ""
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a chapter: single values, or a list."""

    key: str
    title: str
    lines: tuple[Told, ...] = ()
    entries: tuple[Entry, ...] = ()

    @property
    def bare(self) -> bool:
        """Whether its entries are names alone, so that a list says it all."""
        return not any(entry.lines or entry.source or entry.note for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A file in words."""

    stem: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(slots=True)
class _Names:
    """Names of keyed entries, by list and key, from the file at hand and the whole definition."""

    of: dict[tuple[str, str], str] = field(default_factory=dict)

    def gather(self, data: Any, name: str = "") -> None:
        if isinstance(data, Mapping):
            for key, value in data.items():
                self.gather(value, str(key))
        elif isinstance(data, list):
            for entry in data:
                if isinstance(entry, Mapping) and isinstance(entry.get("key"), str):
                    self.of.setdefault((name, entry["key"]), _title(entry))
                self.gather(entry, name)

    def name(self, fieldname: str, key: str) -> str:
        for listed in NAMED_BY.get(fieldname, ()):
            if (listed, key) in self.of:
                return self.of[listed, key]
        return NOT_COUNTED if fieldname == "measure" else CODES.get(key, key)


def chapters(data: Mapping[str, Any], measures: Mapping[str, str] | None = None) -> list[Chapter]:
    """The whole definition, in the order of a document: scheme, doors, people … commissions, calls, expenses.

    ``measures``: what Yui counts, by key; another measure of an indicator is told as one whose value is written in.
    """
    names = _Names()
    names.of |= {("measures", key): label for key, label in (measures or {}).items()}
    for stem, content in data.items():
        names.gather(content)
        if section_of_stem(stem) == "commission":
            names.of["commissions", content.get("key", "")] = chapter_title(stem, content).partition("：")[2]
    order = list(CHAPTERS)
    stems = [stem for stem in data if section_of_stem(stem) in CHAPTERS and stem != "source"]
    stems.sort(key=lambda stem: (order.index(section_of_stem(stem)), stem))
    return [chapter(stem, data[stem], names) for stem in stems]


def section_of_stem(stem: str) -> str:
    """``commission`` of ``commission-r8``."""
    return stem.partition("-")[0]


def chapter_title(stem: str, content: Any) -> str:
    """業務：令和8年度…, 制度：…."""
    section = section_of_stem(stem)
    given = content.get("title_corrected") or content.get("title") if section in ("commission", "call") else None
    name = given.get("value", given.get("default")) if isinstance(given, Mapping) else given
    return f"{CHAPTERS.get(section, stem)}：{name}" if name else CHAPTERS.get(section, stem)


def chapter(stem: str, content: Mapping[str, Any], names: "_Names") -> Chapter:
    """One file in words."""
    section = section_of_stem(stem)
    single: list[Told] = []
    blocks: list[Block] = []
    for name, value in content.items():
        path, label = f"{stem}.{name}", label_of(name, section)
        if _is_leaf(value):
            if name != "key":
                single.append(_told(path, label, name, value, names))
        elif isinstance(value, Mapping):
            blocks += _part_blocks(path, name, label, value, section, names)
        else:
            blocks.append(Block(name, label, entries=_entries(path, value, (name, section), names)))
    first = [Block("basics", "はじめに", tuple(single))] if single else []
    return Chapter(stem, chapter_title(stem, content), (*first, *blocks))


def _part_blocks(
    path: str, name: str, label: str, part: Mapping[str, Any], section: str, names: "_Names"
) -> Iterator[Block]:
    """A part: its own lines, then each of its lists."""
    lists = {inner: value for inner, value in part.items() if _keyed(value)}
    own = {inner: value for inner, value in part.items() if inner not in lists}
    lines = tuple(_lines(path, own, (name, section), names))
    lines = tuple(_from_part(line, part) for line in lines)
    if lines:
        yield Block(name, label, lines)
    for inner, value in lists.items():
        around = (inner, name, section)
        title = f"{label}・{label_of(inner, name, section)}"
        yield Block(f"{name}-{inner}", title, entries=_entries(f"{path}.{inner}", value, around, names))


def _entries(path: str, value: Sequence[Any], around: Sequence[str], names: "_Names") -> tuple[Entry, ...]:
    return tuple(_entry(f"{path}.{_step(one, place)}", one, around, names) for place, one in enumerate(value))


def _entry(path: str, data: Any, around: Sequence[str], names: "_Names") -> Entry:
    if not isinstance(data, Mapping):
        return Entry(path, _scalar(around[0], data, names), ())
    titled = _title_field(data)
    lines = tuple(_lines(path, data, around, names, skip=(titled or "",)))
    if titled is None and lines:
        told = lines[0].text if set(data) <= {"key", "words"} else f"{lines[0].label} {lines[0].text}"
        kept = lines if _has_origin(lines[0]) else lines[1:]
        return Entry(path, told, kept, str(data.get("source") or ""), str(data.get("note") or ""))
    retired = f"（{_day(data['retired'])}で終わり）" if data.get("retired") else ""
    number = f"{data['number']}　" if isinstance(data.get("number"), str | int) else ""
    others = _others(data[titled]) if titled and isinstance(data[titled], Mapping) else ()
    return Entry(
        path,
        f"{number}{_title(data)}{retired}",
        lines,
        str(data.get("source") or ""),
        str(data.get("note") or ""),
        others,
    )


def _lines(
    path: str, data: Mapping[str, Any], around: Sequence[str], names: "_Names", skip: Sequence[str] = ()
) -> Iterator[Told]:
    """Every value of a mapping, from the outside in; nested parts with their names before."""
    for name, value in data.items():
        unsaid = name in skip or (name in _NOT_TOLD and not _is_setting(value))
        if unsaid or value is None or value == []:
            continue
        label = label_of(name, *around)
        yield from _flat(f"{path}.{name}", label, name, value, (name, *around), names)


def _flat(path: str, label: str, name: str, value: Any, around: Sequence[str], names: "_Names") -> Iterator[Told]:
    if _is_leaf(value):
        yield _told(path, label, name, value, names)
    elif isinstance(value, Mapping):
        for line in _lines(path, value, around, names):
            yield _under(label, line, value)
    else:
        for place, one in enumerate(value):
            if not isinstance(one, Mapping):
                continue
            entry = _entry(f"{path}.{_step(one, place)}", one, around, names)
            plain = [line for line in entry.lines if not _has_origin(line)]
            rest = "、".join(f"{line.label}：{line.text}" for line in plain)
            text = f"{entry.title}（{rest}）" if rest else entry.title
            yield Told(entry.path, label, text, entry.source, entry.note, others=entry.others)
            for line in entry.lines:
                if _has_origin(line):
                    yield replace(line, label=f"{label}「{entry.title}」・{line.label}")


def _has_origin(line: Told) -> bool:
    return bool(line.source or line.note or line.others)


def _under(label: str, line: Told, part: Mapping[str, Any]) -> Told:
    return replace(_from_part(line, part), label=f"{label}・{line.label}")


def _from_part(line: Told, part: Mapping[str, Any]) -> Told:
    """A plain value of a part that names its source comes from there."""
    return line if line.source or line.by_default else replace(line, source=str(part.get("source") or ""))


def _told(path: str, label: str, name: str, value: Any, names: "_Names") -> Told:
    if _is_setting(value):
        inner = value.get("value", value.get("default"))
        text = _due(inner) if isinstance(inner, Mapping) else _value(name, inner, names)
        return Told(
            path, label, text, str(value.get("source") or ""), str(value.get("note") or ""), "default" in value,
            _others(inner) if isinstance(inner, Mapping) else (),
        )  # fmt: skip
    if isinstance(value, Mapping) and "text" in value:  # a value that may be fictional
        return Told(path, label, str(value["text"]), note="見本の値です。" if value.get("fictional") else "")
    if isinstance(value, Mapping):
        return Told(path, label, str(value["ja"]), others=_others(value))
    return Told(path, label, _value(name, value, names))


def _value(name: str, value: Any, names: "_Names") -> str:
    if value == []:
        return "なし"
    if isinstance(value, list):
        return "、".join(_scalar(name, one, names) for one in value)
    return _scalar(name, value, names)


def _scalar(name: str, value: Any, names: "_Names") -> str:
    if value is None:
        return "決まっていない"
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, int):
        if name in _YEARS:
            return fiscal_year_label(value)
        return f"{value:,}{UNITS.get(name, '')}"
    text = str(value)
    if _DAY.fullmatch(text) or _MOMENT.fullmatch(text) or _PART.fullmatch(text):
        return moment_words(text)
    share = _SHARE.fullmatch(text)
    if share and name in ("share", "step_share", "times", "local_share"):
        return f"{share[2]}分の{share[1]}"
    return names.name(name, text)


def _due(due: Mapping[str, Any]) -> str:
    if "days" not in due or "event" not in due:
        return "、".join(f"{LABELS.get(name, name)}：{value}" for name, value in due.items())
    days, event = int(due["days"]), CODES.get(str(due["event"]), str(due["event"]))
    if days == 0:
        return event
    return f"{event}から{days}日以内" if days > 0 else f"{event}の{-days}日前まで"


def moment_words(text: str) -> str:
    """令和6年6月20日, 令和6年6月20日（木）17時, 令和6年7月上旬."""
    moment, part = _MOMENT.fullmatch(text), _PART.fullmatch(text)
    if part:
        month = date.fromisoformat(f"{part[1]}-01")
        return f"{wareki_year(month)}{month.month}月{part[2]}"
    if moment is None:
        return _day(text)
    hour, minute = int(moment[2] or 0), int(moment[3] or 0)
    time = "" if moment[2] is None else f"{hour}時{minute}分" if minute else f"{hour}時"
    return f"{wareki_with_weekday(date.fromisoformat(moment[1]))}{time}"


def _day(value: Any) -> str:
    try:
        return wareki(date.fromisoformat(str(value)))
    except ValueError:
        return str(value)


def _is_setting(value: Any) -> bool:
    return isinstance(value, Mapping) and ("value" in value or "default" in value)


def _is_leaf(value: Any) -> bool:
    if isinstance(value, Mapping):
        marked = isinstance(value.get("text"), str) and "key" not in value and "version" not in value
        return "ja" in value or _is_setting(value) or marked
    if isinstance(value, list):
        return not any(isinstance(one, Mapping) for one in value)
    return True


def _keyed(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, Mapping) for one in value)


def _step(entry: Any, place: int) -> str:
    key = entry.get("key") if isinstance(entry, Mapping) else None
    return key if isinstance(key, str) else str(place)


def _title_field(entry: Mapping[str, Any]) -> str | None:
    return next((name for name in _TITLES if entry.get(name) not in (None, "")), None)


def _title(entry: Mapping[str, Any]) -> str:
    name = _title_field(entry)
    if name is None:
        return str(entry.get("key", ""))
    value = entry[name]
    if _is_setting(value):
        value = value.get("value", value.get("default"))
    if isinstance(value, Mapping):
        value = value.get("ja", value.get("text", ""))
    return f"第{value}版" if name == "version" else str(value)


def _others(texts: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((CODES.get(code, code), str(text)) for code, text in texts.items() if code != "ja")
