"""The rule profile of the engine, made from a definition: each number stands in the definition alone.

``yui engine`` ships the profiles of the authorities in ``PROFILES``; ``python -m yui.office.profiles`` writes them anew
from ``definitions/``, and a test fails where one is stale. A town's own call gets its profile from ``profile_of``.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yui.base.definitions.schema import exact
from yui.engine.exact import written_exactly
from yui.engine.profile import NAMES, SHIPPED

if TYPE_CHECKING:  # the examples of these sections ask for a profile
    from yui.office.calls.definition import Call, Floor, Submission
    from yui.office.calls.schedule import Window
    from yui.office.definition import Commission
    from yui.office.expenses.definition import Category, Expenses, Honorarium

Data = dict[str, Any]

TIE_RULES = {
    "higher_points": "themes",
    "lower_estimate": "lower_estimate",
    "higher_total": "higher_total",
    "member_ranks": "rank_sum",
    "committee": "committee",
}
FLOORS = {"each_member": "each_member", "mean_of_members": "mean"}
CONDITIONS = {"no_food": "food_excluded", "cheapest": "cheapest_route", "cost_only": "own_supply_at_cost"}
"""Conditions of a category that the engine judges; the others are read by people."""


def profile_of(definition: Any, name: str, call: "Call | None" = None) -> Data:
    """The profile of a call (the newest of the definition where none is named) with the expenses of the authority."""
    if call is None and definition.calls:
        call = definition.calls[-1]
    commission = _commission(definition, call)
    rules: Expenses | None = definition.expenses
    made: Data = {"name": name, "title": call.title.value if call else commission.title.value}
    if call is not None:
        made |= _parts_of_call(call)
    if rules is not None and rules.honorarium is not None:
        made["honorarium"] = _honorarium(rules.honorarium)
    expenses = _expenses(rules, commission, call)
    return made | ({"expenses": expenses} if expenses else {})


def _commission(definition: Any, call: "Call | None") -> "Commission":
    key = call.commission if call else definition.expenses.commission
    made: Commission = next(one for one in definition.commissions if one.key == key)
    return made


def expense_profile(definition: Any, commission_key: str, *, name: str, title: str) -> Data:
    """What the engine judges the expenses of one commission by; without rules of the document any category is taken.

    The phases in which a year's limit binds are those of the call that the commission came from, if it is defined.
    """
    commission = next((one for one in definition.commissions if one.key == commission_key), None)
    call = next((one for one in reversed(definition.calls) if one.commission == commission_key), None)
    rules: Expenses | None = definition.expenses
    own = rules if rules is not None and rules.commission == commission_key else None
    made: Data = {"name": name, "title": title}
    if own is not None and own.honorarium is not None:
        made["honorarium"] = _honorarium(own.honorarium)
    expenses = None if commission is None else _expenses(own, commission, call)
    return made | {"expenses": expenses or {}}


def _parts_of_call(call: "Call") -> Data:
    chosen = call.selection
    made: Data = {"selection": _selection(call)}
    if chosen.shortlist is not None:
        made["shortlist"] = {
            "at_least": chosen.shortlist.from_number.value,
            "choose": chosen.shortlist.choose.value,
        }
    windows = {notice.key: _window(notice.explanation) for notice in call.notices if notice.explanation is not None}
    if windows:
        usual = list(windows.values())[-1]
        own = {key: window for key, window in windows.items() if window != usual}
        made["windows"] = {"explanation": usual} | own  # a notice with days of its own has a clock of its own
    made["receipt"] = {
        "papers": {"channels": call.submission.channels.value, "counter": _counter(call.submission)},
        "question": {"channels": call.questions.channels.value, "counter": None},
    }
    deposit = call.deposit
    made["deposit"] = {
        "share": _share(deposit.share.value),
        "local_share": None if deposit.local_share is None else _share(deposit.local_share.value),
        "rounding": deposit.rounding.value,
    }
    return made


def _selection(call: "Call") -> Data:
    chosen, last = call.selection, call.stages[-1].key
    earlier = sum(group.points.value for group in call.criteria if group.stage != last)
    return {
        "criteria": [
            {"code": one.key, "name": one.name, "group": group.key, "points": one.points.value}
            for group in call.criteria
            if group.stage == last
            for one in group.criteria
        ],
        "stage1": {"points": earlier} if earlier else None,
        "aggregation": chosen.aggregation.value,
        "distinct_ranks": chosen.distinct_ranks.value,
        "floor": _floor(chosen.floor, majority=chosen.majority_at_floor.value),
        "ties": [
            {"rule": TIE_RULES[tie.rule], **({"groups": tie.groups} if tie.groups else {})} for tie in chosen.ties
        ],
        "estimate_gate": chosen.estimate_gate.value,
        "successor": chosen.runner_up.value,
    }


def _floor(floor: "Floor", *, majority: bool) -> Data:
    if floor.points is not None:
        points = exact(floor.points.value)
    else:
        assert floor.share is not None and floor.of_points is not None
        points = exact(floor.share.value) * floor.of_points.value
    return {"measured": FLOORS[floor.measured.value], "points": written_exactly(points), "majority": majority}


def _window(window: "Window") -> Data:
    return {
        "ask_days": window.ask_within_days.value,
        "answer_days": window.answer_within_days.value,
        "starts": window.ask_starts.value,
        "closed_days": window.holidays.value,
    }


def _counter(submission: "Submission") -> Data | None:
    hours = submission.hours
    if hours is None:
        return None
    return {"opens": hours.opens.value, "closes": hours.closes.value, "last_day": hours.last_day.value}


def _share(written: str) -> str:
    value = exact(written)
    return f"{value.numerator}/{value.denominator}"


def _honorarium(rules: "Honorarium") -> Data:
    return {
        "classes": {one.mark: one.yen_per_hour.value for one in rules.classes},
        "least_minutes": rules.least_minutes.value,
        "step_minutes": rules.step_minutes.value,
        "step_share": _share(rules.step_share.value),
        "surcharges": [
            {
                "over_km": step.over_km.value,
                "from_included": step.from_included.value,
                "times": _share(step.times.value),
            }
            for step in rules.surcharges
        ],
        "rounding": None,
    }


def _expenses(rules: "Expenses | None", commission: "Commission", call: "Call | None") -> Data | None:
    budget = commission.budget
    years = [{"fiscal_year": one.fiscal_year.value, "limit": one.limit.value} for one in budget.years] if budget else []
    if rules is None and not years:
        return None
    only_told = call is not None and call.selection.over_yearly_limit.value == "point_out"
    bind = ["amendment", "settlement"] if only_told else ["estimate", "amendment", "settlement"]
    made: Data = {"years": years, "years_bind": bind if years else []}
    if rules is None:
        return made
    return made | {
        "categories": [_category(one, rules) for one in rules.categories],
        "refused": [{"code": one.key, "name": one.name} for one in rules.refused],
    }


def _category(one: "Category", rules: "Expenses") -> Data:
    made: Data = {"code": one.key, "name": one.name}
    if one.formula is not None:
        made["rate_times_hours"] = True
    ceiling = one.ceiling
    if ceiling is not None and ceiling.share is not None:
        made["share_of_total"] = _share(ceiling.share.value)
        made["total_includes_it"] = ceiling.of is None or ceiling.of.value == "total_with_the_fee_before_tax"
    elif ceiling is not None and ceiling.yen is not None:
        made["night_limit" if ceiling.per == "night_and_person" else "limit"] = ceiling.yen.value
    made |= {CONDITIONS[condition.key]: True for condition in one.conditions if condition.key in CONDITIONS}
    if one.consulted_before is not None and one.consulted_before.value:
        made["consulted_before"] = True
    if one.key == "honorarium" and rules.honorarium is not None:
        made["honorarium_table"] = rules.honorarium.ceiling.value
    if one.verifiable is not None and one.verifiable.value:
        made["evidence"] = rules.evidence_before_settling.value
    return made


def as_shipped(profile: Mapping[str, Any]) -> str:
    """The text of a shipped file."""
    return json.dumps(profile, ensure_ascii=False, indent=1) + "\n"


def main(definitions: Path) -> int:
    """Write the shipped profiles from a folder of definitions."""
    from yui.base.definitions.checks import read_folder

    for name in NAMES:
        (SHIPPED / f"{name}.json").write_text(
            as_shipped(profile_of(read_folder(definitions / name).definition, name)), "utf-8"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(Path("definitions")))
