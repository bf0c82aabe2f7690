"""The desk's lines of this wing: sessions that have nobody written down, offers to be told by telephone, and people who
got no place and for whom nothing else was found."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from yui.activities.models import Application, Participation, Session
from yui.activities.states import LIVE, WITHOUT_A_PLACE, ApplicationState
from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere
from yui.base.measures.desk_items import DeskItem, Kind, desk_items
from yui.base.tenancy.addresses import town_url

REMIND_DAYS = 14
"""After two weeks nobody remembers who came; the line goes away."""
LATE_DAYS = 3
LINES = 5


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


@desk_items
def offers_to_tell(actor: Actor, today: dt.date) -> Iterator[DeskItem]:
    """Offered places of those who are called or written to: somebody must hear the answer before the deadline."""
    if actor.authority is None or not holds_everywhere(actor, Permission.APPLICATION_WRITE):
        return
    rows = Application.objects.filter(state=ApplicationState.OFFERED, ended_at=None, by_desk=True)
    for row in rows.select_related("person", "opportunity").order_by("answer_until", "id"):
        if row.answer_until is None:
            continue
        until = row.answer_until.astimezone(clock.TOKYO)
        yield DeskItem(
            kind=Kind.WAITING,
            key=f"offer:{row.public_id}",
            who=row.person.display_name,
            sentence=f"「{row.opportunity.title}」に空きが出ました。{until.month}月{until.day}日{until.hour}時"
            f"{f'{until.minute}分' if until.minute else ''}までに、返事を聞きます。",
            url=town_url(actor.authority, "activities:desk_offer_answer", public_id=row.public_id),
            verb="返事を書く",
            chip="今日まで" if until.date() <= today else "空きのお知らせ",
            chip_tone="late" if until.date() <= today else "info",
            due_on=until.date(),
        )


@desk_items
def without_anything(actor: Actor, today: dt.date) -> Iterator[DeskItem]:
    """People who got no place lately and were told that somebody would call, because nothing else was found."""
    if actor.authority is None or not holds_everywhere(actor, Permission.APPLICATION_WRITE):
        return
    since = dt.datetime.combine(today - dt.timedelta(days=REMIND_DAYS), dt.time(), clock.TOKYO)
    rows = Application.objects.filter(state__in=WITHOUT_A_PLACE, ended_at__gte=since, next_things=None)
    live = Application.objects.filter(person=OuterRef("person"), state__in=LIVE, ended_at=None)
    for row in rows.exclude(Exists(live)).select_related("person", "opportunity").order_by("ended_at", "id")[:LINES]:
        yield DeskItem(
            kind=Kind.NEVER_ASKED,
            key=f"without:{row.public_id}",
            who=row.person.display_name,
            sentence=f"「{row.opportunity.title}」に席がなく、次の出番も見つかりませんでした。",
            url=town_url(actor.authority, "people:person", public_id=row.person.public_id),
            verb="声をかける",
            chip="席なし",
            chip_tone="warn",
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
