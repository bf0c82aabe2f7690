"""One row of a large question asked again after it changed, against the columns that were laid down once.

The list is that of the whole question with the changed one in it; tests compare the two. Somebody who was not in the
question at all is asked by making the arrays anew.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from yui.engine.matching.cells import packed
from yui.engine.matching.columns import BEYOND, Array, Classes, Columns, chord, points
from yui.engine.matching.filters import below, limits, loaded, outside
from yui.engine.matching.top import Arrays, Top
from yui.engine.matching.types import LIMITS, Opportunity, Person

One = Person | Opportunity


class Again:
    """The columns of a question, class by class. A changed row keeps its id; who blocked whom is that of the question,
    except of a changed person, who brings her own.
    """

    def __init__(self, arrays: Arrays, columns: Columns) -> None:
        self.arrays = arrays
        found = limits(columns)
        rules = found.rules
        self.classes = {name: rule.opportunities if arrays.by_person else rule.persons for name, rule in rules.items()}
        self.of = {name: classes.of[arrays.order] for name, classes in self.classes.items()}
        self.shared = {name: _members(self.classes[name]) for name in ("slots", "languages")}
        self.position = dict(zip(columns.opportunity_names, np.argsort(arrays.order).tolist(), strict=False))

    def top(self, row: int, one: One, k: int) -> Top | None:
        """The best for the changed ``row``; None where its numbers do not fit those of the question."""
        from yui.engine.matching.kernels import best

        arrays = self.arrays
        keyed = arrays.sums.again(one)
        if keyed is None:
            return None
        told, first, first_start, second, second_start, by_person = arrays.names
        if by_person:
            second, second_start = _only(second, second_start, row)
        else:
            first, first_start = _only(first, first_start, row)
        names = (told, first, first_start, second, second_start, by_person)
        ids, scores = np.empty((1, k), dtype=np.int32), np.zeros((1, k), dtype=np.int64)
        counts, rows = np.zeros(len(LIMITS), dtype=np.int64), np.zeros(1, dtype=np.int32)
        given = (self._limits(row, one), self._places(one), arrays.cells, keyed, arrays.bands, names, arrays.longest)
        best(rows, k, *given, ids, scores, counts, np.zeros(0, dtype=np.int64))
        return Top(ids, scores, counts)

    def _limits(self, row: int, one: One) -> tuple[Any, ...]:
        arrays = self.arrays
        class_of = np.full((len(LIMITS), 1), -1, dtype=np.int32)
        allowed: list[Array] = []
        for at, name in enumerate(LIMITS):
            excludes = self._excludes(name, one) if name in self.classes else None
            if excludes is not None and excludes.any():
                class_of[at] = len(allowed)
                allowed.append(packed(~excludes[self.of[name]], arrays.room))
        bits = np.stack(allowed) if allowed else np.zeros((1, len(arrays.limits[2])), dtype=np.uint64)
        if isinstance(one, Person):
            blocked = np.array(sorted(self.position[n] for n in one.blocked if n in self.position), dtype=np.int32)
        else:
            blocked, _ = _only(arrays.limits[4], arrays.limits[3], row)
        reaching = bool(arrays.limits[5]) or (isinstance(one, Person) and one.reach_m is not None)
        return class_of, bits, arrays.limits[2], np.array([0, len(blocked)]), blocked, reaching

    def _places(self, one: One) -> tuple[Array, ...]:
        _, right, _, reach, _, number = self.arrays.places
        own = chord(one.reach_m) if isinstance(one, Person) and one.reach_m is not None else BEYOND
        free = np.array([isinstance(one, Opportunity) and one.online])
        return points([one.place]), right, np.array([own]), reach, free, number

    def _excludes(self, name: str, one: One) -> Array:
        """Which classes of columns a limit keeps from one row."""
        if name in self.shared:
            filled, held = self.shared[name]
            mine = getattr(one, name)
            together = np.zeros(len(filled), dtype=np.bool_)
            for key in mine:
                if key in held:
                    together |= held[key]
            return filled & ~together if mine else np.zeros(len(filled), dtype=np.bool_)
        keeps = _of_person(name, one) if isinstance(one, Person) else _of_opportunity(name, one)
        return np.array([keeps(value) for value in self.classes[name].values], dtype=np.bool_)


def _of_person(name: str, one: Person) -> Callable[[Any], bool]:
    match name:
        case "age":
            return lambda asked: outside(one.age, asked)
        case "stage":
            return lambda wanted: below(one.stage, wanted)
        case "consents":
            return lambda needed: not needed <= one.consents
        case "load":
            return lambda _: loaded(one)
        case "resting":
            return lambda _: one.resting
    return bool  # of "open": whether it is closed


def _of_opportunity(name: str, one: Opportunity) -> Callable[[Any], bool]:
    match name:
        case "age":
            return lambda age: outside(age, one.age)
        case "stage":
            return lambda stands: below(stands, one.stage)
        case "consents":
            return lambda given: not one.needs_consents <= given
        case "open":
            return lambda _: not one.open
    return bool  # of "load" and "resting": whether the person has enough or rests


def _members(classes: Classes) -> tuple[Array, dict[Any, Array]]:
    """Which classes hold anything, and for each key which hold it."""
    held: dict[Any, Array] = {}
    for at, value in enumerate(classes.values):
        for key in value:
            held.setdefault(key, np.zeros(len(classes.values), dtype=np.bool_))[at] = True
    return np.array([bool(value) for value in classes.values], dtype=np.bool_), held


def _only(values: Array, start: Array, row: int) -> tuple[Array, Array]:
    """One of many lists as the only one."""
    mine = values[start[row] : start[row + 1]]
    return mine, np.array([0, len(mine)])
