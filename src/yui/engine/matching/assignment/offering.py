"""Deferred acceptance, programmes offering: the outcome that is best for their side, with the same choices."""

from collections.abc import Sequence
from heapq import heappop, heappush

from yui.engine.matching.assignment.market import Holdings, Market

FREE, RESERVED, OPEN, REFUSED = range(4)


class Offering:
    """One run. Programmes of a region take turns; what a person refuses is never offered to her again."""

    def __init__(self, market: Market, caps: Sequence[int]) -> None:
        self.market, self.caps = market, caps
        count = len(caps)
        self.state = [bytearray(len(wishes)) for wishes in market.wishes]
        self.groups = [
            [(p, j) for p, j in line if market.favoured[p][j]] if reserve else []
            for line, reserve in zip(market.lines, market.reserves, strict=True)
        ]
        self.reserves = [min(n, cap) for n, cap in zip(market.reserves, caps, strict=True)]
        self.group_at, self.line_at = [0] * count, [0] * count
        self.reserved, self.size = [0] * count, [0] * count
        alone = [[a] for a in range(count) if market.region[a] < 0]
        self.pools = [*market.region_members, *alone]
        self.pool_caps = [*market.region_caps, *(caps[members[0]] for members in alone)]
        self.pool_of = {a: at for at, members in enumerate(self.pools) for a in members}
        self.turns = [
            sorted((market.slot(a, seat), a, seat) for a in members for seat in range(1, caps[a] + 1))
            for members in self.pools
        ]
        self.turn_at = [0] * len(self.pools)
        self.totals = [0] * len(self.pools)
        self.offers: list[list[int]] = [[] for _ in market.persons]  # minus the positions, worst first
        self.refusals: list[tuple[int, int]] = []
        for pool in range(len(self.pools)):
            self._fill(pool)
        while self.refusals:
            self._refused(*self.refusals.pop())

    def holdings(self) -> Holdings:
        """Who holds what at the end."""
        return [sorted(-j for j in held) for held in self.offers]

    def _fill(self, pool: int) -> None:
        turns = self.turns[pool]
        while self.totals[pool] < self.pool_caps[pool] and self.turn_at[pool] < len(turns):
            _, programme, seat = turns[self.turn_at[pool]]
            self.turn_at[pool] += 1
            if self.size[programme] == seat - 1:
                self._offer(programme, pool)

    def _offer(self, programme: int, pool: int) -> bool:
        """Offer one more place; False where nobody in line is left."""
        chosen = self._next(programme)
        if chosen is None:
            return False
        self.size[programme] += 1
        self.totals[pool] += 1
        person, j = chosen
        heappush(self.offers[person], -j)
        if len(self.offers[person]) > self.market.most[person]:
            self.refusals.append((person, -heappop(self.offers[person])))
        return True

    def _refused(self, person: int, j: int) -> None:
        programme = self.market.wishes[person][j]
        self.reserved[programme] -= self.state[person][j] == RESERVED
        self.state[person][j] = REFUSED
        pool = self.pool_of[programme]
        self.size[programme] -= 1
        self.totals[pool] -= 1
        if not self._offer(programme, pool):
            self._fill(pool)

    def _next(self, programme: int) -> tuple[int, int] | None:
        """Who stands next: the best of the group while reserved places are free, then the line."""
        group = self.groups[programme]
        while self.reserved[programme] < self.reserves[programme] and self.group_at[programme] < len(group):
            person, j = group[self.group_at[programme]]
            self.group_at[programme] += 1
            before = self.state[person][j]
            if before in (FREE, OPEN):
                self.state[person][j] = RESERVED
                self.reserved[programme] += 1
                if before == FREE:
                    return person, j
        line = self.market.lines[programme]
        while self.line_at[programme] < len(line):
            person, j = line[self.line_at[programme]]
            self.line_at[programme] += 1
            if self.state[person][j] == FREE:
                self.state[person][j] = OPEN
                return person, j
        return None
