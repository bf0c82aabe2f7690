"""The true reason of everyone without a place and of every programme that does not run: codes, no words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from yui.engine.matching.assignment.types import Cancelled, Outcome, Question

CANCELLED_CODES = ("nobody_wished", "too_few_wished", "too_few_came", "others_worth_more")
UNMATCHED_CODES = (
    "no_wishes",
    "no_place_wanted",
    "not_acceptable",
    "all_cancelled",
    "no_places",
    "region_full",
    "lottery",
    "outranked",
    "no_gain",
    "others_worth_more",
)


@dataclass(frozen=True, slots=True)
class Account:
    """What an answer tells beside the matching."""

    cancelled: tuple[Cancelled, ...]
    unmatched: Mapping[str, str]


def account(question: Question, outcome: Outcome) -> Account:
    """Reasons for an outcome."""
    size = dict.fromkeys(question.programmes, 0)
    for mine in outcome.matching.values():
        for programme in mine:
            size[programme] += 1
    wished: dict[str, list[str]] = {name: [] for name in question.programmes}
    for person, programme in _wishes(question):
        wished[programme].append(person)
    gone = {name for name, rule in question.programmes.items() if rule.least and not size[name]}
    return Account(
        cancelled=tuple(
            Cancelled(name, _why_cancelled(question, name, wished[name]), tuple(sorted(wished[name])))
            for name in sorted(gone)
        ),
        unmatched=_unmatched(question, outcome, size, gone),
    )


def _wishes(question: Question) -> Iterator[tuple[str, str]]:
    if question.track == "welfare":
        yield from question.weights
        return
    for name, person in question.persons.items():
        for wish in person.prefs:
            yield name, wish


def _why_cancelled(question: Question, programme: str, wished: list[str]) -> str:
    rule = question.programmes[programme]
    if not wished:
        return "nobody_wished"
    if question.track == "stable" and rule.classes is not None:
        accepted = {name for members in rule.classes for name in members}
        wished = [name for name in wished if name in accepted]
    able = [name for name in wished if question.persons[name].most]
    if len(able) < rule.least:
        return "too_few_wished"
    return "others_worth_more" if question.track == "welfare" else "too_few_came"


def _unmatched(question: Question, outcome: Outcome, size: Mapping[str, int], gone: set[str]) -> dict[str, str]:
    held: dict[str, list[str]] = {name: [] for name in question.programmes}
    for person, mine in outcome.matching.items():
        for programme in mine:
            held[programme].append(person)
    places = {
        name: {person: at for at, members in enumerate(rule.classes) for person in members}
        for name, rule in question.programmes.items()
        if rule.classes is not None
    }
    wishes: dict[str, list[str]] = {name: [] for name in question.persons}
    for person, programme in _wishes(question):
        wishes[person].append(programme)
    made = {}
    for person in sorted(question.persons):
        if outcome.matching[person]:
            continue
        if not wishes[person]:
            made[person] = "no_wishes"
        elif not question.persons[person].most:
            made[person] = "no_place_wanted"
        elif question.track == "welfare":
            made[person] = _not_worth(question, person, wishes[person], gone)
        else:
            made[person] = _not_admitted(question, person, wishes[person], gone, held, places)
    return made


def _not_worth(question: Question, person: str, wishes: list[str], gone: set[str]) -> str:
    running = [wish for wish in wishes if wish not in gone]
    if not running:
        return "all_cancelled"
    if all(question.weights[person, wish] < 0 for wish in running):
        return "no_gain"
    return "others_worth_more"


def _not_admitted(
    question: Question,
    person: str,
    wishes: list[str],
    gone: set[str],
    held: Mapping[str, list[str]],
    places: Mapping[str, Mapping[str, int]],
) -> str:
    """The reason at her first wish that accepts her and runs: what kept her from the place she wanted most."""
    accepted = [wish for wish in wishes if wish not in places or person in places[wish]]
    running = [wish for wish in accepted if wish not in gone]
    if not running:
        return "all_cancelled" if accepted else "not_acceptable"
    first = question.programmes[running[0]]
    if not first.cap:
        return "no_places"
    inside = held[running[0]]
    if len(inside) < first.cap:
        return "region_full"
    order = places.get(running[0])
    worst = 0 if order is None else max(order[name] for name in inside)
    return "lottery" if order is None or order[person] == worst else "outranked"
