"""commission-*.yaml: one contract (業務): its term, phases, deliverables, papers, meetings, conditions, indicators.

Pure: no Django. ``due_date`` is the rule by which papers and deliverables fall due.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field

from yui.base.definitions.schema import Amount, ExampleFault, Item, Part, Positive, Problem, Section, Setting, by_key
from yui.office.contracts.definition import Contracting
from yui.office.expenses.definition import Budget

Event = Literal["contract", "term_end", "meeting", "change", "request"]
"""From which day a due date counts: 契約日, 業務期間の最終日, each meeting, each change, the authority's request."""
WEEKDAYS = "月火水木金土日"


class Due(Part):
    """``days`` after (negative: before) the event; calendar days."""

    event: Event
    days: Annotated[int, Field(strict=True)]


class Document(Part):
    """The document that the commission is made from: by title and month, as it names itself."""

    title: str
    short: str
    issued: Setting[str]
    issuer_printed: Setting[str]


class Term(Part):
    """業務期間. ``first`` is the contract day, which the document leaves open."""

    first: Setting[date]
    last: Setting[date]
    weekday: Setting[Literal["月", "火", "水", "木", "金", "土", "日"]]
    label: str


class Statement(Item):
    """Something the document asks or says, in our own words."""

    name: str
    summary: str


class Task(Item):
    """A piece of the work with what is asked in detail."""

    name: str
    summary: str
    area: str
    detail_source: str | None = None
    asks: Annotated[list[str], Field(min_length=1)]


class Area(Item):
    """One of the large parts of the work."""

    name: str


class Phase(Item):
    """A year of the schedule. Only contracted ones bind."""

    number: Positive
    fiscal_year: Setting[int]
    name: str
    contracted: Setting[bool]
    works: Annotated[list[Statement], Field(min_length=1)]


class Deliverable(Item):
    """成果物. ``number`` is its place in the document's list; ``detail_source`` is where its contents are asked for."""

    number: Positive
    name: str
    area: str
    due: Setting[Due]
    detail_source: str | None = None
    copies: Setting[Positive] | None = None
    unit: str = "部"
    about: Setting[bool] | None = None
    size: Setting[str] | None = None
    covers: Setting[str] | None = None
    mandatory: Setting[bool] | None = None


class Paper(Item):
    """提出書類. ``repeats``: one for each event; ``completes``: the 完了届, which nothing mandatory may be missing at."""

    number: Positive
    name: str
    due: Setting[Due]
    repeats: bool = False
    completes: bool = False
    with_history: bool = False


class Monitored(Item):
    """One of the matters looked at each month; ``manner`` says how it is told."""

    name: str
    manner: Literal["qualitative", "quantitative", "both"]


class MonthlyMeeting(Part):
    """月次報告会."""

    name: str
    per_month: Setting[Positive]
    attendees: Setting[str]
    monitored: Annotated[list[Monitored], Field(min_length=1)]
    report_day: Setting[Annotated[int, Field(ge=1, le=28, strict=True)]]
    minutes_due: Setting[Due]


class OnDemandMeeting(Part):
    """評価会議: when the authority finds it needed."""

    name: str
    convened_by: Setting[str]


ConditionKind = Literal[
    "neutrality", "partnership", "staffing", "subcontract", "privacy", "rights", "failure", "damages"
]
FurtherKind = Literal["continuity", "secrecy", "defects", "money", "reporting", "change", "place"]


class Condition(Item):
    """A term of the contract, in our own words, so that the screens can point to it."""

    kind: ConditionKind | FurtherKind
    name: str
    summary: str


class Grant(Part):
    """The state's money behind the work and what it asks for."""

    name: Setting[str]
    office: Setting[str]
    duties: Annotated[list[Statement], Field(min_length=1)]


class Goal(Part):
    """成果目標: a state of things, to be reached over the years."""

    summary: str
    years: Setting[Positive]
    source: str | None = None


class Resource(Item):
    """A service or an account that the orderer already has and the contractor uses."""

    name: str
    use: str
    plan: Setting[str] | None = None
    count: Setting[Positive] | None = None
    account: Setting[str] | None = None


class Indicator(Item):
    """A target over a measure. ``measure`` is the key of a measure that a wing declares.

    ``bound`` says how the number is meant; ``up_to`` is the upper end where the document gives a range; ``basis``
    ``increase``: what is added in the term; ``per`` ``area``: for each area, not for all of them. ``entered`` says, for
    a measure that no wing declares (a survey, a count made elsewhere), from where its value is written in by hand.
    """

    name: str
    measure: str
    unit: str
    target: Setting[Amount]
    up_to: Setting[Amount] | None = None
    baseline: Setting[Amount]
    bound: Literal["exact", "about", "at_least", "at_most"] = "exact"
    basis: Literal["total", "increase"] = "total"
    per: Literal["commission", "area"] = "commission"
    monitored: str
    entered: Annotated[str, Field(max_length=200)] | None = None


class Commission(Part):
    """commission-*.yaml"""

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*$")]
    title: Setting[str]
    title_corrected: Setting[str]
    fiscal_year: Setting[int]
    document: Document
    term: Term
    background: list[Statement]
    purposes: Annotated[list[Statement], Field(min_length=1)]
    premises: list[Statement]
    phases: Annotated[list[Phase], Field(min_length=1)]
    areas: Annotated[list[Area], Field(min_length=1)]
    tasks: Annotated[list[Task], Field(min_length=1)]
    supplements: list[Statement]
    goal: Goal
    start_deliverables: list[Deliverable]
    mid_deliverables: list[Deliverable] = []
    end_deliverables: list[Deliverable]
    manual: list[Statement]
    papers: list[Paper]
    monthly_meeting: MonthlyMeeting
    evaluation_meeting: OnDemandMeeting | None = None
    conditions: Annotated[list[Condition], Field(min_length=1)]
    contracting: Contracting | None = None
    grant: Grant | None = None
    budget: Budget | None = None
    resources: list[Resource] = []
    indicators: Annotated[list[Indicator], Field(min_length=1)]


def due_date(due: Due, days: Mapping[str, date]) -> date | None:
    """The day on which something falls due, or None while its event has no day yet. ``days`` is by event."""
    start = days.get(due.event)
    return None if start is None else start + timedelta(days=due.days)


def events_of(commission: Commission) -> dict[str, date]:
    """The days of the events that the term alone fixes."""
    return {"contract": commission.term.first.value, "term_end": commission.term.last.value}


def _check_term(_definition: Any, commission: Commission) -> Iterator[Problem]:
    term = commission.term
    if WEEKDAYS[term.last.value.weekday()] != term.weekday.value:
        yield Problem(
            ("term", "weekday"),
            f"{term.last.value}は{WEEKDAYS[term.last.value.weekday()]}曜日です。日付か曜日を直してください。",
        )
    if term.first.value > term.last.value:
        yield Problem(("term", "last"), "業務期間の終わりが始まりより前です。")
    if fiscal_year_of(term.first.value) != commission.fiscal_year.value:
        yield Problem(("term", "first"), f"{commission.fiscal_year.value}年度（4月から翌年3月）の日付にしてください。")


def fiscal_year_of(day: date) -> int:
    """年度: the year in which the April before the day lies."""
    return day.year if day.month >= 4 else day.year - 1


def _check_numbers(_definition: Any, commission: Commission) -> Iterator[Problem]:
    for name in ("start_deliverables", "mid_deliverables", "end_deliverables", "papers", "phases"):
        numbers = [item.number for item in getattr(commission, name)]
        if numbers != list(range(1, len(numbers) + 1)):
            yield Problem((name,), "number は 1, 2, 3… の順に、抜けなく書いてください。")


def _check_areas(_definition: Any, commission: Commission) -> Iterator[Problem]:
    areas = by_key(commission.areas)
    for name in ("tasks", "start_deliverables", "mid_deliverables", "end_deliverables"):
        for index, item in enumerate(getattr(commission, name)):
            if item.area not in areas:
                yield Problem((name, index, "area"), f"業務の区分「{item.area}」は areas にありません。")


def _check_indicators(_definition: Any, commission: Commission) -> Iterator[Problem]:
    monitored = by_key(commission.monthly_meeting.monitored)
    for index, indicator in enumerate(commission.indicators):
        if indicator.monitored not in monitored:
            yield Problem(
                ("indicators", index, "monitored"),
                f"モニタリング項目「{indicator.monitored}」は monthly_meeting にありません。",
            )


def _check_phases(_definition: Any, commission: Commission) -> Iterator[Problem]:
    contracted = [phase.fiscal_year.value for phase in commission.phases if phase.contracted.value]
    if contracted != years_of(commission):
        yield Problem(("phases",), "契約している年（contracted）は、業務期間の年度をちょうど1つずつにしてください。")


def years_of(commission: Commission) -> list[int]:
    """The 年度 that the term covers, first to last."""
    last = fiscal_year_of(commission.term.last.value)
    return list(range(commission.fiscal_year.value, last + 1))


def _check_budget(_definition: Any, commission: Commission) -> Iterator[Problem]:
    budget = commission.budget
    if budget is None or not budget.years:
        return
    if [year.fiscal_year.value for year in budget.years] != years_of(commission):
        yield Problem(("budget", "years"), "年度ごとの額は、業務期間の年度をちょうど1つずつ書いてください。")
    if sum(year.limit.value for year in budget.years) != budget.limit.value:
        yield Problem(("budget", "limit"), "年度ごとの額の合計と、総額が合いません。")
    if budget.yearly_binds is None:
        yield Problem(("budget",), "年度ごとの額を超えたときに断るかどうか（yearly_binds）を書いてください。")


def _commission(definition: Any, given: Mapping[str, Any]) -> Commission:
    wanted = given.get("commission")
    if wanted is None:
        return definition.commission
    for commission in definition.commissions:
        if commission.key == wanted:
            return commission
    raise ExampleFault(f"業務「{wanted}」はありません。")


def _example_weekday(_definition: Any, given: Mapping[str, Any]) -> str:
    return WEEKDAYS[_day(given["day"]).weekday()]


def _example_term_end(definition: Any, given: Mapping[str, Any]) -> str:
    return _commission(definition, given).term.last.value.isoformat()


def _example_due(definition: Any, given: Mapping[str, Any]) -> str | None:
    commission = _commission(definition, given)
    named = {
        item.name: item for item in (*commission.papers, *commission.start_deliverables, *commission.end_deliverables)
    }
    if given["name"] not in named:
        raise ExampleFault(f"提出書類・成果物「{given['name']}」はありません。")
    days = events_of(commission) | {event: _day(day) for event, day in given.get("days", {}).items()}
    due = due_date(named[given["name"]].due.value, days)
    return None if due is None else due.isoformat()


def _example_in_term(definition: Any, given: Mapping[str, Any]) -> bool:
    term = _commission(definition, given).term
    return term.first.value <= _day(given["day"]) <= term.last.value


def _example_contracted(definition: Any, given: Mapping[str, Any]) -> bool:
    phases = _commission(definition, given).phases
    return any(phase.fiscal_year.value == given["fiscal_year"] and phase.contracted.value for phase in phases)


def _example_target(definition: Any, given: Mapping[str, Any]) -> int | str:
    indicators = {one.name: one for one in _commission(definition, given).indicators}
    if given["name"] not in indicators:
        raise ExampleFault(f"指標「{given['name']}」はありません。")
    return indicators[given["name"]].target.value


def _example_budget(definition: Any, given: Mapping[str, Any]) -> int | None:
    budget = _commission(definition, given).budget
    if budget is None:
        raise ExampleFault("この業務には budget がありません。")
    if "fiscal_year" not in given:
        return budget.limit.value
    for year in budget.years:
        if year.fiscal_year.value == given["fiscal_year"]:
            return year.limit.value
    raise ExampleFault(f"{given['fiscal_year']}年度の額はありません。")


def _example_count(definition: Any, given: Mapping[str, Any]) -> int:
    commission = _commission(definition, given)
    lists = {
        "着手時の成果物": commission.start_deliverables,
        "完了時の成果物": commission.end_deliverables,
        "提出書類": commission.papers,
        "モニタリング項目": commission.monthly_meeting.monitored,
        "指標": commission.indicators,
    }
    if given["of"] not in lists:
        raise ExampleFault(f"数えられるのは {'、'.join(lists)} です。")
    return len(lists[given["of"]])


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise ExampleFault(f"「{value}」を 2026-11-20 の形の日付で書いてください。") from error


SECTION = Section(
    name="commission",
    file="commission-*.yaml",
    model=Commission,
    many=True,
    checks=(_check_term, _check_numbers, _check_areas, _check_indicators, _check_phases, _check_budget),
    examples={
        "曜日": _example_weekday,
        "業務期間の終わり": _example_term_end,
        "提出の期限": _example_due,
        "業務期間の中": _example_in_term,
        "契約している年度": _example_contracted,
        "数": _example_count,
        "指標の目標": _example_target,
        "予算の上限": _example_budget,
    },
)
