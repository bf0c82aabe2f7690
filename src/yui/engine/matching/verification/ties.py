"""The rule for ties, checked from the last person to the first: what those after her could still free, she may claim.

The seats that can change hands without loss form a graph on the programmes; it only grows on the way, so its closure is
kept as rows of bits and each possible change is looked at once.
"""

from collections.abc import Iterator, Mapping

import numpy as np

from yui.engine.matching.assignment.types import Question
from yui.engine.matching.verification.claims import PriceList
from yui.engine.matching.verification.columns import Columns, Mask
from yui.engine.matching.verification.findings import Finding, found
from yui.engine.matching.verification.lottery import ranks
from yui.engine.matching.verification.places import Places

NOWHERE, OUTSIDE = "|nowhere", "|outside"
"""Names no id can have."""


class Closure:
    """Which node reaches which, while arcs are added."""

    def __init__(self, nodes: list[str]) -> None:
        self.number = {name: at for at, name in enumerate(nodes)}
        self.rows = [1 << at for at in range(len(nodes))]

    def reaches(self, source: str, target: str) -> bool:
        return bool(self.rows[self.number[source]] >> self.number[target] & 1)

    def add(self, source: str, target: str) -> None:
        if self.reaches(source, target):
            return
        here, more = 1 << self.number[source], self.rows[self.number[target]]
        self.rows = [row | more if row & here else row for row in self.rows]


def check_ties(question: Question, paid: PriceList, seen: Places, pairs: Columns, line: list[str]) -> Iterator[Finding]:
    """No person could have a better rank without anybody before her having a worse one, at the same total.

    ``line``: all persons in the order in which ties are decided for them.
    """
    closure = _rooms(question, paid, seen)
    number = {name: at for at, name in enumerate(question.weights.persons)}
    moving = _moving(pairs)
    for person in reversed(line):
        if not moving[number[person]]:
            continue
        gains, mine = _gains(question, paid, number[person]), set(seen.held[person])
        wishes = [a for a in ranks(question, number[person]) if a in gains]
        idle = len(mine) < question.persons[person].most
        for at, wish in enumerate(wishes):
            if wish in mine:
                continue
            after = [a for a in wishes[at + 1 :] if a in mine and gains[a] == gains[wish]]
            if idle and gains[wish] == 0:
                after.append(NOWHERE)
            if any(closure.reaches(wish, a) for a in after):
                yield found("tie_not_followed", person=person, program=wish)
        _changes(closure, wishes, gains, mine, idle=idle)


def _gains(question: Question, paid: PriceList, person: int) -> dict[str, int]:
    """What each pair leaves the person; those with closed programmes are left out."""
    seats = paid.seat
    return {a: w - price for a, w in question.weights.of(person).items() if (price := seats.get(a)) is not None}


def _moving(pairs: Columns) -> Mask:
    """Who might change anything at no loss: with a second place as good as hers, none, or several places."""
    held = pairs.open & pairs.held
    own = np.zeros(len(pairs.most), dtype=pairs.left.dtype)
    own[pairs.person[held]] = pairs.left[held]
    count = np.bincount(pairs.person[held], minlength=len(own))
    equal = ~held & (pairs.left == own[pairs.person]) & (count[pairs.person] > 0)
    nothing = (pairs.left == 0) & (held | pairs.idle[pairs.person])
    moving: Mask = count > 1
    moving[pairs.person[pairs.open & (equal | nothing)]] = True
    return moving


def _changes(closure: Closure, wishes: list[str], gains: Mapping[str, int], mine: set[str], *, idle: bool) -> None:
    """Add what this person could change at no loss."""
    held = [a for a in wishes if a in mine]
    other = [a for a in wishes if a not in mine]

    for source in held:
        for target in other:
            if gains[source] == gains[target]:
                closure.add(source, target)
        if gains[source] == 0:
            closure.add(source, NOWHERE)
    if idle:
        for target in other:
            if gains[target] == 0:
                closure.add(NOWHERE, target)


def _rooms(question: Question, paid: PriceList, seen: Places) -> Closure:
    """Room that costs nothing: a programme may take one more, or give one up, within its limits and its region's."""
    regions = {name: f"|{name}" for name in question.regions}
    closure = Closure([*question.programmes, *regions.values(), NOWHERE, OUTSIDE])
    closure.add(NOWHERE, OUTSIDE)
    closure.add(OUTSIDE, NOWHERE)
    for name, cap in question.regions.items():
        if paid.region.get(name) == 0:
            if seen.totals[name] < cap:
                closure.add(regions[name], OUTSIDE)
            if seen.totals[name]:
                closure.add(OUTSIDE, regions[name])
    for name, rule in question.programmes.items():
        price, count = paid.seat.get(name), len(seen.inside[name])
        end = OUTSIDE if rule.region is None else regions[rule.region]
        if price is None or price != (0 if rule.region is None else paid.region.get(rule.region)):
            continue
        if count < rule.cap:
            closure.add(name, end)
        if count > rule.least:
            closure.add(end, name)
    return closure
