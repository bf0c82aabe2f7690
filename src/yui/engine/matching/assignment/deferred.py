"""Deferred acceptance, persons asking: capacities, reserves and regional caps.

Flexible deferred acceptance (Kamada and Kojima, 2015): a region keeps, of the places its programmes could fill, the
first in the published order of turns. Choices are substitutable, so the order of asking changes nothing.
"""

from collections.abc import Sequence
from heapq import heappop, heappush

from yui.engine import tiers
from yui.engine.matching.assignment.flat import FlatAsking
from yui.engine.matching.assignment.market import Holdings, Market

Entry = tuple[int, int, int]
"""(minus the rank, person, position in her wishes): the smallest is the last in line."""


def asking(market: Market, caps: Sequence[int], *, regional: bool = True) -> "Asking | FlatAsking":
    """A run of the tier that suits the number of wishes."""
    large = tiers.compiled(sum(map(len, market.wishes)))
    return FlatAsking(market, caps, regional=regional) if large else Asking(market, caps, regional=regional)


class Asking:
    """The plain tier. A run that can go on after a programme closes: its people simply ask on.

    `regional` False ignores regional caps: `caps` then already say how many each programme gets.
    """

    def __init__(self, market: Market, caps: Sequence[int], *, regional: bool = True) -> None:
        self.market = market
        self.caps = list(caps)
        programmes = range(len(caps))
        self.region = market.region if regional else [-1] * len(caps)
        self.reserves = [min(n, cap) for n, cap in zip(market.reserves, caps, strict=True)]
        self.reserved: list[list[Entry]] = [[] for _ in programmes]
        self.open: list[list[Entry]] = [[] for _ in programmes]
        self.size = [0 for _ in programmes]
        self.totals = [0] * len(market.region_caps)
        self.last: list[list[tuple[int, int]]] = [[] for _ in market.region_caps]
        self.next = [0] * len(market.persons)
        self.held = [0] * len(market.persons)
        self._run(range(len(market.persons)))

    def close(self, programme: int) -> None:
        """Send everybody of a programme outside any region on to their next wishes: what a run without it gives."""
        left = [entry[1] for entry in self.reserved[programme] + self.open[programme]]
        self.caps[programme] = self.size[programme] = 0
        self.reserved[programme], self.open[programme] = [], []
        for person in left:
            self.held[person] -= 1
        self._run(sorted(left))

    def sizes(self) -> list[int]:
        """How many each programme has."""
        return list(self.size)

    def holdings(self) -> Holdings:
        """Who holds what at the end."""
        made: Holdings = [[] for _ in self.market.persons]
        for entries in (*self.reserved, *self.open):
            for _, person, j in entries:
                made[person].append(j)
        for held in made:
            held.sort()
        return made

    def _run(self, persons: Sequence[int]) -> None:
        market, held, step, caps = self.market, self.held, self.next, self.caps
        waiting = list(persons)
        while waiting:
            person = waiting.pop()
            wishes, most = market.wishes[person], market.most[person]
            while held[person] < most and step[person] < len(wishes):
                j = step[person]
                step[person] += 1
                if not caps[wishes[j]]:
                    continue
                held[person] += 1
                out = self._take(wishes[j], person, j)
                if out >= 0:
                    held[out] -= 1
                    if out != person:
                        waiting.append(out)

    def _take(self, programme: int, person: int, j: int) -> int:
        """Let a person in; the number of the person who has to leave for it, or -1."""
        entry: Entry | None = (-self.market.ranks[person][j], person, j)
        if self.reserves[programme] and self.market.favoured[person][j]:
            heappush(self.reserved[programme], entry)  # type: ignore[misc]
            entry = (
                heappop(self.reserved[programme]) if len(self.reserved[programme]) > self.reserves[programme] else None
            )
        if entry is not None:
            heappush(self.open[programme], entry)
        if self.size[programme] == self.caps[programme]:
            return self._drop(programme)
        self.size[programme] += 1
        region = self.region[programme]
        if region < 0:
            return -1
        heappush(self.last[region], (-self.market.slot(programme, self.size[programme]), programme))
        self.totals[region] += 1
        if self.totals[region] <= self.market.region_caps[region]:
            return -1
        _, last = heappop(self.last[region])
        self.totals[region] -= 1
        self.size[last] -= 1
        return self._drop(last)

    def _drop(self, programme: int) -> int:
        """The last in line of the open places leaves; of the reserved ones only where no other is left."""
        return heappop(self.open[programme] or self.reserved[programme])[1]
