"""One published price per opportunity, found from exposure targets by the same formula for everyone.

An opportunity shown more than its target becomes dearer, one shown less becomes cheaper (never below 0). The target
is the opportunity's share of all eligible pairs, at least `floor`, at most one first place per eligible person. Every
number is an integer, so any machine finds the same prices; of all rounds the one with the smallest Gini is kept, the
first of equals, the round without prices included.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

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


def priced(pools: Sequence[Pool], eligible: Sequence[int], k: int | None, fairness: Fairness) -> Priced:
    """Re-rank each pool under the prices. `eligible[j]`: how many persons opportunity j is open to."""
    lists = _ranked(pools, [0] * len(eligible), k)
    before = _utility(pools, lists)
    targets = _targets(_exposures(lists, len(eligible)), eligible, fairness.floor)
    scale = max(1, before // max(1, sum(map(len, lists))))
    prices = [0] * len(eligible)
    best = (gini(_exposures(lists, len(eligible))), 0, tuple(prices), lists)
    for number in range(1, fairness.rounds + 1):
        step = max(1, scale // number)
        reached = _exposures(lists, len(eligible))
        prices = [max(0, price + _move(step, e, t)) for price, e, t in zip(prices, reached, targets, strict=True)]
        lists = _ranked(pools, prices, k)
        evenness = gini(_exposures(lists, len(eligible)))
        if evenness < best[0]:
            best = (evenness, number, tuple(prices), lists)
    _, number, kept, lists = best
    after = _utility(pools, lists)
    share = Fraction(1) if after == before else Fraction(after, before) if before > 0 else None
    return Priced(kept, tuple(map(tuple, lists)), share, number)


def _ranked(pools: Sequence[Pool], prices: Sequence[int], k: int | None) -> list[list[int]]:
    lists = []
    for pool in pools:
        worth = [score - prices[j] for j, score in zip(pool.candidates, pool.scores, strict=True)]
        order = sorted(range(len(worth)), key=lambda n: (-worth[n], pool.luck[n]))
        lists.append([pool.candidates[n] for n in order[:k]])
    return lists


def _utility(pools: Sequence[Pool], lists: Sequence[Sequence[int]]) -> int:
    """Σ of the scores before prices of everything shown."""
    total = 0
    for pool, shown in zip(pools, lists, strict=True):
        worth = dict(zip(pool.candidates, pool.scores, strict=True))
        total += sum(worth[j] for j in shown)
    return total


def _exposures(lists: Sequence[Sequence[int]], width: int) -> list[int]:
    longest = max(map(len, lists), default=0)
    weights = [round(FINE * position_weight(rank)) for rank in range(1, longest + 1)]
    sums = [0] * width
    for shown in lists:
        for j, weight in zip(shown, weights, strict=False):
            sums[j] += weight
    return sums


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
