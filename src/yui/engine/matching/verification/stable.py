"""Stability of an answer: one look at each wish. Under regional caps the weak stability of Kamada and Kojima."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from yui.engine.matching.assignment.types import SMALL_PERSONS, SMALL_PROGRAMMES, Question
from yui.engine.matching.verification.claims import Claims
from yui.engine.matching.verification.findings import Finding, found
from yui.engine.matching.verification.lottery import positions
from yui.engine.matching.verification.places import Places


@dataclass(frozen=True, slots=True)
class Door:
    """What somebody needs to get into a programme: places in line, -1 where nobody can be displaced there."""

    room: bool
    reserved: int  # the place in line of the last of the reserved seats
    reserved_short: bool  # reserved seats are held by others
    open: int  # the place in line of the last of the open seats

    def lets_in(self, place: int, favoured: bool) -> bool:
        """Somebody at this place in line would be taken."""
        return self.room or place < self.open or (favoured and (self.reserved_short or place < self.reserved))


def check_stability(question: Question, claims: Claims, seen: Places) -> Iterator[Finding]:
    """Blocking pairs, reserves, coalitions for what was cancelled, and what the answer claims of them."""
    line = positions(question)
    doors = {name: _door(question, seen, name, line[name]) for name in question.programmes}
    blocking = 0
    willing: dict[str, list[str]] = {name: [] for name in question.programmes}
    for name, person in question.persons.items():
        for programme in _better(person.prefs, seen.held[name], person.most):
            place = line[programme].get(name)
            if place is None:
                continue
            rule = question.programmes[programme]
            if rule.least and not seen.inside[programme]:
                willing[programme].append(name)
                continue
            door = doors[programme]
            favoured = rule.reserve is not None and rule.reserve.group in person.groups
            if door.lets_in(place, favoured):
                blocking += 1
                open_to_all = door.lets_in(place, False)
                yield found("blocking_pair" if open_to_all else "reserve_not_filled", person=name, program=programme)
    if claims.blocking_pairs is not None and claims.blocking_pairs != blocking:
        yield found("blocking_count", claimed=claims.blocking_pairs, counted=blocking)
    yield from _coalitions(question, claims, seen, willing)


def _better(wishes: Sequence[str], held: Sequence[str], most: int) -> Sequence[str]:
    """What a person would rather have: anything she lacks while she has room, else what stands before her last."""
    mine = set(held)
    if len(mine) < most:
        return [wish for wish in wishes if wish not in mine]
    last = max((at for at, wish in enumerate(wishes) if wish in mine), default=0)
    return [wish for wish in wishes[:last] if wish not in mine]


def _door(question: Question, seen: Places, programme: str, line: Mapping[str, int]) -> Door:
    rule, inside = question.programmes[programme], seen.inside[programme]
    ordered = sorted(inside, key=lambda name: line.get(name, len(line)))
    seats = 0 if rule.reserve is None else min(rule.reserve.seats, len(inside))
    group = [name for name in ordered if seats and rule.reserve and rule.reserve.group in question.persons[name].groups]
    reserved = group[:seats]
    chosen = set(reserved)
    others = [name for name in ordered if name not in chosen]
    return Door(
        room=len(inside) < rule.cap and not seen.full(question, rule.region),
        reserved=line.get(reserved[-1], len(line)) if reserved else -1,
        reserved_short=len(reserved) < seats,
        open=line.get(others[-1], len(line)) if others else -1,
    )


def _coalitions(
    question: Question, claims: Claims, seen: Places, willing: Mapping[str, list[str]]
) -> Iterator[Finding]:
    """Coalitions that could run a cancelled programme must be named, and only those."""
    real = {}
    for name, wanting in willing.items():
        rule = question.programmes[name]
        crowded = rule.region is not None and seen.totals[rule.region] + rule.least > question.regions[rule.region]
        if rule.least and not crowded and len(wanting) >= rule.least:
            real[name] = wanting
    for name in real.keys() - claims.coalitions.keys():
        yield found("coalition_not_named", program=name, n=len(real[name]))
    for name, members in claims.coalitions.items():
        if sorted(members) != sorted(real.get(name, ())):
            yield found("coalition_differs", program=name)
    small = len(question.persons) <= SMALL_PERSONS and len(question.programmes) <= SMALL_PROGRAMMES
    if claims.proved and real and not small:
        yield found("not_proved")
