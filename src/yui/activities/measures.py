"""What this wing can count. Each answer is rows that were recorded up to an instant, never a number alone."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet

from yui.activities.models import Activity, Opportunity, OpportunityChange, Participation, Tie
from yui.activities.states import OpportunityState
from yui.base.measures.registry import measure
from yui.base.measures.types import Row, keyed, one_each
from yui.base.tenancy.models import Authority

AGAIN_DAYS = 365
EXCHANGE = "exchange"
"""The key of get-togethers among the kinds of every shipped definition."""


def _opened(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> QuerySet[OpportunityChange]:
    return OpportunityChange.objects.filter(
        authority=authority,
        state=OpportunityState.OPEN,
        effective_on__range=(start, end),
        recorded_at__lte=as_of,
    ).exclude(before=OpportunityState.CLOSED)


@measure(
    "activities.opportunities_opened",
    label="開いた出番",
    unit="件",
    note="市の承認を受けて、はじめて募集を開いた出番を、開いた日で数えます。",
    keys=lambda *period: keyed(_opened(*period), "opportunity__public_id"),
)
def opportunities_opened(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> Sequence[Row]:
    """Opportunities by the day they first opened."""
    changes = _opened(authority, start, end, as_of)
    return [
        Row(change.opportunity.public_id, change.effective_on, change.opportunity.title, (change.opportunity.kind,))
        for change in changes.select_related("opportunity")
    ]


@measure(
    "activities.begun",
    label="はじまった企画",
    unit="件",
    note="登録された企画を、はじまった日で数えます。だれから始まったかは、内わけにあります。",
    keys=lambda *period: keyed(_begun(*period)),
)
def activities_begun(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> Sequence[Row]:
    """Activities by the day they began, with who began them as the code."""
    return [_activity(row) for row in _begun(authority, start, end, as_of)]


@measure(
    "activities.begun_by_residents",
    label="住民・団体からはじまった企画",
    unit="件",
    note="市や受託者からではなく、住民や団体が自分たちではじめた企画だけを数えます。",
    keys=lambda *period: keyed(_of_residents(*period)),
)
def activities_begun_by_residents(
    authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime
) -> Sequence[Row]:
    """Those begun without the city and its contractor."""
    return [_activity(row) for row in _of_residents(authority, start, end, as_of)]


@measure(
    "activities.participations",
    label="参加",
    unit="回",
    note="出席が記録された回数です。おなじ人が2回来れば2回と数えます。",
    keys=lambda *period: keyed(_came_in(*period)),
)
def participations(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> Sequence[Row]:
    """Every participation."""
    found = _came_in(authority, start, end, as_of)
    return [Row(row.public_id, row.effective_on, row.session.activity.title, (row.role,)) for row in found]


@measure(
    "activities.participants",
    label="参加した人",
    unit="人",
    note="期間のうちに1回でも参加した人の数です。おなじ人は1人と数えます。",
    keys=lambda *period: one_each(_came_in(*period), "person__public_id"),
)
def participants(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> Sequence[Row]:
    """Distinct persons, by the first day in the period."""
    return _one_each(_came_in(authority, start, end, as_of))


@measure(
    "activities.first_participants",
    label="はじめて参加した人",
    unit="人",
    note="それより前に参加の記録がない人が、はじめて参加した日で数えます。",
    keys=lambda *period: one_each(_came_first(*period), "person__public_id"),
)
def first_participants(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> Sequence[Row]:
    """Persons whose first participation ever lies in the period."""
    return _one_each(_came_first(authority, start, end, as_of))


@measure(
    "activities.participants_again",
    label="ふたたび参加した人",
    unit="人",
    note="期間のうちに参加した人のうち、その前の12か月（365日）のあいだにも参加していた人の数です。",
)
def participants_again(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> Sequence[Row]:
    """Persons who had come before, within the 12 months before a participation of the period; by that day."""
    window = _came(authority, as_of).filter(effective_on__range=(start - dt.timedelta(days=AGAIN_DAYS), end))
    last: dict[int, dt.date] = {}
    found: dict[int, Row] = {}
    for row in window:
        before = last.get(row.person_id)
        again = before is not None and 0 < (row.effective_on - before).days <= AGAIN_DAYS
        if again and row.effective_on >= start and row.person_id not in found:
            found[row.person_id] = Row(row.person.public_id, row.effective_on, "", (row.role,))
        last[row.person_id] = row.effective_on
    return list(found.values())


@measure(
    "activities.first_ties",
    label="新しいつながり",
    unit="組",
    note="「はじめて会った」と、片方または双方が答えた組の数です。会った日で数えます。",
    keys=lambda *period: keyed(_met_first(*period)),
)
def first_ties(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> Sequence[Row]:
    """Ties said to be first meetings, with who said so as the code."""
    ties = _met_first(authority, start, end, as_of)
    return [
        Row(tie.public_id, tie.effective_on, "人と団体" if tie.other_organization_id else "人と人", (tie.said_by,))
        for tie in ties
    ]


@measure(
    "activities.exchange_meetings",
    label="開いた交流会",
    unit="回",
    note="種類が「交流会」の出番がある企画の、出席の記録がある回を、開いた日で数えます。",
    keys=lambda *period: one_each(_exchanged(*period), "session__public_id"),
)
def exchange_meetings(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> Sequence[Row]:
    """Sessions of get-togethers at which somebody's attendance was recorded."""
    found: dict[str, Row] = {}
    for row in _exchanged(authority, start, end, as_of):
        session = row.session
        found.setdefault(session.public_id, Row(session.public_id, row.effective_on, session.activity.title))
    return list(found.values())


def _exchanged(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> QuerySet[Participation]:
    exchanges = Opportunity.objects.filter(authority=authority, kind=EXCHANGE).values("activity_id")
    return _came_in(authority, start, end, as_of).filter(session__activity_id__in=exchanges)


def _begun(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> QuerySet[Activity]:
    return Activity.objects.filter(
        authority=authority, effective_on__range=(start, end), recorded_at__lte=as_of
    ).order_by("effective_on", "id")


def _of_residents(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> QuerySet[Activity]:
    return _begun(authority, start, end, as_of).filter(initiated_by=Activity.Initiative.RESIDENTS)


def _activity(row: Activity) -> Row:
    return Row(row.public_id, row.effective_on, row.title, (row.initiated_by,))


def _came(authority: Authority, as_of: dt.datetime) -> QuerySet[Participation]:
    """Participations that stood at that instant: a record made by mistake counts until it is withdrawn."""
    return (
        Participation.objects.filter(authority=authority, recorded_at__lte=as_of)
        .filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=as_of))
        .select_related("person", "session__activity")
        .order_by("effective_on", "id")
    )


def _came_in(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> QuerySet[Participation]:
    return _came(authority, as_of).filter(effective_on__range=(start, end))


def _came_first(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> QuerySet[Participation]:
    earlier = _came(authority, as_of).order_by().filter(effective_on__lt=start).values("person_id")
    return _came_in(authority, start, end, as_of).exclude(person_id__in=earlier)


def _met_first(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> QuerySet[Tie]:
    return Tie.objects.filter(
        authority=authority, first_time=True, effective_on__range=(start, end), recorded_at__lte=as_of
    )


def _one_each(rows: Iterable[Participation]) -> list[Row]:
    found: dict[int, Row] = {}
    for row in rows:
        found.setdefault(row.person_id, Row(row.person.public_id, row.effective_on, "", (row.role,)))
    return list(found.values())
