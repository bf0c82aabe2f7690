"""What the office can count: meetings held, deliverables and papers accepted, concerns solved.

Concerns that were raised are counted by the people wing, where they are written.
"""

import datetime as dt

from django.db.models import QuerySet
from django.db.models.functions import TruncDate

from yui.base import clock
from yui.base.measures.registry import measure
from yui.base.measures.types import Keyed, KeySource, Row, keyed
from yui.base.tenancy.models import Authority
from yui.office.commissions.models import Meeting, OwedChange
from yui.office.commissions.states import State
from yui.people.models import Concern


def _held(start: dt.date, end: dt.date, as_of: dt.datetime) -> QuerySet[Meeting]:
    begin = dt.datetime.combine(start, dt.time.min, tzinfo=clock.TOKYO)
    until = dt.datetime.combine(end + dt.timedelta(days=1), dt.time.min, tzinfo=clock.TOKYO)
    return Meeting.objects.filter(minutes_at__lte=as_of, held_at__gte=begin, held_at__lt=until, called_off_on=None)


def _held_keys(_authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> Keyed:
    return keyed(_held(start, end, as_of), day=TruncDate("held_at", tzinfo=clock.TOKYO))


def _solved(start: dt.date, end: dt.date, as_of: dt.datetime) -> QuerySet[Concern]:
    return Concern.objects.filter(solved_on__range=(start, end), recorded_at__lte=as_of)


def _steps(kind: str, start: dt.date, end: dt.date, as_of: dt.datetime) -> QuerySet[OwedChange]:
    return OwedChange.objects.filter(
        kind=kind, state=State.ACCEPTED, effective_on__range=(start, end), recorded_at__lte=as_of
    )


def _keys(kind: str) -> KeySource:
    return lambda _authority, start, end, as_of: keyed(_steps(kind, start, end, as_of), "object_id")


@measure(
    "office.meetings_held",
    label="開いた会議",
    unit="回",
    note="記録簿のある会議を、開いた日で数えます。",
    keys=_held_keys,
)
def meetings_held(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> list[Row]:
    """Meetings with minutes."""
    return [
        Row(meeting.public_id, meeting.held_at.astimezone(clock.TOKYO).date(), Meeting.Kind(meeting.kind).label)
        for meeting in _held(start, end, as_of)
    ]


@measure(
    "office.deliverables_accepted",
    label="受け取った成果物",
    unit="件",
    note="市が受け取った日で数えます。",
    keys=_keys("deliverable"),
)
def deliverables_accepted(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> list[Row]:
    """Deliverables that reached accepted."""
    return _accepted("deliverable", start, end, as_of)


@measure(
    "office.papers_accepted",
    label="受け取った書類",
    unit="件",
    note="市が受け取った日で数えます。",
    keys=_keys("paper"),
)
def papers_accepted(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> list[Row]:
    """Papers that reached accepted."""
    return _accepted("paper", start, end, as_of)


@measure(
    "office.concerns_solved", label="解決した困りごと・懸念", unit="件", note="解決した日で数えます。",
    keys=lambda _authority, start, end, as_of: keyed(_solved(start, end, as_of), day="solved_on"),
)  # fmt: skip
def concerns_solved(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> list[Row]:
    """Concerns by the day they were solved."""
    found = _solved(start, end, as_of)
    return [Row(concern.public_id, concern.solved_on, "", _codes(concern)) for concern in found if concern.solved_on]


def _accepted(kind: str, start: dt.date, end: dt.date, as_of: dt.datetime) -> list[Row]:
    return [Row(change.object_id, change.effective_on, change.title) for change in _steps(kind, start, end, as_of)]


def _codes(concern: Concern) -> tuple[str, ...]:
    return (concern.heading, "urgent") if concern.urgent else (concern.heading,)
