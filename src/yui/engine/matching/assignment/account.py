"""The true reason of everyone without a place and of every programme that does not run: codes, no words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from yui.engine.matching.assignment.orders import Orders, line
from yui.engine.matching.assignment.types import Cancelled, Outcome, Question

CANCELLED_CODES = ("nobody_wished", "too_few_wished", "too_few_came", "others_worth_more")
UNMATCHED_CODES = (
    "no_wishes",
    "no_place_wanted",
    "not_acceptable",
    "all_cancelled",
    "no_places",
    "region_full",
    "reserved",
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


def account(question: Question, orders: Orders, outcome: Outcome) -> Account:
    """Reasons for an outcome."""
    size = dict.fromkeys(question.programmes, 0)
    for mine in outcome.matching.values():
        for programme in mine:
            size[programme] += 1
    gone = {name for name, rule in question.programmes.items() if rule.least and not size[name]}
    wished: dict[str, list[str]] = {name: [] for name in gone}
    for person, programme in _wishes(question) if gone else ():
        if programme in gone:
            wished[programme].append(person)
    return Account(
        cancelled=tuple(
            Cancelled(name, _why_cancelled(question, name, wished[name]), tuple(sorted(wished[name])))
            for name in sorted(gone)
        ),
        unmatched=_unmatched(question, orders, outcome, gone),
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


def _unmatched(question: Question, orders: Orders, outcome: Outcome, gone: set[str]) -> dict[str, str]:
    held: dict[str, list[str]] = {name: [] for name in question.programmes}
    for person, mine in outcome.matching.items():
        for programme in mine:
            held[programme].append(person)
    accepted = {
        name: frozenset(person for members in rule.classes for person in members)
        for name, rule in question.programmes.items()
        if rule.classes is not None
    }
    made = {}
    for at, person in enumerate(question.persons):
        if outcome.matching[person]:
            continue
        worth = question.weights.of(at) if question.track == "welfare" else {}
        wishes = question.persons[person].prefs if question.track == "stable" else tuple(worth)
        if not wishes:
            made[person] = "no_wishes"
        elif not question.persons[person].most:
            made[person] = "no_place_wanted"
        elif question.track == "welfare":
            made[person] = _not_worth(worth, gone)
        else:
            made[person] = _not_admitted(question, orders, person, wishes, gone, held, accepted)
    return made


def _not_worth(worth: Mapping[str, int], gone: set[str]) -> str:
    running = [weight for wish, weight in worth.items() if wish not in gone]
    if not running:
        return "all_cancelled"
    if all(weight < 0 for weight in running):
        return "no_gain"
    return "others_worth_more"


def _not_admitted(
    question: Question,
    orders: Orders,
    person: str,
    wishes: Sequence[str],
    gone: set[str],
    held: Mapping[str, list[str]],
    accepted: Mapping[str, frozenset[str]],
) -> str:
    """The reason at her first wish that accepts her and runs: what kept her from the place she wanted most."""
    able = [wish for wish in wishes if person in accepted.get(wish, (person,))]
    running = [wish for wish in able if wish not in gone]
    if not running:
        return "all_cancelled" if able else "not_acceptable"
    first = running[0]
    cap = question.programmes[first].cap
    if not cap:
        return "no_places"
    if len(held[first]) < cap:
        return "region_full"
    levels = line(question, orders, first, [*held[first], person])
    if [name for level in levels for name in level].index(person) < cap:
        return "reserved"
    mine = next(level for level in levels if person in level)
    return "lottery" if len(mine) > 1 and mine[0] != person else "outranked"
