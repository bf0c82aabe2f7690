"""去年の企画を写す: words, opportunities and dates again, a year on; nobody who came and nothing that was approved."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yui.activities.domain.activities import ActivityPlan, SessionPlan, open_activity
from yui.activities.domain.opportunities import OpportunityPlan
from yui.activities.models import Activity, Opportunity, Session
from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.record import record
from yui.engine.calendar import YEAR_END, holiday_name, same_weekday_later

COPIED = (
    "title", "kind", "about", "when_text", "any_time", "place", "district", "online", "smallest_minutes", "capacity",
    "age_from", "age_to", "stage", "first_timers", "kept_places",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MovedDate:
    """A date as it was and as it will be. ``warning``: the holiday that it would fall on, empty for none."""

    session: Session
    plan: SessionPlan
    warning: str


def moved_dates(activity: Activity) -> list[MovedDate]:
    """The dates of an activity moved by whole years to the same weekday, so far that the first lies ahead.

    Dates that were called off are left away.
    """
    rows = list(activity.sessions.filter(cancelled_on=None).order_by("starts_at", "id"))
    years = _years(rows)
    return [MovedDate(row, _moved(row, years), _warning(_day(row.starts_at, years))) for row in rows]


def copy_activity(*, actor: Actor, activity: Activity) -> Activity:
    """A new activity of the same host with the dates moved and the opportunities as drafts; it remembers its source."""
    require(actor, Permission.ACTIVITY_WRITE, activity)
    host = activity.host_organization or activity.host_person
    if host is None or getattr(host, "ended_on", None) or getattr(host, "erased_at", None):
        raise NotPossible(_("この企画をひらいていた人や団体は、いまは登録がありません。"), "host")
    dates = moved_dates(activity)
    years = _years([date.session for date in dates])
    places = {date.session.pk: number for number, date in enumerate(dates)}
    with transaction.atomic():
        made = open_activity(
            actor=actor,
            host=host,
            plan=ActivityPlan(activity.title, activity.about, activity.district),
            sessions=[date.plan for date in dates],
            opportunities=[_plan(row, years, places) for row in activity.opportunities.order_by("id")],
            initiated_by=activity.initiated_by,
        )
        made.copied_from = activity
        made.save(update_fields=["copied_from"])
        record(actor, "activity.copied", made, details={"from": activity.public_id})
    return made


def _plan(row: Opportunity, years: int, places: dict[int, int]) -> OpportunityPlan:
    values = {name: getattr(row, name) for name in COPIED}
    choices: dict[str, list[str]] = {}
    for choice in row.choices.all():
        choices.setdefault(choice.kind, []).append(choice.key)
    return OpportunityPlan(
        **values,
        session=places.get(row.session_id) if row.session_id else None,
        closes_on=same_weekday_later(row.closes_on, years) if row.closes_on else None,
        kept_until=same_weekday_later(row.kept_until, years) if row.kept_until else None,
        choices=choices,
    )


def _years(rows: list[Session]) -> int:
    """As few whole years as bring the first date after today; one where there are no dates."""
    years = 1
    while rows and _day(rows[0].starts_at, years) <= clock.today():
        years += 1
    return years


def _day(instant: dt.datetime, years: int) -> dt.date:
    return same_weekday_later(instant.astimezone(clock.TOKYO).date(), years)


def _moved(row: Session, years: int) -> SessionPlan:
    starts = row.starts_at.astimezone(clock.TOKYO)
    begin = dt.datetime.combine(_day(row.starts_at, years), starts.time(), clock.TOKYO)
    return SessionPlan(begin, begin + (row.ends_at - row.starts_at), row.place)


def _warning(day: dt.date) -> str:
    if (day.month, day.day) in YEAR_END:
        return _("年末年始")
    name = holiday_name(day) or ""
    return name if not name or get_language() in (None, "ja") else _("祝日")
