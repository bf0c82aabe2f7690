"""Two versions of a definition side by side, in words: what was added, changed and taken away."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from .telling import Chapter, Entry, Told, chapters

Kind = Literal["added", "changed", "removed"]


@dataclass(frozen=True, slots=True)
class Side:
    """What one version says of a place: the value with its origin, in words."""

    text: str
    origin: str = ""
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``where``: chapter, part and entry in words; ``what``: the value's own name."""

    kind: Kind
    where: str
    what: str
    path: str
    before: Side | None
    after: Side | None


def compared(
    before: Mapping[str, Any], after: Mapping[str, Any], measures: Mapping[str, str] | None = None
) -> list[Change]:
    """Every difference of two plain definitions, in the order of the newer one; what is gone stands at the end.

    Entries are told apart by their key, so moving one is no difference. An entry that is new or gone is one change.
    """
    old, new = (_places(chapters(data, measures)) for data in (before, after))
    found = []
    for path, place in new.items():
        earlier = old.get(path)
        if earlier is None:
            if place.parent not in new or place.parent in old:
                found.append(Change("added", place.where, place.what, path, None, place.side))
        elif earlier.side != place.side:
            found.append(Change("changed", place.where, place.what, path, *_apart(earlier.side, place.side)))
    for path, place in old.items():
        if path not in new and (place.parent not in old or place.parent in new):
            found.append(Change("removed", place.where, place.what, path, place.side, None))
    return found


@dataclass(frozen=True, slots=True)
class _Place:
    where: str
    what: str
    side: Side
    parent: str = ""


def _places(told: list[Chapter]) -> dict[str, _Place]:
    found: dict[str, _Place] = {}
    for chapter in told:
        for block in chapter.blocks:
            where = f"{chapter.title} › {block.title}"
            for line in block.lines:
                found[line.path] = _Place(where, line.label, _side(line))
            for entry in block.entries:
                found[entry.path] = _Place(where, entry.title, _entry_side(entry))
                for line in entry.lines:
                    found[line.path] = _Place(f"{where} › {entry.title}", line.label, _side(line), entry.path)
    return found


def _side(line: Told) -> Side:
    return Side(line.text, _origin(line.source, line.note, by_default=line.by_default), line.others)


def _entry_side(entry: Entry) -> Side:
    return Side(entry.title, _origin(entry.source, entry.note, by_default=False), entry.others)


def _origin(source: str, note: str, *, by_default: bool) -> str:
    parts = [f"出典：{source}" if source else "", f"{'初期値：' if by_default else ''}{note}" if note else ""]
    return "　".join(part for part in parts if part)


def _apart(before: Side, after: Side) -> tuple[Side, Side]:
    """Both sides with only those other languages in which they differ."""
    old, new = dict(before.others), dict(after.others)
    differing = [name for name in {**old, **new} if old.get(name) != new.get(name)]

    def only(side: Side, texts: Mapping[str, str]) -> Side:
        return Side(side.text, side.origin, tuple((name, texts.get(name, "—")) for name in differing))

    return only(before, old), only(after, new)
