"""Limits over many lines: a category's sum, a share of the whole, a fiscal year. The excess leaves the totals. Pure."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from yui.engine.calendar.written import fiscal_year
from yui.engine.expenses.types import Judged, Limit, Total
from yui.engine.profile import Category, Expenses


def totals_of(lines: Sequence[Judged]) -> dict[str, Total]:
    """By category, in the order of the codes, before any limit."""
    made: dict[str, Total] = {}
    for line in lines:
        total = made.get(line.category)
        if total is None:
            made[line.category] = Total(line.claimed, line.eligible, line.tax)
        else:
            total.claimed += line.claimed
            total.eligible += line.eligible
            total.tax += line.tax
    return dict(sorted(made.items()))


def apply_limits(lines: Sequence[Judged], rules: Expenses, phase: str) -> tuple[list[Limit], dict[str, Total]]:
    """Every limit of the rules, exceeded or not, and the totals after them: sums, then shares, then years."""
    totals = totals_of(lines)
    categories = list((rules.categories or {}).values())
    limits = [_sum_limit(one, one.limit, totals) for one in categories if one.limit is not None]
    limits += [_share_limit(one, totals) for one in categories if one.share_of_total is not None]
    years = [_year_limit(year.fiscal_year, year.limit, lines) for year in rules.years]
    if phase in rules.years_bind:
        for year, found in zip(rules.years, years, strict=True):
            _cut_year(found.over, _of_year(year.fiscal_year, lines), totals)
    return [*limits, *years], totals


def share_limit(direct: int, share: Fraction, *, includes_it: bool) -> int:
    """The most that may be claimed beside `direct` yen, rounded down.

    Where the share is of a total with it inside: fee ≤ s × (direct + fee), so fee ≤ direct × s ÷ (1 − s).
    """
    made = direct * share / (1 - share) if includes_it else direct * share
    return made.numerator // made.denominator


def _sum_limit(category: Category, limit: int, totals: Mapping[str, Total]) -> Limit:
    total = totals.get(category.code)
    found = Limit(category.code, limit, 0 if total is None else total.eligible)
    if total is not None and found.over:
        _cut(total, found.over)
    return found


def _share_limit(category: Category, totals: Mapping[str, Total]) -> Limit:
    """Cost without tax on both sides: the fee's own tax does not make it exceed."""
    assert category.share_of_total is not None
    direct = sum(total.eligible - total.tax for code, total in totals.items() if code != category.code)
    limit = share_limit(direct, category.share_of_total, includes_it=category.total_includes_it)
    total = totals.get(category.code)
    found = Limit(category.code, limit, 0 if total is None else total.eligible - total.tax)
    if total is not None and found.over:
        total.eligible -= found.over
    return found


def _year_limit(year: int, limit: int, lines: Sequence[Judged]) -> Limit:
    return Limit(f"year_{year}", limit, sum(_of_year(year, lines).values()))


def _of_year(year: int, lines: Sequence[Judged]) -> dict[str, int]:
    made: dict[str, int] = {}
    for line in lines:
        if line.day is not None and fiscal_year(line.day) == year:
            made[line.category] = made.get(line.category, 0) + line.eligible
    return made


def _cut_year(over: int, eligible: Mapping[str, int], totals: Mapping[str, Total]) -> None:
    """The excess of a year leaves its categories, the largest first (equal ones by code)."""
    for code in sorted(eligible, key=lambda name: (-eligible[name], name)):
        taken = min(over, eligible[code])
        if taken:
            _cut(totals[code], taken)
            over -= taken


def _cut(total: Total, excess: int) -> None:
    """Take an excess off a category; its tax goes down in proportion."""
    kept = total.eligible - excess
    total.tax = total.tax * kept // total.eligible if total.eligible else 0
    total.eligible = kept
