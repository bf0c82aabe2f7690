"""What every answer must keep, whatever the track: who is there, wishes, capacities, minima, regions, and what it tells."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from yui.engine.matching.assignment.types import Question
from yui.engine.matching.verification.claims import Claims
from yui.engine.matching.verification.findings import Finding, found


@dataclass(frozen=True, slots=True)
class Places:
    """A matching seen from both sides, known ids only."""

    held: Mapping[str, tuple[str, ...]]  # person → programmes
    inside: Mapping[str, list[str]]  # programme → persons
    totals: Mapping[str, int]  # region → persons

    def full(self, question: Question, region: str | None) -> bool:
        """The region has no room left."""
        return region is not None and self.totals[region] >= question.regions[region]


def places(question: Question, claims: Claims) -> Places:
    """The matching of an answer, each pair once."""
    held = {
        name: tuple(dict.fromkeys(a for a in claims.matching.get(name, ()) if a in question.programmes))
        for name in question.persons
    }
    inside: dict[str, list[str]] = {name: [] for name in question.programmes}
    for name, mine in held.items():
        for programme in mine:
            inside[programme].append(name)
    totals = dict.fromkeys(question.regions, 0)
    for name, rule in question.programmes.items():
        if rule.region is not None:
            totals[rule.region] += len(inside[name])
    return Places(held, inside, totals)


def check_persons(question: Question, claims: Claims, weightless: Set[tuple[str, str]]) -> Iterator[Finding]:
    """Everyone is told, nobody else is, and nobody has more or other than allowed."""
    accepted = {
        name: {person for members in rule.classes for person in members}
        for name, rule in question.programmes.items()
        if rule.classes is not None
    }
    for name in claims.matching.keys() - question.persons.keys():
        yield found("unknown_person", person=name)
    for name, person in question.persons.items():
        if name not in claims.matching:
            yield found("person_missing", person=name)
            continue
        mine = claims.matching[name]
        if len(set(mine)) != len(mine):
            yield found("held_twice", person=name)
        if len(mine) > person.most:
            yield found("too_many", person=name, n=len(mine), most=person.most)
        for programme in mine:
            if programme not in question.programmes:
                yield found("unknown_programme", person=name, program=programme)
            elif question.track == "welfare":
                if (name, programme) in weightless:
                    yield found("no_weight", person=name, program=programme)
            elif programme not in person.prefs:
                yield found("not_wished", person=name, program=programme)
            elif name not in accepted.get(programme, (name,)):
                yield found("not_accepted", person=name, program=programme)


def check_sizes(question: Question, seen: Places) -> Iterator[Finding]:
    """Capacities, run or cancel, regional caps."""
    for name, rule in question.programmes.items():
        count = len(seen.inside[name])
        if count > rule.cap:
            yield found("over_capacity", program=name, n=count, cap=rule.cap)
        if 0 < count < rule.least:
            yield found("below_minimum", program=name, n=count, least=rule.least)
    for name, cap in question.regions.items():
        if seen.totals[name] > cap:
            yield found("over_region", region=name, n=seen.totals[name], cap=cap)


def check_told(question: Question, claims: Claims, seen: Places) -> Iterator[Finding]:
    """The cancelled with those who had wished for them, and the persons without a place, are exactly those."""
    if claims.cancelled is not None:
        gone = {name for name, rule in question.programmes.items() if rule.least and not seen.inside[name]}
        for name in gone ^ claims.cancelled.keys():
            yield found("cancelled_differs", program=name)
        wished: dict[str, set[str]] = {name: set() for name in gone}
        for person, programme in _wishes(question) if gone else ():
            if programme in gone:
                wished[programme].add(person)
        for name in gone & claims.cancelled.keys():
            if sorted(wished[name]) != sorted(claims.cancelled[name]):
                yield found("wanted_by_differs", program=name)
    if claims.unmatched is not None:
        without = {name for name, mine in seen.held.items() if not mine}
        for name in without ^ claims.unmatched.keys():
            yield found("unmatched_differs", person=name)


def _wishes(question: Question) -> Iterator[tuple[str, str]]:
    if question.track == "welfare":
        yield from question.weights
    else:
        for name, person in question.persons.items():
            for wish in person.prefs:
                yield name, wish
