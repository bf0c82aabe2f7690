"""A town's persons as columns, laid down once and asked often: who fits one opportunity, without making a Person each.

A roster holds what persons said of themselves. What changes from day to day (who was asked, who rests) comes with each
question as a ``Standing``, and persons who changed since the roster was made come with the question and are laid over
it. The answer is that of ``recommend`` on the whole question; tests compare the two.
"""

from array import array
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from yui.engine.matching.columns import BEYOND, Array, Classes, chord, points
from yui.engine.matching.types import KEYED_TERMS, Person

Mask = npt.NDArray[np.bool_]
CLASSED = ("age", "slots", "languages", "stage", "consents", "reach_m", "load_cap", "place")
"""What many persons have alike: judged once for each different value."""
LARGEST_HELD = 2**31


@dataclass(frozen=True, slots=True)
class Held:
    """Who holds the keys of a term. Key number n: ``rows[start[n]:start[n + 1]]``, ascending, and how strongly."""

    keys: Mapping[str, int]
    start: Array
    rows: Array
    values: Array

    def of(self, key: str) -> tuple[Array, Array]:
        """Rows and values of one key; empty where nobody holds it."""
        n = self.keys.get(key)
        part = slice(0, 0) if n is None else slice(int(self.start[n]), int(self.start[n + 1]))
        return self.rows[part], self.values[part]


@dataclass(frozen=True, slots=True)
class Roster:
    """Persons in ascending order of their ids (``names``, UTF-8). Never changed once made."""

    names: Array
    classes: Mapping[str, Classes]
    motivation: Array
    held: Mapping[str, Held]

    def __len__(self) -> int:
        return len(self.names)

    def name(self, row: int) -> str:
        """The id of a row."""
        found: bytes = self.names[row]
        return found.decode()

    def rows_of(self, names: list[str]) -> Array:
        """Rows of some ids; -1 where one is not in the roster."""
        wanted = np.array([name.encode() for name in names], dtype=bytes)
        if not len(wanted) or not len(self):
            return np.full(len(wanted), -1, dtype=np.int64)
        at = np.searchsorted(self.names, wanted)
        at[at == len(self)] = 0
        found: Array = np.where(self.names[at] == wanted, at, -1)
        return found

    def by_class(self, name: str, value_of: Callable[[Any], Any], dtype: Any) -> Array:
        """For each row what ``value_of`` makes of its class's value."""
        found = self.classes[name]
        made: Array = np.array([value_of(value) for value in found.values], dtype=dtype)
        return made[found.of]

    def judged(self, name: str, excludes: Callable[[Any], bool]) -> "Mask | bool":
        """Which rows ``excludes`` says it of; False for none."""
        found = self.classes[name]
        return _spread(np.array([excludes(value) for value in found.values], dtype=np.bool_), found.of)

    def apart(self, name: str, keys: frozenset[Any]) -> "Mask | bool":
        """Which rows hold something in a set, but nothing of the keys; False for none."""
        found = self.classes[name]
        return _spread(found.apart(keys), found.of)

    def places(self) -> Array:
        """Unit vectors of the classes of places."""
        return points(self.classes["place"].values)

    def reach(self) -> Array:
        """The squared chord within reach, for each row."""
        return self.by_class("reach_m", lambda metres: BEYOND if metres is None else chord(metres), np.float64)

    def without(self, names: list[str]) -> "Roster":
        """The same without some persons; of what only they held, nothing stays."""
        gone = self.rows_of(names)
        keep = np.ones(len(self), dtype=np.bool_)
        keep[gone[gone >= 0]] = False
        number = np.cumsum(keep) - 1
        return Roster(
            names=self.names[keep],
            classes={name: _used(found.of[keep], found.values) for name, found in self.classes.items()},
            motivation=self.motivation[keep],
            held={term: _kept(held, keep, number) for term, held in self.held.items()},
        )

    def person(self, row: int, wanted: Mapping[str, Mapping[str, int]]) -> Person:
        """What a row shares with an opportunity: of the keyed terms only the ``wanted`` keys."""
        shared: dict[str, Any] = {}
        for term, keys in wanted.items():
            shared[term] = {}
            for key in keys:
                rows, values = self.held[term].of(key)
                at = int(np.searchsorted(rows, row))
                if at < len(rows) and rows[at] == row:
                    shared[term][key] = int(values[at])
        for name, found in self.classes.items():
            shared[name] = found.values[found.of[row]]
        return Person(**shared, motivation=int(self.motivation[row]))


def _spread(verdicts: Mask, of: Array) -> "Mask | bool":
    return verdicts[of] if verdicts.any() else False


@dataclass(frozen=True, slots=True)
class Standing:
    """How the persons of a roster stand today, a value for each row. ``there``: whether the row is asked about at all."""

    there: Mask
    asked: Array
    load: Array
    resting: Mask
    blocked: Mask

    @classmethod
    def plain(cls, size: int) -> "Standing":
        """Everybody there, nobody asked, resting or blocked."""
        off = np.zeros(size, dtype=np.bool_)
        return cls(np.ones(size, dtype=np.bool_), np.zeros(size, np.int64), np.zeros(size, np.int64), off, off.copy())


class RosterMaker:
    """Takes persons one by one, in ascending order of their ids, and keeps no Person."""

    def __init__(self) -> None:
        self._names: list[bytes] = []
        self._numbers: dict[str, dict[Hashable, int]] = {name: {} for name in CLASSED}
        self._of = {name: array("i") for name in CLASSED}
        self._motivation = array("q")
        self._held: dict[str, dict[str, tuple[array[int], array[int]]]] = {term: {} for term in KEYED_TERMS}

    def add(self, name: str, person: Person) -> None:
        """Raises ``ValueError`` out of order and ``OverflowError`` for numbers beyond what a roster holds."""
        told = name.encode()
        if self._names and told <= self._names[-1]:
            raise ValueError("persons come in ascending order of their ids")
        row = len(self._names)
        values = {term: dict(getattr(person, term)) for term in KEYED_TERMS}
        motivation = person.motivation or 0
        if any(abs(n) >= LARGEST_HELD for n in (motivation, *(n for one in values.values() for n in one.values()))):
            raise OverflowError(name)
        self._names.append(told)
        self._motivation.append(motivation)
        for attribute, numbers in self._numbers.items():
            self._of[attribute].append(numbers.setdefault(getattr(person, attribute), len(numbers)))
        for term, keys in values.items():
            for key, value in keys.items():
                rows, held = self._held[term].setdefault(key, (array("i"), array("q")))
                rows.append(row)
                held.append(value)

    def made(self) -> Roster:
        """The roster of everybody added."""
        classes = {
            name: Classes(np.array(self._of[name], dtype=np.int32), tuple(numbers))
            for name, numbers in self._numbers.items()
        }
        held = {term: _packed(keys) for term, keys in self._held.items()}
        names = np.array(self._names or [], dtype=bytes)
        return Roster(names, classes, np.array(self._motivation, dtype=np.int64), held)


def _packed(keys: Mapping[str, tuple["array[int]", "array[int]"]]) -> Held:
    start = np.zeros(len(keys) + 1, dtype=np.int64)
    np.cumsum([len(rows) for rows, _ in keys.values()], out=start[1:])
    rows, values = np.empty(int(start[-1]), dtype=np.int32), np.empty(int(start[-1]), dtype=np.int32)
    for n, (held_by, worth) in enumerate(keys.values()):
        part = slice(int(start[n]), int(start[n + 1]))
        rows[part], values[part] = held_by, worth
    return Held({key: n for n, key in enumerate(keys)}, start, rows, values)


def _used(of: Array, values: tuple[Any, ...]) -> Classes:
    """The classes that still have members, numbered anew."""
    still = np.unique(of)
    return Classes(np.searchsorted(still, of).astype(np.int32), tuple(values[n] for n in still.tolist()))


def _kept(held: Held, keep: Mask, number: Array) -> Held:
    """The keys that somebody still holds, with rows numbered anew."""
    here = keep[held.rows]
    before = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(here)])
    counts = np.diff(before[held.start])
    names = [key for key, _ in sorted(held.keys.items(), key=lambda item: item[1])]
    still = {key: n for n, key in enumerate(key for key, count in zip(names, counts.tolist(), strict=True) if count)}
    start = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts[counts > 0])])
    return Held(still, start, number[held.rows[here]].astype(np.int32), held.values[here])
