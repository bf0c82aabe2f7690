"""Prices that were found before, for a whole town: a question about some persons or one 出番 is answered under them."""

from collections.abc import Sequence
from fractions import Fraction

from yui.engine.matching.columns import Columns
from yui.engine.matching.judge import judged
from yui.engine.matching.listing import Names, pool
from yui.engine.matching.prices import Pool, Priced
from yui.engine.matching.types import Instance


def under_tariff(instance: Instance, columns: Columns, names: Names) -> Priced:
    """Each person's list under `fairness.published`; an opportunity that is not named there has no price."""
    published = instance.fairness.published or {}
    prices = [published.get(name, 0) for name in names.opportunities]
    pools = [
        pool(instance, names, block, row) for block in judged(instance, columns, by_person=True) for row in block.rows
    ]
    lists = tuple(_best(one, prices, instance.k) for one in pools)
    before = sum(sum(sorted(one.scores, reverse=True)[: instance.k]) for one in pools)
    after = sum(_worth(one, shown) for one, shown in zip(pools, lists, strict=True))
    kept = Fraction(1) if after == before else Fraction(after, before) if before > 0 else None
    return Priced(tuple(prices), lists, kept, 0)


def _best(one: Pool, prices: Sequence[int], k: int | None) -> tuple[int, ...]:
    worth = [score - prices[j] for j, score in zip(one.candidates, one.scores, strict=True)]
    order = sorted(range(len(worth)), key=lambda n: (-worth[n], one.luck[n]))
    return tuple(one.candidates[n] for n in order[:k])


def _worth(one: Pool, shown: Sequence[int]) -> int:
    scores = dict(zip(one.candidates, one.scores, strict=True))
    return sum(scores[j] for j in shown)
