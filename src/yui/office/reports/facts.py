"""What a report says beside its figures, gathered once, when it is asked for. Words and codes, no name of a person
of the registry."""

import datetime as dt
from typing import Any

from django.db.models import Count, Q

from yui.activities.models import Session
from yui.base import clock
from yui.base.measures.queries import last_day
from yui.base.tenancy.models import Authority
from yui.engine.calendar import wareki
from yui.office.commissions.models import Commission, Deliverable, Engagement, Meeting, Paper
from yui.office.commissions.states import State as OwedState
from yui.office.commissions.wording import month_words
from yui.office.indicators.outside import outside_figures

MOST_EVENTS = 6
NOTHING_PLANNED = "いまのところ、ありません。"


def report_facts(commission: Commission, month: dt.date, *, made_on: dt.date, next_month: str = "") -> dict[str, Any]:
    """Addressee, contractor, events, what comes next, what is attached. JSON values only."""
    first, last = month.replace(day=1), last_day(month)
    meetings = _meetings(commission, first, last)
    after = last + dt.timedelta(days=1)
    return {
        "month": month_words(first),
        "date": wareki(made_on),
        "addressee": addressee_of(commission.authority),
        "town": commission.authority.name,
        "commission": commission.title,
        "contractor": contractor_of(commission, last),
        "outside": _outside(commission, first),
        "events": _events(first, last),
        "meetings": meetings,
        "next_month": [*_lines(next_month), *_due(commission, after), *_planned(commission, after)]
        or [NOTHING_PLANNED],
        "attachments": ["根拠の一覧（エクセル）", *(f"打合せ記録簿（{meeting['date']}）" for meeting in meetings)],
    }


def addressee_of(authority: Authority) -> str:
    """To whom the town's papers are addressed: its contact says so, else 湖南市長, 滋賀県知事."""
    given = str((authority.contact or {}).get("addressee", ""))
    if given:
        return given
    return f"{authority.name}知事" if authority.name.endswith("県") else f"{authority.name}長"


def contractor_of(commission: Commission, day: dt.date) -> str:
    """The organisations engaged on a day (or last before it), joined."""
    engagements = Engagement.objects.filter(commission=commission, starts_on__lte=day).select_related("organization")
    now = [found.organization.name for found in engagements if found.ends_on >= day]
    last = [found.organization.name for found in engagements][-1:]
    return "・".join(dict.fromkeys(now or last))


def _outside(commission: Commission, first: dt.date) -> list[dict[str, str]]:
    """The indicators that Yui does not count, as they were written in by the end of the month, each with its source."""
    return [
        {
            "label": figure.indicator.label,
            "value": figure.value_text,
            "target": figure.target_text,
            "source": "、".join(dict.fromkeys(one.entered.source for one in figure.places)),
        }
        for figure in outside_figures(commission, first)
    ]


def _events(first: dt.date, last: dt.date) -> list[dict[str, Any]]:
    """What was held, by title: how often, and how many took part in all; the smaller ones in one line together."""
    held = (
        Session.objects.filter(starts_at__gte=_begin(first), starts_at__lt=_begin(last + dt.timedelta(days=1)))
        .filter(cancelled_on=None, starts_at__lte=clock.now())
        .order_by()
        .values_list("activity__title")
        .annotate(times=Count("pk", distinct=True), people=Count("participations"))
    )
    found = sorted(held, key=lambda row: (-row[2], -row[1], row[0]))
    shown, rest = found[:MOST_EVENTS], found[MOST_EVENTS:]
    if rest:
        shown.append((f"ほかの{len(rest)}の企画", sum(row[1] for row in rest), sum(row[2] for row in rest)))
    return [{"title": title, "times": times, "people": people} for title, times, people in shown]


def _meetings(commission: Commission, first: dt.date, last: dt.date) -> list[dict[str, str]]:
    held = Meeting.objects.filter(commission=commission, called_off_on=None, minutes_at__isnull=False).filter(
        held_at__gte=_begin(first), held_at__lt=_begin(last + dt.timedelta(days=1))
    )
    return [
        {"date": _day(meeting.held_at), "kind": Meeting.Kind(meeting.kind).label}
        for meeting in held.order_by("held_at")
    ]


def _planned(commission: Commission, after: dt.date) -> list[str]:
    planned = Meeting.objects.filter(commission=commission, called_off_on=None).filter(
        held_at__gte=_begin(after), held_at__lt=_begin(last_day(after) + dt.timedelta(days=1))
    )
    return [f"{_day(meeting.held_at)} {Meeting.Kind(meeting.kind).label}" for meeting in planned.order_by("held_at")]


def _due(commission: Commission, after: dt.date) -> list[str]:
    waiting = Q(commission=commission, due_on__range=(after, last_day(after))) & ~Q(state=OwedState.ACCEPTED)
    owed = [*Deliverable.objects.filter(waiting), *Paper.objects.filter(waiting)]
    owed.sort(key=lambda one: (one.due_on or after, one.title))
    return [f"{one.due_on.month}月{one.due_on.day}日まで {one.title}" for one in owed if one.due_on]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _begin(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min, tzinfo=clock.TOKYO)


def _day(moment: dt.datetime) -> str:
    day = moment.astimezone(clock.TOKYO)
    return f"{day.month}月{day.day}日"
