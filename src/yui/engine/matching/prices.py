"""One published price per opportunity, found from exposure targets by the same formula for everyone.

An opportunity shown more than its target becomes dearer, one shown less becomes cheaper (never below 0). The target
is the opportunity's share of all eligible pairs, at least `floor`, at most one first place per eligible person. Every
number is an integer, so any machine finds the same prices; of all rounds the one with the smallest Gini is kept, the
first of equals, the round without prices included.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple, Protocol

from yui.engine.indicators.evenness import gini
from yui.engine.matching.exposure import position_weight
from yui.engine.matching.types import Fairness

FINE = 10**6
"""Exposures are counted in millionths."""


@dataclass(frozen=True, slots=True)
class Pool:
    """One person's best candidates before prices, in the order of score and lottery."""

    candidates: tuple[int, ...]
    scores: tuple[int, ...]
    luck: tuple[int, ...]  # rank of each candidate's lottery ticket within the pool


@dataclass(frozen=True, slots=True)
class Priced:
    """`lists[n]` are the candidates of pool n after prices; `best_round` 0 means that no price helped."""

    prices: tuple[int, ...]
    lists: tuple[tuple[int, ...], ...]
    utility_kept: Fraction | None
    best_round: int


class Ranked(NamedTuple):
    """Lists under some prices: how much each opportunity is shown, and Σ of the scores before prices."""

    exposures: list[int]
    utility: int
    lists: Callable[[], tuple[tuple[int, ...], ...]]
    shown: int


class Pools(Protocol):
    """The pools of all persons, in either tier."""

    def ranked(self, prices: Sequence[int]) -> Ranked:
        """Every pool re-ranked under prices, the lists cut to their length."""
        ...


class PlainPools:
    """Pools as Python numbers of any size. ``width``: how many opportunities there are."""

    def __init__(self, pools: Sequence[Pool], width: int, k: int | None) -> None:
        self.pools, self.width, self.k = pools, width, k

    def ranked(self, prices: Sequence[int]) -> Ranked:
        """Every pool re-ranked under prices."""
        lists, total = [], 0
        for pool in self.pools:
            worth = [score - prices[j] for j, score in zip(pool.candidates, pool.scores, strict=True)]
            order = sorted(range(len(worth)), key=lambda n: (-worth[n], pool.luck[n]))[: self.k]
            lists.append(tuple(pool.candidates[n] for n in order))
            total += sum(pool.scores[n] for n in order)
        weights = position_weights(max(map(len, lists), default=0))
        sums = [0] * self.width
        for shown in lists:
            for j, weight in zip(shown, weights, strict=False):
                sums[j] += weight
        return Ranked(sums, total, lambda: tuple(lists), sum(map(len, lists)))


def priced(pools: Pools, eligible: Sequence[int], fairness: Fairness) -> Priced:
    """Re-rank each pool under the prices. `eligible[j]`: how many persons opportunity j is open to."""
    prices = [0] * len(eligible)
    first = now = pools.ranked(prices)
    targets = _targets(first.exposures, eligible, fairness.floor)
    scale = max(1, first.utility // max(1, first.shown))
    best = (gini(first.exposures), 0, tuple(prices), first)
    for number in range(1, fairness.rounds + 1):
        step = max(1, scale // number)
        prices = [max(0, price + _move(step, e, t)) for price, e, t in zip(prices, now.exposures, targets, strict=True)]
        now = pools.ranked(prices)
        evenness = gini(now.exposures)
        if evenness < best[0]:
            best = (evenness, number, tuple(prices), now)
    _, number, kept, chosen = best
    before, after = first.utility, chosen.utility
    share = Fraction(1) if after == before else Fraction(after, before) if before > 0 else None
    return Priced(kept, chosen.lists(), share, number)


def position_weights(longest: int) -> list[int]:
    """What the places of a list are worth, in millionths."""
    return [round(FINE * position_weight(rank)) for rank in range(1, longest + 1)]


def _targets(exposures: Sequence[int], eligible: Sequence[int], floor: Fraction) -> list[int]:
    total, pairs = sum(exposures), max(1, sum(eligible))
    least = int(floor * FINE)
    return [min(count * FINE, max(least, total * count // pairs)) for count in eligible]


def _move(step: int, exposure: int, target: int) -> int:
    """step × (e − t) / (e + t), rounded half away from zero."""
    both = exposure + target
    if not both:
        return 0
    size = (2 * step * abs(exposure - target) + both) // (2 * both)
    return size if exposure > target else -size
