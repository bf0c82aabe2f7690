"""The hard limits: for each pair the first, in the published order, that excludes it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from yui.engine.matching.columns import BEYOND, Array, Classes, Columns, chord, classes, shared_members
from yui.engine.matching.types import LIMITS, Opportunity, Person

First = npt.NDArray[np.int8]
Mask = npt.NDArray[np.bool_]
ELIGIBLE = 0
"""In a First: no limit. Any other n means LIMITS[n - 1]."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A limit between classes. `excludes` (classes of persons, classes of opportunities)."""

    persons: Classes
    opportunities: Classes
    excludes: Mask


@dataclass(frozen=True, slots=True)
class Limits:
    """Every limit of a question. `rules` lacks what is of a pair: place and blocked."""

    rules: dict[str, Rule]
    reach: Array  # (persons,) squared chord up to which a place is within reach; BEYOND: no reach
    online: Mask  # (opportunities,)
    blocked: list[list[int]]  # per person the opportunities, ascending


def limits(columns: Columns) -> Limits:
    """The limits of a question."""
    number = {name: at for at, name in enumerate(columns.opportunity_names)}
    by_metres = {p.reach_m for p in columns.persons}
    reach = {metres: BEYOND if metres is None else chord(metres) for metres in by_metres}
    return Limits(
        rules=dict(_rules(columns)),
        reach=np.array([reach[p.reach_m] for p in columns.persons], dtype=np.float64),
        online=np.array([o.online for o in columns.opportunities], dtype=np.bool_),
        blocked=[sorted(number[name] for name in p.blocked if name in number) for p in columns.persons],
    )


def _rules(columns: Columns) -> Iterator[tuple[str, Rule]]:
    persons, opportunities = columns.persons, columns.opportunities
    yield "age", _rule([p.age for p in persons], [o.age for o in opportunities], outside)
    yield "slots", _none_shared(columns.person_slots, columns.opportunity_slots, columns.shared_slots)
    spoken, used = classes(p.languages for p in persons), classes(o.languages for o in opportunities)
    yield "languages", _none_shared(spoken, used, shared_members(spoken, used))
    yield "stage", _rule([p.stage for p in persons], [o.stage for o in opportunities], below)
    given, needed = classes(p.consents for p in persons), classes(o.needs_consents for o in opportunities)
    sizes = np.array([len(value) for value in needed.values], dtype=np.int32)
    yield "consents", Rule(given, needed, shared_members(given, needed) < sizes[None, :])
    yield "load", _of_person(persons, opportunities, [loaded(p) for p in persons])
    yield "resting", _of_person(persons, opportunities, [p.resting for p in persons])
    everyone = [False] * len(persons)
    yield "open", _rule(everyone, [not o.open for o in opportunities], lambda _, closed: bool(closed))


def _rule(left: Sequence[Any], right: Sequence[Any], excludes: Any) -> Rule:
    one, two = classes(left), classes(right)
    table = [[excludes(mine, theirs) for theirs in two.values] for mine in one.values]
    return Rule(one, two, np.array(table, dtype=np.bool_).reshape(len(one.values), len(two.values)))


def _of_person(persons: Sequence[Person], opportunities: Sequence[Opportunity], flags: Sequence[bool]) -> Rule:
    return _rule(flags, [False] * len(opportunities), lambda out, _: bool(out))


def loaded(person: Person) -> bool:
    return person.load_cap is not None and person.load >= person.load_cap


def outside(age: tuple[int, int] | None, asked: tuple[int, int] | None) -> bool:
    """An age known only as a year counts as the younger for the minimum, as the older for the maximum."""
    return age is not None and asked is not None and (age[0] < asked[0] or age[1] > asked[1])


def below(stands: int | None, wanted: int | None) -> bool:
    return stands is not None and wanted is not None and stands < wanted


def _none_shared(left: Classes, right: Classes, shared: Array) -> Rule:
    one = np.array([bool(value) for value in left.values], dtype=np.bool_)
    two = np.array([bool(value) for value in right.values], dtype=np.bool_)
    return Rule(left, right, one[:, None] & two[None, :] & (shared == 0))


def first_limits(found: Limits, rows: range, columns: range, far: Array) -> First:
    """The first limit of each pair of a block; `far`: their squared chords; (persons, opportunities)."""
    at, to = slice(rows.start, rows.stop), slice(columns.start, columns.stop)
    first = np.zeros((len(rows), len(columns)), dtype=np.int8)
    for code, name in enumerate(LIMITS, start=1):
        if name == "place":
            mask = (far > found.reach[at, None]) & ~found.online[None, to]
        elif name == "blocked":
            mask = _blocked(found, rows, columns)
        else:
            rule = found.rules[name]
            if not rule.excludes.any():
                continue
            mask = rule.excludes[rule.persons.of[at]][:, rule.opportunities.of[to]]
        first[(first == ELIGIBLE) & mask] = code
    return first


def _blocked(found: Limits, rows: range, columns: range) -> Mask:
    mask = np.zeros((len(rows), len(columns)), dtype=np.bool_)
    for at, row in enumerate(rows):
        inside = [n - columns.start for n in found.blocked[row] if n in columns]
        mask[at, inside] = True
    return mask


def limit_name(code: int) -> str:
    """The limit that a number in a First stands for."""
    return LIMITS[code - 1]
