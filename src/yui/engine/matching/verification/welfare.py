"""The total of an answer, the proof that no total is larger, and the rule for ties. No path is searched anew."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from yui.engine.matching.assignment.types import SMALL_PERSONS, SMALL_PROGRAMMES, Question
from yui.engine.matching.verification.claims import Claims, PriceList
from yui.engine.matching.verification.findings import Finding, found
from yui.engine.matching.verification.places import Places


def check_value(question: Question, claims: Claims, seen: Places) -> Iterator[Finding]:
    """The total as claimed, its bound, and what is said to be proved."""
    value = sum(question.weights.get((name, a), 0) for name, mine in seen.held.items() for a in mine)
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
    left: dict[str, list[int]] = {}
    for (person, programme), weight in question.weights.items():
        profit = weight - (paid.seat[programme] or 0)
        if profit > 0:
            left.setdefault(person, []).append(profit)
    for person, profits in left.items():
        total += sum(sorted(profits, reverse=True)[: question.persons[person].most])
    return total


@dataclass(frozen=True, slots=True)
class Profits:
    """What each pair leaves its person at the prices of the running programmes; pairs with closed ones are left out."""

    of: Mapping[str, Mapping[str, int]]


def profits(question: Question, paid: PriceList) -> Profits:
    """Weights less prices."""
    made: dict[str, dict[str, int]] = {name: {} for name in question.persons}
    for (person, programme), weight in question.weights.items():
        price = paid.seat.get(programme)
        if price is not None:
            made[person][programme] = weight - price
    return Profits(made)


def check_prices(question: Question, paid: PriceList, seen: Places, left: Profits) -> Iterator[Finding]:
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
    for name, mine in seen.held.items():
        gains = left.of[name]
        held = [gains.get(a) for a in mine if (name, a) in question.weights]
        kept = [gain for gain in held if gain is not None]
        spare = max((gain for a, gain in gains.items() if a not in mine), default=0)
        least = min(kept, default=None)
        full = len(mine) >= question.persons[name].most
        if (least is not None and (least < 0 or least < spare)) or (not full and spare > 0):
            yield found("not_the_maximum", person=name)
