"""The desk's lines of this wing: sessions that have nobody written down, offers to be told by telephone, and people who
got no place and for whom nothing else was found."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from yui.activities.models import Application, Participation, Session
from yui.activities.states import LIVE, WITHOUT_A_PLACE, ApplicationState
from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere
from yui.base.measures.desk_items import DeskItem, Kind, desk_items
from yui.base.tenancy.addresses import town_url
from yui.base.tenancy.models import Authority

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


@desk_items
def offers_and_people_without_a_place(actor: Actor, today: dt.date) -> Iterator[DeskItem]:
    """Offered places of those who are called or written to, and people who were promised a call; both in one query.

    An offer must be answered before its deadline. Who got no place and was shown nothing else was told that somebody
    would call; whoever has asked for another thing since needs it no more.
    """
    if actor.authority is None or not holds_everywhere(actor, Permission.APPLICATION_WRITE):
        return
    since = dt.datetime.combine(today - dt.timedelta(days=REMIND_DAYS), dt.time(), clock.TOKYO)
    live = Application.objects.filter(person=OuterRef("person"), state__in=LIVE, ended_at=None)
    offered = Q(state=ApplicationState.OFFERED, ended_at=None, by_desk=True, answer_until__isnull=False)
    without = Q(state__in=WITHOUT_A_PLACE, ended_at__gte=since, next_things=None) & ~Exists(live)
    rows = Application.objects.filter(offered | without).select_related("person", "opportunity")
    for row in rows.order_by("answer_until", "ended_at", "id"):
        if row.state == ApplicationState.OFFERED and row.answer_until is not None:
            yield _offer(actor.authority, row, row.answer_until.astimezone(clock.TOKYO), today)
        else:
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


def _offer(authority: Authority, row: Application, until: dt.datetime, today: dt.date) -> DeskItem:
    minutes = f"{until.minute}分" if until.minute else ""
    return DeskItem(
        kind=Kind.WAITING,
        key=f"offer:{row.public_id}",
        who=row.person.display_name,
        sentence=f"「{row.opportunity.title}」に空きが出ました。{until.month}月{until.day}日{until.hour}時{minutes}までに、返事を聞きます。",
        url=town_url(authority, "activities:desk_offer_answer", public_id=row.public_id),
        verb="返事を書く",
        chip="今日まで" if until.date() <= today else "空きのお知らせ",
        chip_tone="late" if until.date() <= today else "info",
        due_on=until.date(),
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
