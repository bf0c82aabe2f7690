"""The `recommend` question as JSON in, JSON out: what `yui engine recommend` prints."""

from collections.abc import Mapping

from yui.engine.matching.read import read_instance
from yui.engine.matching.recommend import recommend
from yui.engine.matching.steps import rounded
from yui.engine.matching.types import Result
from yui.engine.sentences import say

ORGAN = "matching"


def answer_recommend(question: object) -> dict[str, object]:
    """Raises Faults."""
    return as_json(recommend(read_instance(question)))


def as_json(result: Result) -> dict[str, object]:
    """The published shape; every number is an integer or rounded to 9 decimals."""
    out: dict[str, object] = {
        "lists": {
            name: [
                {
                    "id": entry.id,
                    "score": entry.score,
                    "parts": [{"term": part.term, "value": part.value} for part in entry.parts],
                }
                for entry in entries
            ]
            for name, entries in result.lists.items()
        }
    }
    if result.excluded is not None:
        out["excluded"] = result.excluded
    out["exposure"] = {name: rounded(value) for name, value in result.shown.exposure.items()}
    out["gini"] = {
        "opportunities": rounded(result.shown.gini_opportunities),
        "organizations": rounded(result.shown.gini_organizations),
    }
    out["never_shown"] = list(result.shown.never_shown)
    out["never_shown_persons"] = list(result.shown.never_shown_persons)
    if result.prices is not None:
        out["prices"] = dict(result.prices)
        out["utility_kept"] = None if result.utility_kept is None else rounded(result.utility_kept)
    moved = {name: [e.id for e in entries if e.fair_place] for name, entries in result.lists.items()}
    if any(moved.values()):
        out["fair_places"] = {name: ids for name, ids in moved.items() if ids}
    out["steps"] = [_step(step.rule, step.values) for step in result.steps]
    out["ignored"] = list(result.ignored)
    return out


def _step(rule: str, values: Mapping[str, object]) -> dict[str, object]:
    return {"rule": rule, "says": say(ORGAN, "steps", rule, values), "values": dict(values)}
