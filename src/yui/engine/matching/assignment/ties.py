"""Among all maximum matchings the one that the lottery names: person by person, her best ranks that are still possible.

All maximum matchings share their prices. A person may change between two programmes at no loss exactly where they leave
her the same profit (weight − price), and the seat she takes is freed by such changes of persons later in the lottery.
Rows of sets of bits over the programmes find these chains; which of equal chains is taken changes nothing in the end.
"""

from collections.abc import Collection
from itertools import pairwise

import numpy as np

from yui.engine.matching.assignment.network import Array, Held, Network
from yui.engine.matching.assignment.prices import Prices


class Ties:
    """One pass over the persons in the order of the lottery. Nodes: programmes, no place, regions, the outside."""

    def __init__(self, net: Network, held: Held, prices: Prices) -> None:
        self.net = net
        self.nowhere = m = len(net.programmes)
        self.outside = m + 1 + len(net.region_caps)
        self.held: list[bool] = held.tolist()
        self.programme: list[int] = net.programme.tolist()
        seats = prices.seat
        profit = net.weight - np.array(seats, dtype=net.weight.dtype)[net.programme]
        self.profit: list[int] = profit.tolist()
        self.idle = net.spare(held)
        self.counts = net.counts(held)
        self.totals = net.region_totals(self.counts)
        self.movers: dict[tuple[int, int], set[int]] = {}
        self.ahead = [0] * (m + 1)  # per programme, the bits of those that somebody of it could change to
        self.moves: dict[int, list[tuple[int, int]]] = {}
        self.priced = [0] * (m + 1 + len(net.region_caps) + 1)
        self.priced[:m] = seats
        self.priced[m + 1 : self.outside] = prices.region
        self.free = free(net, held, profit, np.array(self.idle, dtype=np.int64))
        for person in self.free:
            self._add(person)

    def settle(self) -> list[bool]:
        """The pairs of the matching that the rule names."""
        for person in self.free:
            self._remove(person)
            self._choose(person)
        return self.held

    def _choose(self, person: int) -> None:
        first, last = self.net.start[person], self.net.start[person + 1]
        for pair in range(first, last):
            if self.held[pair]:
                continue
            after = {
                self.programme[e]: e
                for e in range(pair + 1, last)
                if self.held[e] and self.profit[e] == self.profit[pair]
            }
            if self.idle[person] and self.profit[pair] == 0:
                after[self.nowhere] = -1
            if after:
                chain = self._chain(self.programme[pair], after.keys())
                if chain:
                    self._apply(person, pair, after, chain)

    def _apply(self, person: int, pair: int, after: dict[int, int], chain: list[int]) -> None:
        changed = []
        for source, target in pairwise(chain):
            if source <= self.nowhere and target <= self.nowhere:
                mover = min(self.movers[source, target])
                changed.append((mover, source, target))
        for mover, source, target in changed:
            self._remove(mover)
            self._set(mover, source, False)
            self._set(mover, target, True)
        self._set(person, chain[-1], False)
        self._set(person, self.programme[pair], True)
        for mover in {mover for mover, _, _ in changed}:
            self._add(mover)

    def _set(self, person: int, programme: int, value: bool) -> None:
        by = 1 if value else -1
        if programme == self.nowhere:
            self.idle[person] += by
            return
        pair = next(
            e for e in range(self.net.start[person], self.net.start[person + 1]) if self.programme[e] == programme
        )
        self.held[pair] = value
        self.counts[programme] += by
        if self.net.region[programme] >= 0:
            self.totals[self.net.region[programme]] += by

    def _add(self, person: int) -> None:
        """Note the changes that the person could make at no loss."""
        pairs = range(self.net.start[person], self.net.start[person + 1])
        here = [(self.programme[e], self.profit[e]) for e in pairs if self.held[e]]
        there = [(self.programme[e], self.profit[e]) for e in pairs if not self.held[e]]
        moves = [(a, b) for a, mine in here for b, other in there if mine == other]
        moves += [(a, self.nowhere) for a, mine in here if mine == 0]
        if self.idle[person]:
            moves += [(self.nowhere, b) for b, other in there if other == 0]
        for source, target in moves:
            self.movers.setdefault((source, target), set()).add(person)
            self.ahead[source] |= 1 << target
        self.moves[person] = moves

    def _remove(self, person: int) -> None:
        for source, target in self.moves.pop(person, ()):
            movers = self.movers[source, target]
            movers.discard(person)
            if not movers:
                self.ahead[source] &= ~(1 << target)

    def _chain(self, start: int, ends: Collection[int]) -> list[int]:
        """The nodes of a chain at no loss from a programme to one of `ends`; empty where there is none."""
        came = {start: start}
        queue = [start]
        for node in queue:
            if node in ends:
                chain = [node]
                while node != start:
                    node = came[node]
                    chain.append(node)
                return chain[::-1]
            for target in self._next(node):
                if target not in came:
                    came[target] = node
                    queue.append(target)
        return []

    def _next(self, node: int) -> list[int]:
        """Where a seat too many at a node can go on to: by a person's change, or by room that costs nothing."""
        net, m, outside = self.net, self.nowhere, self.outside
        if node < m:
            found = _bits(self.ahead[node])
            end = outside if net.region[node] < 0 else m + 1 + net.region[node]
            if self.counts[node] < net.caps[node] and self.priced[node] == self.priced[end]:
                found.append(end)
        elif node == m:
            found = [*_bits(self.ahead[m]), outside]
        elif node < outside:
            region = node - m - 1
            found = [a for a in net.region_members[region] if self._sheds(a, node)]
            if self.totals[region] < net.region_caps[region] and self.priced[node] == 0:
                found.append(outside)
        else:
            found = [a for a in range(m) if net.region[a] < 0 and self._sheds(a, outside)]
            found += [m + 1 + r for r, total in enumerate(self.totals) if total and self.priced[m + 1 + r] == 0]
            found.append(m)
        return found

    def _sheds(self, programme: int, end: int) -> bool:
        return self.counts[programme] > self.net.least[programme] and self.priced[programme] == self.priced[end]


def free(net: Network, held: Held, profit: Array, idle: Array) -> list[int]:
    """The persons who could change anything at no loss. It stays so: what they change leaves each her profits."""
    start = np.array(net.start, dtype=np.int64)
    kept = np.flatnonzero(held)
    count = np.diff(start)[net.person[kept]]
    source = np.repeat(kept, count)
    other = np.arange(len(source)) + np.repeat(start[net.person[kept]] - np.cumsum(count) + count, count)
    equal = source[~held[other] & (profit[other] == profit[source])]
    leaving = kept[profit[kept] == 0]
    entering = np.flatnonzero(~held & (profit == 0) & (idle[net.person] > 0)) if len(held) else kept
    persons: list[int] = np.unique(net.person[np.concatenate((equal, leaving, entering))]).tolist()
    return persons


def _bits(row: int) -> list[int]:
    """The numbers of the bits that are set."""
    found = []
    while row:
        low = row & -row
        found.append(low.bit_length() - 1)
        row ^= low
    return found
