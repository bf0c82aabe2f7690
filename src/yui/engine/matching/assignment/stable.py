"""The stable track: who runs, and who goes where. Exact where minima meet a small instance, sound everywhere."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, product

from yui.engine.matching.assignment.deferred import asking
from yui.engine.matching.assignment.market import Holdings, Market, market, region_totals, sizes
from yui.engine.matching.assignment.offering import Offering
from yui.engine.matching.assignment.orders import Orders
from yui.engine.matching.assignment.types import Coalition, Outcome, Quality, Question, Step

MOST_REOPENED = 50
"""How many closed programmes the sound rule tries to open again."""


def stable(question: Question, orders: Orders) -> Outcome:
    """Answer the stable track."""
    town = market(question, orders)
    if not question.with_minima:
        asks = question.orientation == "person"
        return _outcome(town, _run(town, town.caps, persons_ask=asks), frozenset(), "none", ())
    if question.small:
        return _exact(question, orders, town)
    return _sound(question, orders, town)


def _run(town: Market, caps: Sequence[int], *, persons_ask: bool) -> Holdings:
    return asking(town, caps).holdings() if persons_ask else Offering(town, caps).holdings()


def _outcome(town: Market, holdings: Holdings, closed: frozenset[int], proof: str, facts: tuple[Step, ...]) -> Outcome:
    return Outcome(
        matching={
            name: [town.programmes[town.wishes[p][j]] for j in holdings[p]] for p, name in enumerate(town.persons)
        },
        quality=Quality(proof="enumeration" if proof == "enumeration" else "none"),
        closed=frozenset(town.programmes[a] for a in closed),
        coalitions=tuple(
            Coalition(town.programmes[a], tuple(town.persons[p] for p in members))
            for a, members in willing(town, holdings, closed)
        ),
        facts=facts,
    )


def willing(town: Market, holdings: Holdings, closed: frozenset[int]) -> list[tuple[int, list[int]]]:
    """The closed programmes that at least their minimum of acceptable persons prefer, where the region has the room."""
    totals = region_totals(town, sizes(town, holdings))
    found = []
    for a in sorted(closed):
        region = town.region[a]
        if region >= 0 and totals[region] + town.least[a] > town.region_caps[region]:
            continue
        members = sorted(p for p, j in town.lines[a] if _prefers(town, holdings[p], p, j))
        if len(members) >= town.least[a]:
            found.append((a, members))
    return found


def _prefers(town: Market, held: Sequence[int], person: int, j: int) -> bool:
    return len(held) < town.most[person] or j < held[-1]


def _closed(town: Market, caps: Sequence[int]) -> frozenset[int]:
    return frozenset(a for a, cap in enumerate(caps) if town.least[a] and not cap)


def _meets(town: Market, holdings: Holdings, closed: frozenset[int]) -> bool:
    return all(a in closed or n >= town.least[a] for a, n in enumerate(sizes(town, holdings)))


def _caps(town: Market, closed: frozenset[int]) -> list[int]:
    return [0 if a in closed else cap for a, cap in enumerate(town.caps)]


def _choices(town: Market) -> Iterator[frozenset[int]]:
    """Every set of programmes that could be closed."""
    bounded = [a for a, least in enumerate(town.least) if least]
    for count in range(len(bounded) + 1):
        yield from map(frozenset, combinations(bounded, count))


def _exact(question: Question, orders: Orders, town: Market) -> Outcome:
    """Look at every choice of running programmes.

    Every stable outcome of one choice (and, in full regions, of one sharing of the region's places) has the same
    sizes, and the persons-asking one leaves the fewest who want a closed programme: where it fails, all fail.
    """
    by_lottery = [town.persons.index(name) for name in orders.persons(town.persons)]
    asks = question.orientation == "person"
    fact = Step("minima_exact", {"choices": 2 ** sum(least > 0 for least in town.least)})
    ways = [asks] if asks else [False, True]
    fallback: list[tuple[tuple[object, ...], Holdings, frozenset[int]]] = []
    for persons_ask in ways:
        found = []
        for closed in _choices(town):
            holdings = _run(town, _caps(town, closed), persons_ask=persons_ask)
            if _meets(town, holdings, closed):
                found.append((_merit(town, holdings, closed, by_lottery), holdings, closed))
        best = min(found, key=lambda one: one[0])
        if not best[0][0]:
            return _outcome(town, best[1], best[2], "enumeration", _facts(fact, question, persons_ask))
        fallback.append(best)
    shares = _shared(town) if town.region_caps else iter(())
    shared = [(_merit(town, holdings, closed, by_lottery), holdings, closed) for holdings, closed in shares]
    best = min([one for one in shared if not one[0][0]] or fallback[-1:], key=lambda one: one[0])
    facts = _facts(fact, question, True)
    if best[0][0]:
        facts = (*facts, Step("no_stable_outcome", {}))
    elif town.region_caps:
        facts = (*facts, Step("shared_anew", {}))
    return _outcome(town, best[1], best[2], "enumeration", facts)


def _facts(fact: Step, question: Question, persons_asked: bool) -> tuple[Step, ...]:
    turned = question.orientation == "program" and persons_asked
    return (fact, Step("persons_asked_instead", {})) if turned else (fact,)


def _merit(town: Market, holdings: Holdings, closed: frozenset[int], by_lottery: Sequence[int]) -> tuple[object, ...]:
    """Smaller is better: fewest willing coalitions, most persons placed, most places, fewest closed, best wishes."""
    ends = [len(wishes) for wishes in town.wishes]
    return (
        len(willing(town, holdings, closed)),
        -sum(bool(held) for held in holdings),
        -sum(len(held) for held in holdings),
        len(closed),
        [[*holdings[p], ends[p]] for p in by_lottery],
        sorted(town.turn[a] for a in closed),
    )


def _shared(town: Market) -> Iterator[tuple[Holdings, frozenset[int]]]:
    """Every outcome that is weakly stable: in a full region each sharing of its places among its programmes counts."""
    alone = [a for a, region in enumerate(town.region) if region < 0]
    options: list[list[dict[int, int]]] = [
        [{a: town.caps[a]}, {a: 0}] if town.least[a] else [{a: town.caps[a]}] for a in alone
    ]
    for members, cap in zip(town.region_members, town.region_caps, strict=True):
        spare = [
            {a: 0 if a in gone else town.caps[a] for a in members} for gone in _choices(town) if gone <= set(members)
        ]
        ranges = [[n for n in range(town.caps[a] + 1) if n == 0 or n >= town.least[a]] for a in members]
        full = [dict(zip(members, ns, strict=True)) for ns in product(*ranges) if sum(ns) == cap]
        options.append(spare + full)
    for parts in product(*options):
        caps = [0] * len(town.programmes)
        for part in parts:
            for a, n in part.items():
                caps[a] = n
        holdings = asking(town, caps, regional=False).holdings()
        counts = sizes(town, holdings)
        totals = region_totals(town, counts)
        closed = frozenset(a for a, n in enumerate(counts) if town.least[a] and not n)
        if _weakly(town, caps, counts, totals) and _meets(town, holdings, closed) and closed == _closed(town, caps):
            yield holdings, closed


def _weakly(town: Market, caps: Sequence[int], counts: Sequence[int], totals: Sequence[int]) -> bool:
    """Full regions are filled as shared; the others are within their caps and gave every programme its own cap."""
    for members, cap, total in zip(town.region_members, town.region_caps, totals, strict=True):
        shared = any(caps[a] != town.caps[a] and not (town.least[a] and not caps[a]) for a in members)
        if total > cap or (shared and (total < cap or any(counts[a] != caps[a] for a in members))):
            return False
    return True


def _sound(question: Question, orders: Orders, town: Market) -> Outcome:
    """Close the programme that lacks the largest share of its minimum, until all that run have theirs; then try again
    those that enough persons would still prefer."""
    run = asking(town, town.caps)
    closed: frozenset[int] = frozenset()
    while short := [(a, n) for a, n in enumerate(run.sizes()) if a not in closed and n < town.least[a]]:
        worst, _ = min(short, key=lambda one: _lack(town, *one))
        closed |= {worst}
        if town.region[worst] < 0:
            run.close(worst)
        else:
            run = asking(town, _caps(town, closed))
    holdings, closed, reopened = _reopen(town, run.holdings(), closed)
    facts: tuple[Step, ...] = (Step("minima_sound", {"closed": len(closed), "reopened": reopened}),)
    if question.orientation == "program":
        offered = Offering(town, _caps(town, closed)).holdings()
        fewer = len(willing(town, offered, closed)) <= len(willing(town, holdings, closed))
        if _meets(town, offered, closed) and fewer:
            holdings = offered
        else:
            facts = (*facts, Step("persons_asked_instead", {}))
    if willing(town, holdings, closed):
        facts = (*facts, Step("no_stable_found", {}))
    return _outcome(town, holdings, closed, "none", facts)


def _lack(town: Market, programme: int, size: int) -> tuple[Fraction, int]:
    """Smaller is a larger share of the minimum lacking; equal ones by the order of turns."""
    return Fraction(size, town.least[programme]), town.turn[programme]


def _reopen(town: Market, holdings: Holdings, closed: frozenset[int]) -> tuple[Holdings, frozenset[int], int]:
    tried: set[int] = set()
    reopened = 0
    while len(tried) < MOST_REOPENED:
        wanted = [a for a, _ in willing(town, holdings, closed) if a not in tried]
        if not wanted:
            break
        first = min(wanted, key=town.turn.__getitem__)
        tried.add(first)
        again = asking(town, _caps(town, closed - {first})).holdings()
        if _meets(town, again, closed - {first}):
            holdings, closed, reopened = again, closed - {first}, reopened + 1
    return holdings, closed, reopened
