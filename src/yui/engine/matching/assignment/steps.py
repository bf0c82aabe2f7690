"""What a run applied, in order: enough to follow by hand. Codes and values; the sentences are data."""

from collections.abc import Iterator

from yui.engine.matching.assignment.account import Account
from yui.engine.matching.assignment.types import Outcome, Question, Step


def steps(question: Question, outcome: Outcome, told: Account) -> tuple[Step, ...]:
    """The account of a run."""
    return tuple(_steps(question, outcome, told))


def _steps(question: Question, outcome: Outcome, told: Account) -> Iterator[Step]:
    stable = question.track == "stable"
    sizes = {"persons": len(question.persons), "programs": len(question.programmes)}
    places = sum(rule.cap for rule in question.programmes.values())
    yield Step("read_stable" if stable else "read_welfare", sizes | {"places": places})
    if question.lottery.rule == "seed":
        yield Step("lottery_seed", {"seed": question.lottery.seed})
    elif question.lottery.rule == "order":
        yield Step("lottery_order", {})
    else:
        yield Step("lottery_id", {})
    reserved = sum(rule.reserve is not None for rule in question.programmes.values())
    if stable:
        yield Step("asking_person" if question.orientation == "person" else "asking_program", {})
        if reserved:
            yield Step("reserves", {"programs": reserved})
    else:
        yield Step("maximum", {})
        yield Step("ties_welfare", {})
        if reserved:
            yield Step("reserves_not_here", {"programs": reserved})
    if question.regions:
        yield Step("regions_stable" if stable else "regions_welfare", {"regions": len(question.regions)})
    yield from outcome.facts
    if outcome.coalitions:
        yield Step("coalitions", {"programs": [one.programme for one in outcome.coalitions]})
    placed = sum(bool(mine) for mine in outcome.matching.values())
    cancelled = [one.programme for one in told.cancelled]
    yield Step("placed", {"placed": placed, "unmatched": len(told.unmatched), "cancelled": len(cancelled)})
    if not stable:
        proof = {"value": outcome.value, "bound": outcome.quality.bound}
        yield Step("value_proved" if outcome.value == outcome.quality.bound else "value_bounded", proof)
