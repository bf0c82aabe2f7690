"""The exact maximum without a solver: persons enter one by one along the best chain of moves.

Chains live on the programmes, not on the persons: a step from B to C is the cheapest move of anybody from B to C.
Successive best chains keep the matching a maximum for those who have entered (Ford and Fulkerson; Hungarian method).
"""

from collections.abc import Iterable
from heapq import heappop, heappush

import numpy as np

from yui.engine.matching.assignment.network import Held, Network
from yui.engine.matching.assignment.prices import losses

Move = tuple[int, int, int]
"""(loss, person, target pair or -1 for no place) of one move out of a programme."""

END = -1


class Insertion:
    """A growing maximum matching. Nodes: the programmes, then "no place" (`nowhere`), then the regions.

    `bonus` rewards each of the first `least` seats of a programme by more than any sum of weights: where the minima
    can be met, they are.
    """

    def __init__(self, net: Network, held: Held | None = None) -> None:
        self.net = net
        self.nowhere = len(net.programmes)
        self.size = self.nowhere + 1
        self.bonus = net.total * 2 if any(net.least) else 0
        self.weight: list[int] = net.weight.tolist()
        self.programme: list[int] = net.programme.tolist()
        self.person: list[int] = net.person.tolist()
        self.pair_at = [
            {self.programme[e]: e for e in range(net.start[p], net.start[p + 1])} for p in range(len(net.persons))
        ]
        self.held = np.zeros(len(self.weight), dtype=bool) if held is None else held.copy()
        self.counts = net.counts(self.held)
        self.totals = net.region_totals(self.counts)
        self.idle = [0] * len(net.persons) if held is None else net.spare(held)
        self.endless = max(net.infinite, self.bonus * (self.size + 2) * 4)
        wide = object if self.endless > 2**60 else net.weight.dtype
        self.moves: dict[int, list[Move]] = {}
        self.loss = np.full((self.size, self.size), self.endless, dtype=wide)
        self.away = np.zeros(self.size, dtype=wide)
        self.via: list[int] = []
        self.stale = True
        if held is not None:
            self.loss[:] = np.where(losses(net, held) >= net.infinite, self.endless, losses(net, held))
            for person in range(len(net.persons)):
                self._push(person)

    def enter(self, persons: Iterable[int]) -> Held:
        """Let each of the persons take one more programme, or none where that is better."""
        for person in persons:
            self._enter(person)
        return self.held

    def leave(self, programme: int) -> list[int]:
        """Close a programme outside any region: those who were there, to enter again."""
        left = [self.person[e] for e in np.flatnonzero(self.held & (self.net.programme == programme)).tolist()]
        self.net.caps[programme] = 0
        for person in left:
            self.held[self.pair_at[person][programme]] = False
            self._seat(programme, -1)
        self._changed(left, [programme])
        self.stale = True
        return left

    def _enter(self, person: int) -> None:
        if self.stale:
            self._paths()
        best, pair = 0, END
        for programme, e in self.pair_at[person].items():
            gain = self.weight[e] - int(self.away[programme])
            if gain > best and not self.held[e]:
                best, pair = gain, e
        if pair == END:
            self.idle[person] += 1
            self._changed([person], [])
            return
        at = self.programme[pair]
        moves = self._chain(at)
        self.held[pair] = True
        self._seat(at, 1)
        for source, (_, mover, target) in moves:
            if source == self.nowhere:
                self.idle[mover] -= 1
            else:
                self.held[self.pair_at[mover][source]] = False
                self._seat(source, -1)
            if target == END:
                self.idle[mover] += 1
            else:
                self.held[target] = True
                self._seat(self.programme[target], 1)
        self._changed([person, *(move[1] for _, move in moves)], [at, *(source for source, _ in moves)])
        # A free seat with nobody displaced, and no other move of hers lost, leaves every shortest path as it was.
        easy = not moves and not self.bonus and self.net.region[at] < 0 and self.counts[at] < self.net.caps[at]
        self.stale = not easy or self.net.most[person] > 1

    def _chain(self, at: int) -> list[tuple[int, Move]]:
        """The moves of the best chain from a programme to its free end, each with where it starts."""
        moves, node = [], at
        while (target := self.via[node]) != END:
            if node <= self.nowhere and target <= self.nowhere:
                move = self._first(node, target)
                if move is None:
                    raise AssertionError("a recorded move has gone")
                moves.append((node, move))
            node = target
        return moves

    def _seat(self, programme: int, by: int) -> None:
        self.counts[programme] += by
        if self.net.region[programme] >= 0:
            self.totals[self.net.region[programme]] += by

    def _paths(self) -> None:
        """Least losses from every node to a free end, and the next node on the way (Bellman and Ford)."""
        net, n, endless = self.net, self.size, self.endless
        gains = [self.bonus if count < least else 0 for count, least in zip(self.counts, net.least, strict=True)]
        away = np.full(n, endless, dtype=self.loss.dtype)
        away[self.nowhere] = 0
        regions = [0 if t < cap else endless for t, cap in zip(self.totals, net.region_caps, strict=True)]
        via = [END] * (n + len(regions))
        room = [a for a, cap in enumerate(net.caps) if self.counts[a] < cap]
        for a in room:
            if net.region[a] < 0:
                away[a] = -gains[a]
        moving = True
        while moving:
            moving = False
            sums = self.loss + away[None, :]
            least = sums.min(axis=1)
            for a in np.flatnonzero(least < away).tolist():
                away[a], via[a], moving = least[a], int(sums[a].argmin()), True
            for a in room:
                r = net.region[a]
                if r >= 0 and regions[r] - gains[a] < away[a]:
                    away[a], via[a], moving = regions[r] - gains[a], n + r, True
            for r, members in enumerate(net.region_members):
                for a in members:
                    kept = self.bonus if self.counts[a] <= net.least[a] else 0
                    if self.counts[a] and int(away[a]) + kept < regions[r]:
                        regions[r], via[n + r], moving = int(away[a]) + kept, a, True
        self.away, self.via, self.stale = away, via, False

    def _first(self, source: int, target: int) -> Move | None:
        """The cheapest move that can still be made from one programme to another."""
        heap = self.moves.get(source * self.size + target, [])
        while heap:
            _, person, pair = heap[0]
            here = self.idle[person] > 0 if source == self.nowhere else self.held[self.pair_at[person][source]]
            if here and (pair == END or not self.held[pair]):
                return heap[0]
            heappop(heap)
        return None

    def _push(self, person: int) -> None:
        """Note every move that the person could make now."""
        pairs = self.pair_at[person]
        sources = [(a, self.weight[e]) for a, e in pairs.items() if self.held[e]]
        targets = [(a, e, self.weight[e]) for a, e in pairs.items() if not self.held[e] and self.net.caps[a]]
        if self.idle[person]:
            sources.append((self.nowhere, 0))
        for source, worth in sources:
            for target, e, weight in targets:
                heappush(self.moves.setdefault(source * self.size + target, []), (worth - weight, person, e))
            if source != self.nowhere:
                heappush(self.moves.setdefault(source * self.size + self.nowhere, []), (worth, person, END))

    def _changed(self, persons: list[int], rows: list[int]) -> None:
        """Bring the least losses up to date after these persons moved from or to these programmes."""
        for person in persons:
            self._push(person)
        for person in persons:
            pairs = self.pair_at[person]
            sources = {*rows, *(a for a, e in pairs.items() if self.held[e]), self.nowhere}
            for source in sources:
                for target in (*pairs, self.nowhere):
                    if source != target:
                        move = self._first(source, target)
                        self.loss[source, target] = self.endless if move is None else move[0]
