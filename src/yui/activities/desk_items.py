"""The desk's lines of this wing: sessions that are over and have nobody written down."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from yui.activities.models import Application, Participation, Session
from yui.activities.states import ApplicationState
from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere
from yui.base.measures.desk_items import DeskItem, Kind, desk_items
from yui.base.tenancy.addresses import town_url

REMIND_DAYS = 14
"""After two weeks nobody remembers who came; the line goes away."""
LATE_DAYS = 3


@desk_items
def unrecorded_sessions(actor: Actor, today: dt.date) -> Iterator[DeskItem]:
    """Sessions of the last days to which somebody had a place and where no attendance was written down.

    Opportunities that wait for the town's approval come from the approvals themselves.
    """
    if actor.authority is None or not holds_everywhere(actor, Permission.ATTENDANCE_WRITE):
        return
    for session in sessions_without_attendance(today):
        over_on = session.ends_at.astimezone(clock.TOKYO).date()
        late = over_on + dt.timedelta(days=LATE_DAYS) < today
        yield DeskItem(
            kind=Kind.LATE if late else Kind.FOLLOW_UP,
            key=f"session:{session.public_id}",
            who=session.activity.title,
            sentence=f"{over_on.month}月{over_on.day}日の回の出席が、まだ書かれていません。",
            url=town_url(actor.authority, "activities:desk_attendance", public_id=session.public_id),
            verb="出席をつける",
            chip="出席がまだ",
            chip_tone="late" if late else "warn",
            due_on=over_on + dt.timedelta(days=LATE_DAYS),
        )


def sessions_without_attendance(today: dt.date) -> list[Session]:
    """Sessions over before today (and not longer ago than ``REMIND_DAYS``) with applications and no participation."""
    midnight = dt.datetime.combine(today, dt.time(), clock.TOKYO)
    came = Participation.objects.filter(session=OuterRef("pk"), withdrawn_at=None)
    wanted = Application.objects.filter(
        opportunity__activity=OuterRef("activity"), state__in=[ApplicationState.PLACED, ApplicationState.DONE]
    )
    rows = Session.objects.filter(
        cancelled_on=None, ends_at__lt=midnight, ends_at__gte=midnight - dt.timedelta(days=REMIND_DAYS)
    )
    return list(rows.filter(Exists(wanted)).exclude(Exists(came)).select_related("activity"))
