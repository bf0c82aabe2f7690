"""The published lottery, worked out anew from the question alone, and compared with what the answer published."""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import chain

import numpy as np

from yui.engine.matching.assignment.types import Question
from yui.engine.matching.lottery import tickets
from yui.engine.matching.verification.claims import Claims, Names
from yui.engine.matching.verification.findings import Finding, found


def luck(question: Question, programme: str, person: str) -> str:
    """What a person is sorted by inside a class: her hash, her place in the permutation (by `placed`), or her id."""
    seed = question.lottery.seed
    return "" if seed is None else sha256(f"{seed}|{programme}|{person}".encode()).hexdigest()


def placed(question: Question) -> dict[str, int]:
    """The place of each person in the permutation; empty where a seed or the ids decide."""
    return {name: at for at, name in enumerate(question.lottery.order or ())}


def positions(question: Question) -> dict[str, dict[str, int]]:
    """For each programme its acceptable applicants with their place in line, first is 0, in that order."""
    order = placed(question)
    asking: dict[str, list[str]] = {name: [] for name in question.programmes}
    for name, person in question.persons.items():
        for wish in person.prefs if person.most else ():
            asking[wish].append(name)
    made = {}
    for programme, names in asking.items():
        classes = question.programmes[programme].classes
        level = (
            dict.fromkeys(names, 0)
            if classes is None
            else {name: at for at, members in enumerate(classes) for name in members}
        )
        keyed = sorted(
            (level[name], order.get(name, 0), luck(question, programme, name), name) for name in names if name in level
        )
        made[programme] = {name: at for at, (*_, name) in enumerate(keyed)}
    return made


def persons_in_line(question: Question) -> list[str]:
    """All persons in the order in which ties are decided for them."""
    order = placed(question)
    return sorted(question.persons, key=lambda name: (order.get(name, 0), luck(question, "", name), name))


def ranks(question: Question, person: int) -> list[str]:
    """The programmes of the person at this position in the order in which ties prefer them."""
    seed, name = question.lottery.seed or "", question.weights.persons[person]
    drawn = [(sha256(f"{seed}|{a}|{name}".encode()).hexdigest(), a) for a in question.weights.of(person)]
    return [programme for _, programme in sorted(drawn)]


def ranked(question: Question, orders: Mapping[str, Names]) -> bool:
    """Whether the published orders of a welfare answer are everybody's ranks: all her programmes, and each with a larger
    hash than the one before. `False` may also mean that it needs a closer look.
    """
    weights = question.weights
    if orders.keys() != question.persons.keys():
        return False
    lists = [orders[name] for name in weights.persons]
    if list(map(len, lists)) != np.diff(weights.start).tolist():
        return False
    number = {name: at for at, name in enumerate(weights.programmes)}
    try:
        programme = np.array([number[name] for name in chain.from_iterable(lists)], dtype=np.int64)
    except KeyError:
        return False
    first = weights.person * len(number)
    if not np.array_equal(np.sort(first + programme), first + weights.programme):
        return False
    drawn = tickets(question.lottery.seed or "", weights.programmes, weights.persons, programme, weights.person)[:, 0]
    return bool(((drawn[1:] > drawn[:-1]) | (weights.person[1:] != weights.person[:-1])).all())


def check_lottery(question: Question, claims: Claims, line: list[str]) -> Iterator[Finding]:
    """The rule and the orders that the answer published are those of the question. ``line``: all persons in theirs."""
    rule = "order" if question.lottery.order is not None else "id" if question.lottery.seed is None else "seed"
    if claims.rule is not None and claims.rule != rule:
        yield found("lottery_rule", claimed=claims.rule, rule=rule)
    stable = question.track == "stable"
    if claims.orders is not None and (stable or not ranked(question, claims.orders)):
        expected: dict[str, Names] = (
            {name: tuple(names) for name, names in positions(question).items()}
            if stable
            else {name: tuple(ranks(question, at)) for at, name in enumerate(question.weights.persons)}
        )
        for name in sorted(expected.keys() | claims.orders.keys()):
            if claims.orders.get(name) != expected.get(name):
                yield found("lottery_order", name=name)
    if claims.line_of_persons is not None and list(claims.line_of_persons) != line:
        yield found("lottery_persons")
    if claims.turns is not None and list(claims.turns) != _turns(question, question.programmes):
        yield found("lottery_turns")


def _turns(question: Question, programmes: Iterable[str]) -> list[str]:
    return sorted(programmes, key=lambda name: (luck(question, name, ""), name))
