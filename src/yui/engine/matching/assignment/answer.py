"""The `assign` question as JSON in, JSON out: what `yui engine assign` prints."""

import numpy as np

from yui.engine.matching.assignment.account import account
from yui.engine.matching.assignment.orders import Orders
from yui.engine.matching.assignment.read import read_question
from yui.engine.matching.assignment.stable import stable
from yui.engine.matching.assignment.steps import steps
from yui.engine.matching.assignment.types import Outcome, Quality, Question
from yui.engine.matching.assignment.welfare import welfare
from yui.engine.sentences import say

ORGAN = "matching.assignment"


def answer_assign(question: object) -> dict[str, object]:
    """Raises Faults."""
    return assign(read_question(question))


def assign(question: Question) -> dict[str, object]:
    """The published shape of the answer to one question. It depends on the values alone, not on their order."""
    orders = Orders(question)
    outcome = stable(question, orders) if question.track == "stable" else welfare(question, orders)
    told = account(question, orders, outcome)
    out: dict[str, object] = {
        "matching": {name: list(outcome.matching[name]) for name in sorted(question.persons)},
    }
    if outcome.value is not None:
        out["value"] = outcome.value
    out["cancelled"] = [
        {"program": one.programme, "why": one.why, "wanted_by": list(one.wanted_by)} for one in told.cancelled
    ]
    out["unmatched"] = dict(told.unmatched)
    out["lottery"] = _lottery(question, orders)
    out["quality"] = _quality(question, outcome)
    out["willing_coalitions"] = [{"program": one.programme, "persons": list(one.persons)} for one in outcome.coalitions]
    out["steps"] = [
        {"rule": step.rule, "says": say(ORGAN, "steps", step.rule, step.values), "values": dict(step.values)}
        for step in steps(question, outcome, told)
    ]
    out["ignored"] = list(question.ignored)
    return out


def _lottery(question: Question, orders: Orders) -> dict[str, object]:
    """The rule, and every order that was used: lines of programmes, turns in regions, persons and ranks for ties."""
    made: dict[str, object] = {"rule": question.lottery.rule}
    if question.lottery.seed is not None:
        made["seed"] = question.lottery.seed
    if question.track == "stable":
        made["orders"] = {
            name: [person for members in levels for person in members]
            for name, levels in orders.lines(question).items()
        }
        if question.regions:
            made["turns"] = orders.programmes(question.programmes)
        return made
    made["persons"] = orders.persons(question.persons)
    weights = question.weights
    names = np.array(weights.programmes, dtype=object)[weights.programme[orders.ranked(weights)]].tolist()
    start = weights.start.tolist()
    made["orders"] = {name: names[start[p] : start[p + 1]] for p, name in enumerate(weights.persons)}
    return made


def _quality(question: Question, outcome: Outcome) -> dict[str, object]:
    quality: Quality = outcome.quality
    if question.track == "stable":
        exact = not question.with_minima or question.small
        return {
            "bound": None,
            "proved": exact or not outcome.coalitions,
            "proof": quality.proof,
            "blocking_pairs": 0,
            "willing_coalitions": len(outcome.coalitions),
        }
    made: dict[str, object] = {
        "bound": quality.bound,
        "proved": outcome.value == quality.bound,
        "proof": quality.proof,
        "blocking_pairs": 0,
        "prices": quality.prices,
        "region_prices": quality.region_prices,
    }
    if quality.bound_prices is not None:
        made["bound_prices"] = quality.bound_prices
        made["bound_region_prices"] = quality.bound_region_prices
    return made
