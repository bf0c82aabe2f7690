"""A question as columns: who is alike is judged once.

Most persons share their slots, stage, consents or age with many others, so a limit is judged between classes of equal
values, not between pairs; what is truly of a pair (distance, blocked) is judged for the pair.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import cos, pi, radians, sin
from typing import Any

import numpy as np

from yui.engine.matching.types import Instance, Opportunity, Person, Place

Array = np.ndarray[Any, Any]
EARTH_M = 6_371_008.8
"""Mean radius of the earth (IUGG, R1), as the question fixes it."""
BEYOND = 5.0
"""A squared chord that no two places on a sphere of radius 1 have."""


@dataclass(frozen=True)
class Classes:
    """Equal values of one side: the class of each member, and each class's value."""

    of: Array  # (members,) int32
    values: tuple[Any, ...]

    @cached_property
    def _members(self) -> dict[Any, Array]:
        """For each key of values that are sets: the classes that hold it."""
        found: dict[Any, list[int]] = {}
        for at, value in enumerate(self.values):
            for key in value:
                found.setdefault(key, []).append(at)
        return {key: np.array(held, dtype=np.int32) for key, held in found.items()}

    @cached_property
    def _filled(self) -> Array:
        return np.array([bool(value) for value in self.values], dtype=np.bool_)

    def shared(self, keys: Iterable[Hashable]) -> Array:
        """How many of the keys each class's value, a set, holds."""
        made = np.zeros(len(self.values), dtype=np.int64)
        for key in keys:
            if key in self._members:
                made[self._members[key]] += 1
        return made

    def apart(self, keys: frozenset[Any]) -> Array:
        """Which classes hold something, but nothing of the keys; none where there are no keys."""
        made: Array = self._filled & (self.shared(keys) == 0) & bool(keys)
        return made


def classes(values: Iterable[Hashable]) -> Classes:
    """Number equal values, in the order of their first."""
    number: dict[Hashable, int] = {}
    of = [number.setdefault(value, len(number)) for value in values]
    return Classes(np.array(of, dtype=np.int32), tuple(number))


def shared_members(left: Classes, right: Classes) -> Array:
    """How many members two sets share; (left classes, right classes)."""
    keys = {key: n for n, key in enumerate(dict.fromkeys(key for value in right.values for key in value))}

    def matrix(side: Classes) -> Array:
        made = np.zeros((len(side.values), max(1, len(keys))), dtype=np.float32)  # whole numbers below 2**24: exact
        for row, value in enumerate(side.values):
            for key in value:
                if key in keys:
                    made[row, keys[key]] = 1
        return made

    counts: Array = (matrix(left) @ matrix(right).T).astype(np.int32)
    return counts


class Columns:
    """Both sides of a question, in the order of ids."""

    def __init__(self, instance: Instance) -> None:
        self.person_names = sorted(instance.persons)
        self.opportunity_names = sorted(instance.opportunities)
        self.persons: list[Person] = [instance.persons[name] for name in self.person_names]
        self.opportunities: list[Opportunity] = [instance.opportunities[name] for name in self.opportunity_names]

    @cached_property
    def person_slots(self) -> Classes:
        return classes(p.slots for p in self.persons)

    @cached_property
    def opportunity_slots(self) -> Classes:
        return classes(o.slots for o in self.opportunities)

    @cached_property
    def shared_slots(self) -> Array:
        """Shared slots between classes of persons and of opportunities."""
        return shared_members(self.person_slots, self.opportunity_slots)

    @cached_property
    def person_points(self) -> Array:
        return points([p.place for p in self.persons])

    @cached_property
    def opportunity_points(self) -> Array:
        return points([o.place for o in self.opportunities])


def points(places: Sequence[Place | None]) -> Array:
    """Unit vectors (members, 3) from degrees; NaN where a place is missing, which no comparison holds for."""
    made = np.full((len(places), 3), np.nan)
    known: dict[Place, tuple[float, float, float]] = {}
    for row, place in enumerate(places):
        if place is not None:
            if place not in known:
                latitude, longitude = map(radians, place)
                flat = cos(latitude)
                known[place] = flat * cos(longitude), flat * sin(longitude), sin(latitude)
            made[row] = known[place]
    return made


def chord(metres: int | None) -> float:
    """The squared chord below which a distance rounded to whole metres is at most `metres`; None: any distance."""
    angle = pi if metres is None else (metres + 0.5) / EARTH_M
    return BEYOND if angle >= pi else (2 * sin(angle / 2)) ** 2


def chords(left: Array, right: Array) -> Array:
    """Squared chords of all pairs (left, right). Sums in a fixed order, so every tier has the same bits."""
    east = left[:, None, 0] - right[None, :, 0]
    north = left[:, None, 1] - right[None, :, 1]
    up = left[:, None, 2] - right[None, :, 2]
    made: Array = (east * east + north * north) + up * up
    return made
