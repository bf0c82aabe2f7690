"""What a run applied, in order: enough to follow by hand. Codes and values; the sentences are data."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from yui.engine.matching.prices import Priced
from yui.engine.matching.types import LIMITS, Instance, Shown, Step


def steps(
    instance: Instance, excluded_by: Mapping[str, int], seen: Shown, outcome: Priced | None, fair_places: int
) -> tuple[Step, ...]:
    """The account of a run."""
    return tuple(_steps(instance, excluded_by, seen, outcome, fair_places))


def _steps(
    instance: Instance, excluded_by: Mapping[str, int], seen: Shown, outcome: Priced | None, fair_places: int
) -> Iterator[Step]:
    sizes = {"persons": len(instance.persons), "opportunities": len(instance.opportunities)}
    yield Step(f"read_{instance.direction}", sizes)
    pairs, out = len(instance.persons) * len(instance.opportunities), sum(excluded_by.values())
    yield Step("limits", {"pairs": pairs, "excluded": out, "eligible": pairs - out, "order": list(LIMITS)})
    for limit, count in excluded_by.items():
        yield Step(f"limit_{limit}", {"count": count})
    used = {term: weight for term, weight in instance.weights.items() if weight}
    yield Step(
        "score" if used else "score_nothing", {"weights": used, "bands": [list(band) for band in instance.bands]}
    )
    if instance.seed is None:
        yield Step("ties_id", {})
    else:
        yield Step("ties_lottery", {"seed": instance.seed})
    yield from _rule(instance, outcome, fair_places)
    yield Step("list_all", {}) if instance.k is None else Step("list_k", {"k": instance.k})
    if instance.direction == "person":
        gini_o, gini_g = rounded(seen.gini_opportunities), rounded(seen.gini_organizations)
        never = len(seen.never_shown)
        yield Step("exposure", {"gini_opportunities": gini_o, "gini_organizations": gini_g, "never_shown": never})
    else:
        yield Step("exposure_persons", {"never_shown": len(seen.never_shown_persons)})


def _rule(instance: Instance, outcome: Priced | None, fair_places: int) -> Iterator[Step]:
    fairness = instance.fairness
    if outcome is not None:
        kept = None if outcome.utility_kept is None else rounded(outcome.utility_kept)
        yield Step(
            "fairness_price",
            {
                "rounds": fairness.rounds,
                "pool": fairness.pool,
                "floor": rounded(fairness.floor),
                "best_round": outcome.best_round,
                "priced": sum(price > 0 for price in outcome.prices),
                "utility_kept": kept,
            },
        )
    elif fairness.rule == "newcomer_share" and instance.direction == "opportunity":
        yield Step("fairness_newcomer", {"one_in": fairness.one_in, "moved": fair_places})
    elif fairness.rule == "newcomer_share":
        yield Step("fairness_newcomer_not_here", {"one_in": fairness.one_in})
    else:
        yield Step("fairness_none", {})


def rounded(value: Fraction | float) -> float:
    """The form of non-integers in every output: 9 decimals."""
    return round(float(value), 9) if isinstance(value, float) else float(round(value, 9))
