"""The rule for ties, checked from the last person to the first: what those after her could still free, she may claim.

The seats that can change hands without loss form a graph on the programmes; it only grows on the way, so its closure is
kept as rows of bits and each possible change is looked at once.
"""

from collections.abc import Iterator, Mapping

from yui.engine.matching.assignment.types import Question
from yui.engine.matching.verification.claims import PriceList
from yui.engine.matching.verification.findings import Finding, found
from yui.engine.matching.verification.lottery import persons_in_line, ranks
from yui.engine.matching.verification.places import Places
from yui.engine.matching.verification.welfare import Profits

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


def check_ties(question: Question, paid: PriceList, seen: Places, left: Profits) -> Iterator[Finding]:
    """No person could have a better rank without anybody before her having a worse one, at the same total."""
    closure = _rooms(question, paid, seen)
    ranked = ranks(question)
    for person in reversed(persons_in_line(question)):
        gains, mine = left.of[person], set(seen.held[person])
        wishes = [a for a in ranked[person] if a in gains]
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
