"""expenses.yaml: which cost is eligible, its ceilings, the table of honoraria; and the budget of a commission.

Pure: no Django. Money is whole yen; shares are exact fractions. ``honorarium_limit``, ``fee_limit`` and
``lodging_eligible`` are the rules that the examples of a town try.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import Field

from yui.base.definitions.schema import (
    Amount,
    ExampleFault,
    Item,
    Part,
    Positive,
    Problem,
    Section,
    Setting,
    Share,
    Yen,
    by_key,
    exact,
)
from yui.engine.expenses import allowed, share_limit
from yui.engine.profile import Honorarium as Table
from yui.engine.profile.types import Surcharge as Surcharged
from yui.office.expenses.examples import JUDGED_EXAMPLES


class BudgetYear(Item):
    """The limit of one 年度 (the April it begins in)."""

    fiscal_year: Setting[int]
    limit: Setting[Yen]


class Budget(Part):
    """見積限度額・委託上限額. ``limit`` None: the document names none. ``years`` is empty for a single year.

    ``yearly_binds``: whether an estimate above one year's limit is refused, or only pointed out.
    """

    limit: Setting[Yen | None]
    tax_included: Setting[bool]
    years: list[BudgetYear] = []
    yearly_binds: Setting[bool] | None = None


class Statement(Item):
    """Something the document asks, in our own words."""

    name: str
    summary: str


class Ceiling(Part):
    """A ceiling: yen for ``per``, or a share of ``of``.."""

    yen: Setting[Yen] | None = None
    share: Setting[Share] | None = None
    per: Literal["commission", "night_and_person"] = "commission"
    of: Setting[Literal["total_with_the_fee_before_tax", "other_costs_before_tax"]] | None = None
    tax_included: Setting[bool] | None = None
    averaged: Setting[bool] | None = None


class Category(Item):
    """対象経費の費目. ``part_of`` names the category under which the document lists it."""

    number: str
    name: str
    summary: str
    part_of: str | None = None
    formula: Setting[str] | None = None
    ceiling: Ceiling | None = None
    verifiable: Setting[bool] | None = None
    conditions: list[Statement] = []
    consulted_before: Setting[bool] | None = None


class Refused(Item):
    """対象外の経費."""

    number: str
    name: str
    summary: str


class HonorariumClass(Item):
    """A class of the table: yen for each hour, and who belongs to it."""

    mark: str
    yen_per_hour: Setting[Yen]
    who: Annotated[list[Statement], Field(min_length=1)]


class Surcharge(Item):
    """割増し by one-way distance: above ``over_km`` (or from it, where ``from_included``), times ``times``."""

    over_km: Setting[Positive]
    from_included: Setting[bool]
    times: Setting[Share]


class Honorarium(Part):
    """謝金基準. Times are minutes; what is over rises in whole steps, each ``step_share`` of the hourly price."""

    classes: Annotated[list[HonorariumClass], Field(min_length=1)]
    least_minutes: Setting[Positive]
    step_minutes: Setting[Positive]
    step_share: Setting[Share]
    surcharges: list[Surcharge]
    ceiling: Setting[bool]
    one_invitation: Setting[Literal["one_duration", "summed_over_the_day"]]


class Expenses(Part):
    """expenses.yaml"""

    commission: str
    categories: Annotated[list[Category], Field(min_length=1)]
    refused: list[Refused]
    honorarium: Honorarium | None = None
    evidence_before_settling: Setting[bool]
    terms: list[Statement] = []


def fee_limit(direct: int, ceiling: Ceiling) -> int:
    """The most that a management fee may be, in yen, rounded down. ``direct``: all other eligible cost before tax.

    Where the share is of the total with the fee in it: fee ≤ s × (direct + fee), so fee ≤ direct × s ÷ (1 − s).
    """
    assert ceiling.share is not None
    with_fee = ceiling.of is None or ceiling.of.value == "total_with_the_fee_before_tax"
    return share_limit(direct, exact(ceiling.share.value), includes_it=with_fee)


def lodging_eligible(paid: int, nights: int, people: int, ceiling: Ceiling) -> int:
    """What may be charged of a lodging bill, in yen: at most the ceiling for each night and person."""
    assert ceiling.yen is not None
    return min(paid, ceiling.yen.value * nights * people)


def table_of(rules: Honorarium) -> Table:
    """The table as the engine reckons with it."""
    return Table(
        classes={one.mark: one.yen_per_hour.value for one in rules.classes},
        least_minutes=rules.least_minutes.value,
        step_minutes=rules.step_minutes.value,
        step_share=exact(rules.step_share.value),
        surcharges=tuple(
            Surcharged(exact(step.over_km.value), step.from_included.value, exact(step.times.value))
            for step in rules.surcharges
        ),
        rounding=None,
    )


def honorarium_limit(mark: str, minutes: int, one_way_km: Amount, rules: Honorarium) -> int:
    """The most that may be paid for one invitation, in whole yen (the table gives whole yen; see the check).

    Raises ExampleFault for an unknown class.
    """
    if mark not in {one.mark for one in rules.classes}:
        raise ExampleFault(f"謝金の区分「{mark}」はありません。")
    return allowed(mark, minutes, exact(one_way_km), table_of(rules)).limit


def _check_commission(definition: Any, expenses: Expenses) -> Iterator[Problem]:
    if expenses.commission not in {one.key for one in definition.commissions}:
        yield Problem(("commission",), f"業務「{expenses.commission}」の commission-*.yaml がありません。")


def _check_categories(_definition: Any, expenses: Expenses) -> Iterator[Problem]:
    known = by_key(expenses.categories)
    for index, one in enumerate(expenses.categories):
        if one.part_of and one.part_of not in known:
            yield Problem(("categories", index, "part_of"), f"費目「{one.part_of}」は categories にありません。")
        ceiling = one.ceiling
        if ceiling and (ceiling.yen is None) == (ceiling.share is None):
            yield Problem(("categories", index, "ceiling"), "上限は、金額（yen）か割合（share）のどちらか一方です。")
        if ceiling and ceiling.share and exact(ceiling.share.value) >= 1:
            yield Problem(("categories", index, "ceiling", "share"), "割合は1より小さくしてください。")


def _check_honorarium(_definition: Any, expenses: Expenses) -> Iterator[Problem]:
    rules = expenses.honorarium
    if rules is None:
        return
    edges = [step.over_km.value for step in rules.surcharges]
    if edges != sorted(set(edges)):
        yield Problem(("honorarium", "surcharges"), "割増しは近い順に、重なりなく書いてください。")
    for index, one in enumerate(rules.classes):
        for times in (Fraction(1), *(exact(step.times.value) for step in rules.surcharges)):
            if (one.yen_per_hour.value * times * exact(rules.step_share.value)).denominator != 1:
                yield Problem(
                    ("honorarium", "classes", index, "yen_per_hour"),
                    "割増しと刻みを掛けて、円の端数が出ない額にします。",
                )
                break


def _rules(definition: Any) -> Expenses:
    if definition.expenses is None:
        raise ExampleFault("この町には expenses.yaml がありません。")
    rules: Expenses = definition.expenses
    return rules


def _ceiling(definition: Any, name: str) -> Ceiling:
    for one in _rules(definition).categories:
        if name in (one.key, one.name) and one.ceiling:
            return one.ceiling
    raise ExampleFault(f"上限のある費目「{name}」はありません。")


def _example_eligible(definition: Any, given: Mapping[str, Any]) -> bool:
    rules = _rules(definition)
    if given["name"] in {one.name for one in rules.categories}:
        return True
    if given["name"] in {one.name for one in rules.refused}:
        return False
    raise ExampleFault(f"費目「{given['name']}」はありません。")


def _example_honorarium(definition: Any, given: Mapping[str, Any]) -> int:
    rules = _rules(definition).honorarium
    if rules is None:
        raise ExampleFault("この町には謝金の表がありません。")
    return honorarium_limit(given["class"], given["minutes"], given.get("one_way_km", 0), rules)


def _example_fee(definition: Any, given: Mapping[str, Any]) -> int:
    return fee_limit(given["direct"], _ceiling(definition, "管理費"))


def _example_lodging(definition: Any, given: Mapping[str, Any]) -> int:
    ceiling = _ceiling(definition, "宿泊費")
    return lodging_eligible(given["paid"], given.get("nights", 1), given.get("people", 1), ceiling)


def _example_ceiling(definition: Any, given: Mapping[str, Any]) -> int:
    ceiling = _ceiling(definition, given["name"])
    if ceiling.yen is None:
        raise ExampleFault(f"費目「{given['name']}」の上限は金額ではありません。")
    return ceiling.yen.value


SECTION = Section(
    name="expenses",
    file="expenses.yaml",
    model=Expenses,
    optional=True,
    checks=(_check_commission, _check_categories, _check_honorarium),
    examples={
        "対象になる経費": _example_eligible,
        "謝金の上限": _example_honorarium,
        "管理費の上限": _example_fee,
        "宿泊費の対象額": _example_lodging,
        "費目の上限": _example_ceiling,
    }
    | JUDGED_EXAMPLES,
)
