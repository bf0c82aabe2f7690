"""One line: what of it is eligible, and every rule that said so. Pure."""

from yui.engine.expenses.honorarium import allowed
from yui.engine.expenses.read import claimed_of, rate_times_hours
from yui.engine.expenses.types import Judged, Line
from yui.engine.profile import Category, Expenses, Profile


def judge(line: Line, rules: Expenses, profile: Profile) -> Judged:
    """Judge a line by itself; limits over many lines come afterwards."""
    claimed = claimed_of(line)
    assert claimed is not None
    if rules.categories is None:
        category, cited, eligible = None, ["any_category"], claimed
    elif line.category in rules.refused:
        category, cited, eligible = None, ["refused"], 0
    else:
        category, cited = rules.categories[line.category], ["listed"]
        eligible = _eligible(line, category, profile, claimed, cited)
    settleable = True
    if line.contract is not None:
        eligible, settleable = _from_contract(line, claimed, eligible, cited)
    if eligible == 0:
        settleable = False
    elif category is not None and category.evidence and line.evidence == 0:
        cited.append("no_evidence")
        settleable = False
    tax = line.tax * eligible // claimed if claimed and line.tax else 0
    return Judged(line.id, line.category, line.day, claimed, eligible, tax, settleable, cited)


def _eligible(line: Line, category: Category, profile: Profile, claimed: int, cited: list[str]) -> int:
    eligible = claimed
    if category.rate_times_hours:
        cited.append("rate_times_hours")
        eligible = min(eligible, rate_times_hours(line))
    if category.food_excluded and line.meals:
        cited.append("food_excluded")
        eligible = min(eligible, claimed - line.meals)
    if category.night_limit is not None:
        eligible = _within_nights(line, category.night_limit, eligible, cited)
    if category.cheapest_route and line.cheapest is not None and line.cheapest < eligible:
        cited.append("cheapest_route")
        eligible = line.cheapest
    if category.own_supply_at_cost and line.own_supply_cost is not None and line.own_supply_cost < eligible:
        cited.append("own_supply_at_cost")
        eligible = line.own_supply_cost
    if category.consulted_before and not _consulted(line):
        cited.append("not_consulted")
        eligible = 0
    if category.honorarium_table and profile.honorarium is not None:
        assert line.mark is not None and line.minutes is not None
        limit = allowed(line.mark, line.minutes, line.one_way_km, profile.honorarium).limit
        if limit < eligible:
            cited.append("honorarium_table")
            eligible = limit
    return eligible


def _within_nights(line: Line, limit: int, eligible: int, cited: list[str]) -> int:
    """The ceiling for each person and night: by the bill of each, or by nights × people where there is one bill."""
    within = limit * line.nights * line.people if line.stays is None else sum(min(stay, limit) for stay in line.stays)
    if within >= eligible:
        return eligible
    cited.append("night_limit")
    return within


def _consulted(line: Line) -> bool:
    return line.consulted_on is not None and line.day is not None and line.consulted_on < line.day


def _from_contract(line: Line, claimed: int, eligible: int, cited: list[str]) -> tuple[int, bool]:
    """Only what the contract pays; a yen that two sources pay is not eligible at all."""
    assert line.contract is not None
    if line.from_all > claimed:
        cited.append("sources_exceed_claimed")
        return 0, False
    if line.contract < eligible:
        cited.append("contract_part")
        return line.contract, True
    return eligible, True
