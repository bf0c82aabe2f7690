"""How evenly a run showed the opportunities: exposures, Gini, who was never shown."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import fsum, log2

from yui.engine.indicators.evenness import gini
from yui.engine.matching.types import Entry, Opportunity, Shown

FINE = 10**6
"""Exact exposures are counted in millionths."""


def position_weight(rank: int) -> float:
    """What a place in a list is worth: 1 for the first, 1/log2(rank + 1) for the others."""
    return 1.0 / log2(rank + 1)


def shown(
    lists: Mapping[str, Sequence[Entry]],
    opportunities: Mapping[str, Opportunity],
    persons: Iterable[str],
    *,
    to_persons: bool,
) -> Shown:
    """Exposure counts over the lists of persons; lists of opportunities show persons, and only those are named."""
    ranks: dict[str, Counter[int]] = {}
    for entries in lists.values():
        for rank, entry in enumerate(entries, start=1):
            ranks.setdefault(entry.id, Counter())[rank] += 1
    if not to_persons:
        none = dict.fromkeys(sorted(opportunities), 0.0)
        unseen = tuple(sorted(person for person in persons if person not in ranks))
        return Shown(none, Fraction(0), Fraction(0), tuple(none), unseen)
    exposure = {name: _exposure(ranks.get(name, Counter())) for name in sorted(opportunities)}
    return Shown(
        exposure=exposure,
        gini_opportunities=gini([Fraction(value) for value in exposure.values()]),
        gini_organizations=gini(list(_by_organization(exposure, opportunities).values())),
        never_shown=tuple(name for name in exposure if name not in ranks),
        never_shown_persons=tuple(sorted(person for person in persons if not lists.get(person))),
    )


def _exposure(ranks: Mapping[int, int]) -> float:
    return fsum(count * position_weight(rank) for rank, count in sorted(ranks.items()))


def _by_organization(exposure: Mapping[str, float], opportunities: Mapping[str, Opportunity]) -> dict[str, Fraction]:
    """Sums by organisation; an opportunity without one belongs to no sum."""
    sums: dict[str, Fraction] = {}
    for name, value in exposure.items():
        organization = opportunities[name].organization
        if organization is not None:
            sums[organization] = sums.get(organization, Fraction(0)) + Fraction(value)
    return sums


def fine_exposures(lists: Iterable[Sequence[str]], names: Iterable[str]) -> dict[str, int]:
    """The same in whole millionths of a first place, by id in ascending order: exact sums for exact fractions."""
    sums = dict.fromkeys(sorted(names), 0)
    weights: list[int] = []
    for found in lists:
        while len(weights) < len(found):
            weights.append(round(FINE * position_weight(len(weights) + 1)))
        for name, weight in zip(found, weights, strict=False):
            sums[name] += weight
    return sums
