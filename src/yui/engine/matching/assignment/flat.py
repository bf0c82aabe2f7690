"""Deferred acceptance of a large town: the market as flat arrays in the hands of the compiled tier."""

from collections.abc import Sequence

import numpy as np

from yui.engine.matching.assignment.market import LATER, Array, Holdings, Market


class FlatAsking:
    """What ``deferred.Asking`` is, with the same meaning of every argument and the same answer."""

    def __init__(self, market: Market, caps: Sequence[int], *, regional: bool = True) -> None:
        self.market = market
        self.wishes = wishes = market.flat
        self.caps = np.array(caps, dtype=np.int64)
        reserves = np.minimum(np.array(market.reserves, dtype=np.int64), self.caps)
        region = np.array(market.region if regional else [-1] * len(caps), dtype=np.int32)
        region_caps = np.array(market.region_caps, dtype=np.int64)
        self.rules = (self.caps, reserves, np.array(market.targets, dtype=np.int64), region, region_caps)
        turn = np.array(market.turn, dtype=np.int64)
        self.turns = (turn, np.argsort(turn), LATER)
        most = np.array(market.most, dtype=np.int32)
        self.persons = (wishes[0][:-1].copy(), np.zeros(len(most), dtype=np.int32), most)
        count = len(caps)
        self.size = np.zeros(count, dtype=np.int64)
        self.opened, self.taken = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
        self.places = (self.size, self.opened, self.taken, np.zeros(len(region_caps), dtype=np.int64))
        self.lines = (*_heaps(self.caps), *_heaps(reserves), *_heaps(region_caps))
        self._run(np.arange(len(most), dtype=np.int32))

    def close(self, programme: int) -> None:
        """Send everybody of a programme outside any region on to their next wishes."""
        left = np.sort(self.wishes[4][self._inside(programme)])
        self.caps[programme] = self.size[programme] = self.opened[programme] = self.taken[programme] = 0
        np.subtract.at(self.persons[1], left, 1)
        self._run(left)

    def sizes(self) -> list[int]:
        """How many each programme has."""
        counts: list[int] = self.size.tolist()
        return counts

    def holdings(self) -> Holdings:
        """Who holds what at the end."""
        made: Holdings = [[] for _ in self.market.persons]
        start, owner = self.wishes[0], self.wishes[4]
        for programme in range(len(self.caps)):
            for wish in self._inside(programme).tolist():
                person = int(owner[wish])
                made[person].append(wish - int(start[person]))
        for held in made:
            held.sort()
        return made

    def _inside(self, programme: int) -> Array:
        free, first_free, reserved, first_reserved = self.lines[:4]
        at, group = first_free[programme], first_reserved[programme]
        keys = np.concatenate((free[at : at + self.opened[programme]], reserved[group : group + self.taken[programme]]))
        wishes: Array = keys & np.int64(2**32 - 1)
        return wishes

    def _run(self, persons: Array) -> None:
        from yui.engine.matching.assignment.kernels import ask

        waiting = np.empty(len(self.market.persons) + 1, dtype=np.int32)
        waiting[: len(persons)] = persons
        ask(self.wishes, self.rules, self.turns, self.persons, self.places, self.lines, waiting, len(persons))


def _heaps(most: Array) -> tuple[Array, Array]:
    """Room for heaps of at most so many entries, and one that is just entering; where each begins."""
    first = np.zeros(len(most) + 1, dtype=np.int64)
    np.cumsum(most + 1, out=first[1:])
    return np.zeros(max(1, int(first[-1])), dtype=np.int64), first
