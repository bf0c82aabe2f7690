"""The welfare track: the exact maximum of the total fit; minima by every choice where small, soundly elsewhere."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import combinations

import numpy as np

from yui.engine.matching.assignment.insertion import Insertion
from yui.engine.matching.assignment.network import Held, Network, network
from yui.engine.matching.assignment.orders import Orders
from yui.engine.matching.assignment.prices import Prices, prices
from yui.engine.matching.assignment.solver import maximum
from yui.engine.matching.assignment.ties import Ties
from yui.engine.matching.assignment.types import Outcome, Quality, Question, Step

NOTHING_CLOSED: frozenset[int] = frozenset()


def welfare(question: Question, orders: Orders) -> Outcome:
    """Answer the welfare track."""
    net = network(question, orders)
    free = net.without(NOTHING_CLOSED, minima=False)
    held, paid = _settled(free, maximum(free))
    bound = _value(net, held)
    if not question.with_minima:
        return _outcome(net, held, bound, paid, NOTHING_CLOSED, None, ())
    closed: frozenset[int]
    if question.small:
        held, closed = _exact(net)
        fact = Step("minima_exact", {"choices": 2 ** sum(least > 0 for least in net.least)})
    else:
        held, closed = _sound(net, free, held)
        fact = Step("minima_sound", {"closed": len(closed), "reopened": 0})
    running = net.without(closed, minima=True)
    held, tight = _settled(running, held)
    return _outcome(net, held, bound, tight, closed, paid, (fact,), exact=question.small)


def _settled(net: Network, held: Held) -> tuple[Held, Prices]:
    """The matching that the lottery names among all that are as good, and the prices that all of them share."""
    paid = prices(net, held)
    return np.array(Ties(net, held, paid).settle(), dtype=bool), paid


def _value(net: Network, held: Held) -> int:
    return sum(net.weight[held].tolist())


def _meets(net: Network, held: Held) -> bool:
    return all(n >= least for n, least in zip(net.counts(held), net.least, strict=True))


def _exact(net: Network) -> tuple[Held, frozenset[int]]:
    """The best of every choice of running programmes; equal values by the rule for ties over all of them."""
    bounded = [a for a, least in enumerate(net.least) if least]
    best: tuple[tuple[int, list[bool]], Held, frozenset[int]] | None = None
    for count in range(len(bounded) + 1):
        for gone in combinations(bounded, count):
            running = net.without(frozenset(gone), minima=True)
            held = maximum(running)
            if not _meets(running, held):
                continue
            held, _ = _settled(running, held)
            merit = (_value(net, held), held.tolist())
            if best is None or merit > best[0]:
                best = (merit, held, frozenset(gone))
    if best is None:
        raise AssertionError("closing every programme with a minimum is always possible")
    return best[1], best[2]


def _sound(net: Network, free: Network, held: Held) -> tuple[Held, frozenset[int]]:
    """Close the programme that lacks the largest share of its minimum, until all that run have theirs.

    Each round goes on from the one before; only in a region, whose freed places others may want, it starts anew.
    """
    closed: frozenset[int] = frozenset()
    growing = Insertion(free, held)
    while short := [a for a, n in enumerate(growing.counts) if a not in closed and n < net.least[a]]:
        worst = min(short, key=lambda a: (Fraction(growing.counts[a], net.least[a]), a))
        closed |= {worst}
        if net.region[worst] < 0:
            growing.enter(growing.leave(worst))
        else:
            rest = net.without(closed, minima=False)
            growing = Insertion(rest, _settled(rest, maximum(rest))[0])
    return growing.held, closed


def _outcome(
    net: Network,
    held: Held,
    bound: int,
    paid: Prices,
    closed: frozenset[int],
    bound_paid: Prices | None,
    facts: tuple[Step, ...],
    *,
    exact: bool = False,
) -> Outcome:
    value = _value(net, held)
    mine: dict[str, list[str]] = {name: [] for name in sorted(net.persons)}
    for e in np.flatnonzero(held).tolist():
        mine[net.persons[net.person[e]]].append(net.programmes[net.programme[e]])
    seat, region = _named(net, paid, closed)
    bound_seat, bound_region = (None, None) if bound_paid is None else _named(net, bound_paid, NOTHING_CLOSED)
    enumerated = exact and value < bound
    return Outcome(
        matching=mine,
        quality=Quality(
            proof="enumeration" if enumerated else "prices",
            bound=value if enumerated else bound,
            prices=seat,
            region_prices=region,
            bound_prices=None if enumerated else bound_seat,
            bound_region_prices=None if enumerated else bound_region,
        ),
        value=value,
        closed=frozenset(net.programmes[a] for a in closed),
        facts=facts,
    )


def _named(net: Network, paid: Prices, closed: frozenset[int]) -> tuple[Mapping[str, int | None], Mapping[str, int]]:
    seats = {name: None if a in closed else paid.seat[a] for a, name in enumerate(net.programmes)}
    return dict(sorted(seats.items())), dict(zip(net.regions, paid.region, strict=True))
