"""The k best of a whole town at once, by the compiled tier: the same lists as the plain tier, as arrays."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np

from yui.engine.matching.columns import BEYOND, Array, Columns, chord
from yui.engine.matching.filters import Limits, Rule, limits
from yui.engine.matching.pairs import SAFE
from yui.engine.matching.types import KEYED_TERMS, LIMITS, Instance


@dataclass(frozen=True, slots=True)
class Top:
    """`ids` (rows, k): positions of the listed, best first, -1 where there is no more; `scores` beside them.

    `excluded`: how many pairs each of LIMITS was the first to exclude.
    """

    ids: Array
    scores: Array
    excluded: Array


class Arrays:
    """What the kernel reads. Made once for a question, for lists of any length."""

    def __init__(self, instance: Instance, columns: Columns) -> None:
        self.by_person = instance.direction == "person"
        self.rows, self.width = len(columns.persons), len(columns.opportunities)
        if not self.by_person:
            self.rows, self.width = self.width, self.rows
        found = limits(columns)
        self.limits = self._limits(found)
        self.places = self._places(columns, found)
        self.keyed, largest = self._keyed(instance, columns)
        self.plain, more = self._plain(instance, columns)
        self.exact = largest + more < SAFE
        self.names, self.longest = self._names(instance, columns)

    def top(self, k: int, threads: int = 1) -> Top:
        """The best of every row. The number of threads changes nothing."""
        from yui.engine.matching.kernels import best

        ids, scores = np.empty((self.rows, k), dtype=np.int32), np.zeros((self.rows, k), dtype=np.int64)
        ends = np.linspace(0, self.rows, threads + 1).astype(int).tolist()
        counts = np.zeros((threads, len(LIMITS)), dtype=np.int64)

        def part(number: int) -> None:
            given = (self.limits, self.places, self.keyed, self.plain, self.names, self.longest)
            best((ends[number], ends[number + 1]), k, *given, ids, scores, counts[number])

        if threads == 1:
            part(0)
        else:
            with ThreadPoolExecutor(threads) as pool:
                list(pool.map(part, range(threads)))
        return Top(ids, scores, counts.sum(axis=0))

    def _limits(self, found: Limits) -> tuple[Array, Array, Array, Array]:
        class_of = np.full((len(LIMITS), self.rows), -1, dtype=np.int32)
        allowed: list[Array] = []
        for at, name in enumerate(LIMITS):
            if name in found.rules and found.rules[name].excludes.any():
                offset = sum(map(len, allowed))
                of, rows = self._bits(found.rules[name])
                class_of[at] = np.where(of < 0, -1, of + offset)
                allowed.append(rows)
        bits = np.concatenate(allowed) if allowed else np.zeros((1, (self.width + 63) // 64), dtype=np.uint64)
        blocked: list[list[int]] = found.blocked
        if not self.by_person:
            blocked = [[] for _ in range(self.rows)]
            for person, names in enumerate(found.blocked):
                for n in names:
                    blocked[n].append(person)
        return class_of, bits, *_ragged(blocked, np.int32)

    def _bits(self, rule: Rule) -> tuple[Array, Array]:
        """For each row the number of its bits (-1: nobody is excluded), and the bits of the allowed columns."""
        mine, theirs, excludes = rule.persons, rule.opportunities, rule.excludes
        if not self.by_person:
            mine, theirs, excludes = theirs, mine, excludes.T
        strict = np.flatnonzero(excludes.any(axis=1))
        number = np.full(len(excludes), -1, dtype=np.int32)
        number[strict] = np.arange(len(strict))
        room = (self.width + 63) // 64
        made = np.zeros((len(strict), room * 8), dtype=np.uint8)
        for at, one in enumerate(strict.tolist()):
            packed = np.packbits(~excludes[one][theirs.of], bitorder="little")
            made[at, : len(packed)] = packed
        return number[mine.of], made.view(np.uint64)

    def _places(self, columns: Columns, found: Limits) -> tuple[Any, ...]:
        persons = (columns.person_points, found.reach, np.zeros(len(columns.persons), dtype=np.bool_))
        nowhere = np.full(len(columns.opportunities), BEYOND)
        opportunities = (columns.opportunity_points, nowhere, found.online)
        one, two = (persons, opportunities) if self.by_person else (opportunities, persons)
        return one[0], two[0], one[1], two[1], one[2], two[2], self.width

    def _keyed(self, instance: Instance, columns: Columns) -> tuple[tuple[Array, ...], int]:
        """The shared keys of all terms as one space of keys; and a bound of what they can sum to."""
        mine: Sequence[Any] = columns.persons if self.by_person else columns.opportunities
        theirs: Sequence[Any] = columns.opportunities if self.by_person else columns.persons
        weights = [(term, instance.weights[term]) for term in KEYED_TERMS if instance.weights.get(term)]
        number: dict[tuple[str, str], int] = {}
        listed: list[list[tuple[int, int]]] = []
        for at, one in enumerate(theirs):
            for term, weight in weights:
                for key, value in getattr(one, term).items():
                    n = number.setdefault((term, key), len(number))
                    if n == len(listed):
                        listed.append([])
                    listed[n].append((at, value * weight))
        largest = [max(abs(worth) for _, worth in row) for row in listed]
        held = [
            [
                (number[term, key], v)
                for term, _ in weights
                for key, v in getattr(one, term).items()
                if (term, key) in number
            ]
            for one in mine
        ]
        bound = max((sum(abs(v) * largest[n] for n, v in row) for row in held), default=0)
        if bound >= SAFE:
            held, listed = [[] for _ in mine], []
        start, keys = _ragged(([n for n, _ in row] for row in held), np.int32)
        _, values = _ragged(([v for _, v in row] for row in held), np.int64)
        column_start, column = _ragged(([at for at, _ in row] for row in listed), np.int32)
        _, worth = _ragged(([w for _, w in row] for row in listed), np.int64)
        return (start, keys, values, column_start, column, worth), bound

    def _plain(self, instance: Instance, columns: Columns) -> tuple[tuple[Array, ...], int]:
        weights = {term: instance.weights.get(term, 0) for term in ("motivation", "time", "distance", "freshness")}
        slots = columns.shared_slots if weights["time"] else np.zeros((1, 1), dtype=np.int32)
        of = [columns.person_slots.of, columns.opportunity_slots.of]
        if not weights["time"]:
            of = [np.zeros(len(side), dtype=np.int32) for side in of]
        motives = [
            [(p.motivation or 0) * weights["motivation"] for p in columns.persons],
            [o.motivation or 0 for o in columns.opportunities],
        ]
        fresh = [[0] * len(columns.persons), [(o.freshness or 0) * weights["freshness"] for o in columns.opportunities]]
        bands = [(chord(up_to), value * weights["distance"]) for up_to, value in instance.bands if weights["distance"]]
        bound = (
            int(slots.max(initial=0)) * abs(weights["time"])
            + _most(motives[0]) * _most(motives[1])
            + _most(fresh[1])
            + _most([worth for _, worth in bands])
        )
        if bound >= SAFE:
            return (), bound
        if not self.by_person:
            slots, of, motives, fresh = slots.T, of[::-1], motives[::-1], fresh[::-1]
        whole = [np.array(side, dtype=np.int64) for side in (*motives, *fresh, [worth for _, worth in bands])]
        time = np.ascontiguousarray(slots.astype(np.int64) * weights["time"])
        up_to = np.array([far for far, _ in bands], dtype=np.float64)
        return (time, *of, *whole[:4], up_to, whole[4]), bound

    def _names(self, instance: Instance, columns: Columns) -> tuple[tuple[Any, ...], int]:
        seed = b"" if instance.seed is None else f"{instance.seed}|".encode()
        opportunities = [name.encode() for name in columns.opportunity_names]
        persons = [name.encode() for name in columns.person_names]
        first_start, first = _ragged(opportunities, np.uint8)
        second_start, second = _ragged(persons, np.uint8)
        longest = len(seed) + 1 + max(map(len, opportunities), default=0) + max(map(len, persons), default=0)
        told = np.frombuffer(seed, dtype=np.uint8)
        return (told, first, first_start, second, second_start, self.by_person), longest


def _most(values: Sequence[int]) -> int:
    return max(map(abs, values), default=0)


def _ragged(rows: Iterable[Sequence[int]], dtype: Any) -> tuple[Array, Array]:
    """Lists of any length as one array, and where each begins."""
    held = list(rows)
    start = np.zeros(len(held) + 1, dtype=np.int64)
    np.cumsum([len(row) for row in held], out=start[1:])
    return start, np.fromiter(chain.from_iterable(held), dtype, int(start[-1]))
