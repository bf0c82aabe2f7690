"""The k best of a whole town at once, by the compiled tier: the same lists as the plain tier, as arrays."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np

from yui.engine.matching.cells import WORD, cells, order, packed
from yui.engine.matching.columns import BEYOND, Array, Columns, chord
from yui.engine.matching.filters import Limits, Rule, limits
from yui.engine.matching.sums import Sums, sums
from yui.engine.matching.types import KEYED_TERMS, LIMITS, PLAIN_TERMS, TERMS, Instance, Part

TILE = 128
"""Columns that the kernel adds at once."""


@dataclass(frozen=True, slots=True)
class Top:
    """`ids` (rows, k): positions of the listed, best first, -1 where there is no more; `scores` beside them.

    `excluded`: how many pairs each of LIMITS was the first to exclude.
    """

    ids: Array
    scores: Array
    excluded: Array


@dataclass(frozen=True, slots=True)
class Told:
    """`parts` (rows, k, most keys + 1): what each key of a listed column adds to its score, last the distance.

    `start` and `keys`: the numbers of the keys of each column; `names`: term and key of each number.
    """

    parts: Array
    start: Array
    keys: Array
    names: tuple[tuple[str, Any], ...]

    def of(self, row: int, place: int, column: int) -> tuple[Part, ...]:
        """The parts of one listed pair, as the plain tier tells them; without their amounts."""
        values = self.parts[row, place].tolist()
        numbers = self.keys[self.start[column] : self.start[column + 1]].tolist()
        found = dict.fromkeys(PLAIN_TERMS, 0)
        made = []
        for number, value in zip(numbers, values, strict=False):
            term, key = self.names[number]
            if term in KEYED_TERMS:
                made.append((term, Part(f"{KEYED_TERMS[term]}:{key}", value, 0)))
            else:
                found[term] += value
        found["distance"] = values[-1]
        made += [(term, Part(term, value, 0)) for term, value in found.items()]
        return tuple(part for _, part in sorted(made, key=lambda one: TERMS.index(one[0])) if part.value)


class Arrays:
    """What the kernel reads. Made once for a question, for lists of any length."""

    def __init__(self, instance: Instance, columns: Columns) -> None:
        self.by_person = instance.direction == "person"
        self.rows, self.width = len(columns.persons), len(columns.opportunities)
        if not self.by_person:
            self.rows, self.width = self.width, self.rows
        self.room = max(TILE, -(-self.width // TILE) * TILE)
        found = limits(columns)
        self.order = order(columns.opportunity_points if self.by_person else columns.person_points)
        self.limits = self._limits(found)
        self.places, self.cells = self._places(columns, found)
        sides = (columns.person_points, columns.opportunity_points)
        self.points = sides if self.by_person else sides[::-1]
        self.bands = self._bands(instance)
        self.sums: Sums = sums(instance, columns, self.order, self.room, int(np.abs(self.bands[1]).max(initial=0)))
        self.exact = self.sums.exact
        self.names, self.longest = self._names(instance, columns)

    def top(self, k: int, threads: int = 1, rows: Array | None = None, open_to: Array | None = None) -> Top:
        """The best of every row, or of some. The number of threads changes nothing.

        ``open_to`` (columns of the table): where given, on one thread, the rows that each column is open to are added.
        """
        from yui.engine.matching.kernels import best

        asked = np.arange(self.rows, dtype=np.int32) if rows is None else rows.astype(np.int32)
        ids, scores = np.empty((len(asked), k), dtype=np.int32), np.zeros((len(asked), k), dtype=np.int64)
        ends = np.linspace(0, len(asked), threads + 1).astype(int).tolist()
        counts = np.zeros((threads, len(LIMITS)), dtype=np.int64)

        opened = np.zeros(0, dtype=np.int64) if open_to is None else open_to

        def part(number: int) -> None:
            at = slice(ends[number], ends[number + 1])
            given = (self.limits, self.places, self.cells, self.sums.keyed, self.bands, self.names, self.longest)
            best(asked[at], k, *given, ids[at], scores[at], counts[number], opened)

        if threads == 1:
            part(0)
        else:
            with ThreadPoolExecutor(threads) as pool:
                list(pool.map(part, range(threads)))
        return Top(ids, scores, counts.sum(axis=0))

    def in_order(self, values: Array) -> list[int]:
        """Values of the columns of the table as those of the columns in the order of ids."""
        made = np.empty(self.width, dtype=np.int64)
        made[self.order] = values[: self.width]
        listed: list[int] = made.tolist()
        return listed

    def told(self, top: Top) -> Told:
        """The parts of everything listed. Raises AssertionError where they do not add up to a score."""
        from yui.engine.matching.telling import tell

        start, keys, worth = self.sums.held[3:]
        most = int(np.diff(start).max(initial=0)) + 1
        parts = np.empty((*top.ids.shape, most), dtype=worth.dtype)  # no part is beyond what sums are bounded by
        wrong = tell(top.ids, top.scores, self.sums.held, len(self.sums.keys), self.points, self.bands, parts)
        if wrong:
            raise AssertionError(f"parts of {wrong} pairs do not add up to their scores")
        return Told(parts, start, keys, self.sums.keys)

    def _limits(self, found: Limits) -> tuple[Any, ...]:
        class_of = np.full((len(LIMITS), self.rows), -1, dtype=np.int32)
        allowed: list[Array] = []
        for at, name in enumerate(LIMITS):
            if name in found.rules and found.rules[name].excludes.any():
                offset = sum(map(len, allowed))
                of, rows = self._bits(found.rules[name])
                class_of[at] = np.where(of < 0, -1, of + offset)
                allowed.append(rows)
        bits = np.concatenate(allowed) if allowed else np.zeros((1, self.room // WORD), dtype=np.uint64)
        blocked: list[list[int]] = found.blocked
        if not self.by_person:
            blocked = [[] for _ in range(self.rows)]
            for person, names in enumerate(found.blocked):
                for n in names:
                    blocked[n].append(person)
        at = np.argsort(self.order).tolist()
        blocked = [[at[n] for n in names] for names in blocked]
        every = packed(np.ones(self.width, dtype=np.bool_), self.room)
        return class_of, bits, every, *ragged(blocked, np.int32), bool((found.reach < BEYOND).any())

    def _bits(self, rule: Rule) -> tuple[Array, Array]:
        """For each row the number of its bits (-1: nobody is excluded), and the bits of the allowed columns."""
        mine, theirs, excludes = rule.persons, rule.opportunities, rule.excludes
        if not self.by_person:
            mine, theirs, excludes = theirs, mine, excludes.T
        of = theirs.of[self.order]
        strict = np.flatnonzero(excludes.any(axis=1))
        number = np.full(len(excludes), -1, dtype=np.int32)
        number[strict] = np.arange(len(strict))
        made = np.zeros((len(strict), self.room // WORD), dtype=np.uint64)
        for at, one in enumerate(strict.tolist()):
            made[at] = packed(~excludes[one][of], self.room)
        return number[mine.of], made

    def _places(self, columns: Columns, found: Limits) -> tuple[tuple[Array, ...], tuple[Array, ...]]:
        persons = (columns.person_points, found.reach, np.zeros(len(columns.persons), dtype=np.bool_))
        nowhere = np.full(len(columns.opportunities), BEYOND)
        opportunities = (columns.opportunity_points, nowhere, found.online)
        one, two = (persons, opportunities) if self.by_person else (opportunities, persons)
        points, reach, free = (side[self.order] for side in two)
        places = (one[0], points, one[1], reach, one[2], self.order.astype(np.int32))
        return places, cells(points, reach, free | np.isnan(points[:, 0]), self.room)

    def _bands(self, instance: Instance) -> tuple[Array, Array, int]:
        weight = instance.weights.get("distance", 0)
        bands = [(chord(up_to), value * weight) for up_to, value in instance.bands if weight]
        far = np.array([up_to for up_to, _ in bands], dtype=np.float64)
        try:
            worth = np.array([value for _, value in bands], dtype=np.int64)
        except OverflowError:
            worth = np.full(len(bands), np.iinfo(np.int64).max)
        return far, worth, max(0, int(worth.max(initial=0)))

    def _names(self, instance: Instance, columns: Columns) -> tuple[tuple[Any, ...], int]:
        seed = b"" if instance.seed is None else f"{instance.seed}|".encode()
        opportunities = [name.encode() for name in columns.opportunity_names]
        persons = [name.encode() for name in columns.person_names]
        first_start, first = ragged(opportunities, np.uint8)
        second_start, second = ragged(persons, np.uint8)
        longest = len(seed) + 1 + max(map(len, opportunities), default=0) + max(map(len, persons), default=0)
        told = np.frombuffer(seed, dtype=np.uint8)
        return (told, first, first_start, second, second_start, self.by_person), longest


def ragged(rows: Iterable[Sequence[int]], dtype: Any) -> tuple[Array, Array]:
    """Lists of any length as one array, and where each begins."""
    held = list(rows)
    start = np.zeros(len(held) + 1, dtype=np.int64)
    np.cumsum([len(row) for row in held], out=start[1:])
    return start, np.fromiter(chain.from_iterable(held), dtype, int(start[-1]))
