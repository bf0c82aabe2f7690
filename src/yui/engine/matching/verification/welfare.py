"""The total of an answer, the proof that no total is larger, and the rule for ties. No path is searched anew."""

from collections.abc import Iterator

import numpy as np

from yui.engine.matching.assignment.types import SMALL_PERSONS, SMALL_PROGRAMMES, Question
from yui.engine.matching.verification.claims import Claims, PriceList
from yui.engine.matching.verification.columns import Array, Columns, Mask, profits
from yui.engine.matching.verification.findings import Finding, found
from yui.engine.matching.verification.places import Places


def check_value(question: Question, claims: Claims, held: Mask) -> Iterator[Finding]:
    """The total as claimed, its bound, and what is said to be proved."""
    value = int(question.weights.worth[held].sum())
    if claims.value is None:
        yield found("value_missing")
    elif claims.value != value:
        yield found("value_differs", claimed=claims.value, counted=value)
    if claims.blocking_pairs:
        yield found("blocking_count", claimed=claims.blocking_pairs, counted=0)
    if claims.bound is None:
        return
    if claims.bound < value:
        yield found("bound_below_value", bound=claims.bound, value=value)
    if claims.proved is not None and claims.proved != (claims.bound == value):
        yield found("not_proved")
    if claims.proof == "enumeration":
        if len(question.persons) > SMALL_PERSONS or len(question.programmes) > SMALL_PROGRAMMES:
            yield found("not_proved")
        return
    paid = claims.bound_prices or claims.prices
    if paid is None:
        yield found("not_proved")
    elif not _whole(question, paid) or _bound(question, paid) != claims.bound:
        yield found("bound_not_proved", bound=claims.bound)


def _whole(question: Question, paid: PriceList) -> bool:
    """Every programme and region has a price, and no part of it is below zero."""
    if paid.seat.keys() != question.programmes.keys() or paid.region.keys() != question.regions.keys():
        return False
    own = (_own(question, paid, name) for name in question.programmes)
    return all(price is not None and price >= 0 for price in own) and all(price >= 0 for price in paid.region.values())


def _own(question: Question, paid: PriceList, programme: str) -> int | None:
    """The programme's own part of the price of a seat."""
    price, region = paid.seat.get(programme), question.programmes[programme].region
    if price is None:
        return None
    return price if region is None else price - paid.region.get(region, 0)


def _bound(question: Question, paid: PriceList) -> int:
    """What all places are worth at these prices, and what they leave the persons: no matching can be worth more."""
    total = sum(cap * paid.region[name] for name, cap in question.regions.items())
    for name, rule in question.programmes.items():
        total += rule.cap * (_own(question, paid, name) or 0)
    left, _ = profits(question.weights, paid)
    good = np.flatnonzero(left > 0)
    left, person = left[good], question.weights.person[good]
    most = np.array([question.persons[name].most for name in question.weights.persons], dtype=np.int64)
    best = np.zeros(len(most), dtype=left.dtype)
    single = most[person] == 1
    np.maximum.at(best, person[single], left[single])
    return total + int(best.sum()) + _largest(left[~single], person[~single], most)


def _largest(left: Array, person: Array, most: Array) -> int:
    """The sum of everybody's largest, as many as she may take."""
    order = np.argsort(-left, kind="stable")
    order = order[np.argsort(person[order], kind="stable")]
    owner = person[order]
    place = np.arange(len(owner)) - np.searchsorted(owner, owner)
    return int(left[order][place < most[owner]].sum())


def check_prices(question: Question, paid: PriceList, seen: Places, pairs: Columns) -> Iterator[Finding]:
    """At these prices everyone holds her best, and only what is full costs anything: then no total is larger."""
    for name in question.regions:
        price = paid.region.get(name, 0)
        if price < 0 or (price > 0 and seen.totals[name] != question.regions[name]):
            yield found("price_does_not_hold", name=name)
    for name, rule in question.programmes.items():
        own, count = _own(question, paid, name), len(seen.inside[name])
        if own is None:
            wrong = not rule.least or count > 0
        else:
            wrong = (own > 0 and count != rule.cap) or (own < 0 and count != rule.least)
        if wrong:
            yield found("price_does_not_hold", name=name)
    count = len(pairs.most)
    spare = np.zeros(count, dtype=pairs.left.dtype)
    other = pairs.open & ~pairs.held
    np.maximum.at(spare, pairs.person[other], pairs.left[other])
    kept = pairs.open & pairs.held
    least = np.full(count, pairs.left.max(initial=0), dtype=pairs.left.dtype)
    np.minimum.at(least, pairs.person[kept], pairs.left[kept])
    holds = np.bincount(pairs.person[kept], minlength=count) > 0
    could_gain = (holds & ((least < 0) | (least < spare))) | (pairs.idle & (spare > 0))
    for person in np.flatnonzero(could_gain).tolist():
        yield found("not_the_maximum", person=question.weights.persons[person])
