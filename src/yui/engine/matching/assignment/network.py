"""The welfare track as arrays: persons in the order of the lottery, each with her pairs in the order of her ranks.

So the number of a pair is its place in the rule for ties: of all maximum matchings the one whose list of held pairs,
read from the first, is the best.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from yui.engine.matching.assignment.orders import Orders
from yui.engine.matching.assignment.types import Question

Array = NDArray[Any]
Held = NDArray[np.bool_]
SAFE = 2**58
"""Sums of losses stay below this in 64 bits; beyond it the same arrays hold Python integers."""


@dataclass(frozen=True, slots=True)
class Network:
    """Pairs (edges) between persons and programmes. A region of -1 is none; caps are at most one more than could come."""

    persons: tuple[str, ...]
    programmes: tuple[str, ...]
    start: list[int]  # the pairs of person p: start[p] … start[p + 1] - 1
    person: NDArray[np.int64]
    programme: NDArray[np.int64]
    weight: Array
    most: list[int]
    caps: list[int]
    least: list[int]
    region: list[int]
    regions: tuple[str, ...]
    region_caps: list[int]
    region_members: list[list[int]]

    @property
    def unreachable(self) -> int:
        """The price of a seat that nobody can get: above every weight."""
        return max(0, int(self.weight.max())) + 1 if len(self.weight) else 1

    @property
    def infinite(self) -> int:
        """Above every sum of losses along a path."""
        return 2**60 if self.weight.dtype == np.int64 else self.total * 8 + 1

    @property
    def total(self) -> int:
        """A bound of the value of any matching."""
        return (int(abs(self.weight).max()) if len(self.weight) else 0) * (len(self.weight) + 1) + 1

    def without(self, closed: frozenset[int], *, minima: bool) -> "Network":
        """The same with some programmes closed; those that run must have their minima, or need not."""
        return replace(
            self,
            caps=[0 if a in closed else cap for a, cap in enumerate(self.caps)],
            least=[n if minima and a not in closed else 0 for a, n in enumerate(self.least)],
        )

    def counts(self, held: Held) -> list[int]:
        """How many each programme has."""
        return [int(n) for n in np.bincount(self.programme[held], minlength=len(self.programmes))]

    def region_totals(self, counts: Sequence[int]) -> list[int]:
        """How many each region has."""
        return [sum(counts[a] for a in members) for members in self.region_members]

    def spare(self, held: Held) -> list[int]:
        """How many more programmes each person could take."""
        counts = np.bincount(self.person[held], minlength=len(self.persons)).tolist()
        return [most - n for most, n in zip(self.most, counts, strict=True)]


def network(question: Question, orders: Orders) -> Network:
    """The arrays of a question."""
    weights, ranked = question.weights, orders.ranked(question.weights)
    persons, programmes = orders.persons(question.persons), orders.programmes(question.programmes)
    line = _positions(persons, weights.persons)
    count = np.diff(weights.start)[line]
    start = np.concatenate(([0], np.cumsum(count)))
    pairs = ranked[np.repeat(weights.start[line] - start[:-1], count) + np.arange(start[-1])]
    number = np.empty(len(programmes), dtype=np.int64)
    number[_positions(programmes, weights.programmes)] = np.arange(len(programmes))
    programme = number[weights.programme[pairs]]
    asked = np.bincount(programme, minlength=len(programmes)).tolist()
    rules = [question.programmes[name] for name in programmes]
    regions = {name: at for at, name in enumerate(question.regions)}
    region = [-1 if rule.region is None else regions[rule.region] for rule in rules]
    narrow = weights.largest * (len(programmes) + 4) * 4 < SAFE
    return Network(
        persons=tuple(persons),
        programmes=tuple(programmes),
        start=start.tolist(),
        person=np.repeat(np.arange(len(persons), dtype=np.int64), count),
        programme=programme,
        weight=weights.worth[pairs].astype(np.int64 if narrow else object),
        most=[min(question.persons[name].most, n) for name, n in zip(persons, count.tolist(), strict=True)],
        caps=[min(rule.cap, n + 1) for rule, n in zip(rules, asked, strict=True)],
        least=[rule.least for rule in rules],
        region=region,
        regions=tuple(question.regions),
        region_caps=list(question.regions.values()),
        region_members=[[a for a, r in enumerate(region) if r == at] for at in range(len(regions))],
    )


def _positions(names: Sequence[str], ids: Sequence[str]) -> Array:
    """Where each of the names stands among all ids."""
    at = {name: n for n, name in enumerate(ids)}
    return np.array([at[name] for name in names], dtype=np.int64)
