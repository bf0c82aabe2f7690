"""The `recommend` question: limits, scores, order, fairness, reasons. One pure function."""

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

import numpy as np

from yui.engine import tiers
from yui.engine.matching.columns import Columns
from yui.engine.matching.exposure import shown
from yui.engine.matching.filters import ELIGIBLE, limit_name
from yui.engine.matching.judge import Judged, judged
from yui.engine.matching.listing import Names, entries, for_opportunities, for_persons, pool
from yui.engine.matching.pools import FlatPools
from yui.engine.matching.prices import PlainPools, Pool, Priced, priced
from yui.engine.matching.steps import steps
from yui.engine.matching.tariff import under_tariff
from yui.engine.matching.top import Arrays
from yui.engine.matching.types import LIMITS, Entry, Instance, Result


def recommend(instance: Instance) -> Result:
    """Answer one question. The result depends on the values alone, not on the order in which they were given."""
    columns = Columns(instance)
    names = Names(columns, instance.seed)
    to_persons = instance.direction == "person"
    outcome = _priced(instance, columns, names) if instance.fairness.rule == "price" else None
    excluded: dict[str, dict[str, str]] = {name: {} for name in names.persons}
    found = _large(instance, columns, names) if _only_the_best(instance, columns) else None
    lists, counts = found or _plain(instance, columns, names, outcome, excluded)
    seen = shown(lists, instance.opportunities, names.persons, to_persons=to_persons)
    excluded_by = {limit: counts[limit] for limit in LIMITS if counts[limit]}
    return Result(
        lists=lists,
        shown=seen,
        steps=steps(instance, excluded_by, seen, outcome, sum(e.fair_place for es in lists.values() for e in es)),
        excluded=excluded if instance.why_not else None,
        excluded_by=excluded_by,
        prices=None if outcome is None else dict(zip(names.opportunities, outcome.prices, strict=True)),
        utility_kept=None if outcome is None else outcome.utility_kept,
        ignored=instance.ignored,
    )


def _priced(instance: Instance, columns: Columns, names: Names) -> Priced:
    """By prices that are published already, or by those found from this question."""
    found = _price_all if instance.fairness.published is None else under_tariff
    return found(instance, columns, names)


def _plain(
    instance: Instance, columns: Columns, names: Names, outcome: Priced | None, excluded: dict[str, dict[str, str]]
) -> tuple[dict[str, tuple[Entry, ...]], Counter[str]]:
    """Every pair judged in blocks; fills ``excluded`` where that is asked for."""
    lists: dict[str, tuple[Entry, ...]] = {}
    counts: Counter[str] = Counter()
    by_person = instance.direction == "person"
    listing = for_persons if by_person else for_opportunities
    for block in judged(instance, columns, by_person=by_person):
        counts.update(_by_limit(block))
        if instance.why_not:
            _note(block, names, excluded)
        lists.update(listing(instance, names, block, outcome))
    return lists, counts


def _only_the_best(instance: Instance, columns: Columns) -> bool:
    """Whether nothing but the k best by score and lottery is asked for, in a large town."""
    rule = instance.fairness.rule
    by_score = rule == "none" or (rule == "newcomer_share" and instance.direction == "person")
    pairs = len(columns.persons) * len(columns.opportunities)
    return instance.k is not None and by_score and not instance.why_not and tiers.compiled(pairs)


def _large(
    instance: Instance, columns: Columns, names: Names
) -> tuple[dict[str, tuple[Entry, ...]], Counter[str]] | None:
    """The same by the compiled tier; None where numbers leave 64 bits."""
    arrays = Arrays(instance, columns)
    if not arrays.exact or instance.k is None:
        return None
    top = arrays.top(min(instance.k, arrays.width))
    holders = names.persons if arrays.by_person else names.opportunities
    lists = {
        holder: tuple(entries(instance, columns, row, ids, scores))
        for row, (holder, ids, scores) in enumerate(zip(holders, top.ids.tolist(), top.scores.tolist(), strict=True))
    }
    return lists, Counter({limit: int(n) for limit, n in zip(LIMITS, top.excluded, strict=True) if n})


def _by_limit(block: Judged) -> Mapping[str, int]:
    counts = np.bincount(block.first.ravel(), minlength=len(LIMITS) + 1).tolist()
    return {limit_name(code): count for code, count in enumerate(counts) if code != ELIGIBLE}


def _note(block: Judged, names: Names, excluded: dict[str, dict[str, str]]) -> None:
    """Add the first limit of each pair of the block that one excludes."""
    rows, columns = np.nonzero(block.first)
    codes = block.first[rows, columns].tolist()
    for row, column, code in zip(rows.tolist(), columns.tolist(), codes, strict=True):
        why = excluded[names.persons[block.rows[row]]]
        why[names.opportunities[block.columns[column]]] = limit_name(code)


def _price_all(instance: Instance, columns: Columns, names: Names) -> Priced:
    """Prices come from the lists of persons, whichever direction is asked."""
    width = len(names.opportunities)
    if instance.k is not None and tiers.compiled(len(columns.persons) * width):
        arrays = Arrays(replace(instance, direction="person"), columns)
        if arrays.exact:
            size = min(width, max(instance.k, instance.fairness.pool))
            open_to = np.zeros(arrays.room, dtype=np.int64)
            pools = FlatPools(arrays, arrays.top(size, open_to=open_to), instance.k)
            with suppress(OverflowError):  # prices beyond 64 bits are left to the plain tier
                return priced(pools, arrays.in_order(open_to), instance.fairness)
    found: list[Pool] = []
    eligible = np.zeros(width, dtype=np.int64)
    for block in judged(instance, columns, by_person=True):
        eligible += (block.first == ELIGIBLE).sum(axis=0)
        found += [pool(instance, names, block, row) for row in block.rows]
    return priced(PlainPools(found, width, instance.k), eligible.tolist(), instance.fairness)
