"""複数年度: what a contract costs in each 年度 against the limits of its budget. Pure: no Django, whole yen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from yui.engine.calendar.written import fiscal_year, fiscal_year_label


@dataclass(frozen=True, slots=True)
class Budget:
    """The limits: by the year of the April, and in all; ``binds``: whether a year above its limit is refused."""

    years: Mapping[int, int]
    limit: int | None = None
    binds: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong or to be pointed out. ``stops``: the contract cannot go on like this."""

    code: str
    sentence: str
    stops: bool


def years_between(first: date, last: date) -> list[int]:
    """The 年度 that a term touches, first to last."""
    return list(range(fiscal_year(first), fiscal_year(last) + 1))


def judge_years(amount: int, years: Mapping[int, int], covered: list[int], budget: Budget) -> list[Finding]:
    """Everything to say of the amounts: each year of the term once, their sum, each limit, the limit in all."""
    found = []
    strangers = sorted(set(years) - set(covered))
    if strangers:
        words = "、".join(fiscal_year_label(year) for year in strangers)
        found.append(Finding("outside", f"{words}は契約の期間に入っていません。額を置けません。", True))
    missing = [year for year in covered if year not in years]
    if missing:
        words = "、".join(fiscal_year_label(year) for year in missing)
        found.append(Finding("missing", f"{words}の額を書いてください。", True))
    elif sum(years.values()) != amount:
        told = f"年度ごとの額の合計（{sum(years.values()):,}円）と、契約金額（{amount:,}円）が合いません。"
        found.append(Finding("sum", told, True))
    for year in sorted(years):
        limit = budget.years.get(year)
        if limit is not None and years[year] > limit:
            over = f"{fiscal_year_label(year)}の額が、その年度の上限（{limit:,}円）を{years[year] - limit:,}円超えています。"
            found.append(Finding("year_over", over, budget.binds))
    if budget.limit is not None and amount > budget.limit:
        over = f"契約金額が、上限額（{budget.limit:,}円）を{amount - budget.limit:,}円超えています。"
        found.append(Finding("total_over", over, True))
    return found
