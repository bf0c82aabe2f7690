"""Planning a meeting and keeping its minutes. A planned meeting owes a 打合せ記録簿 (仕様書 11.⑥)."""

import datetime as dt
from typing import Any

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible, Stale
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.record import record
from yui.office.commissions.domain.owed import ask_paper
from yui.office.commissions.models import Commission, Meeting, Paper
from yui.office.commissions.states import State

MINUTES = ("held_at", "place", "attendees", "agenda", "decisions", "homework", "next_at")


def plan_meeting(
    *,
    actor: Actor,
    commission: Commission,
    kind: str,
    held_at: dt.datetime,
    place: str = "",
    agenda: str = "",
) -> Meeting:
    """Put a meeting on the calendar; its minutes fall due as the contract says."""
    require(actor, Permission.MEETING_WRITE, commission)
    with transaction.atomic():
        meeting = Meeting.objects.create(
            authority=actor.authority,
            commission=commission,
            kind=Meeting.Kind(kind),
            held_at=held_at,
            place=place,
            agenda=agenda,
            recorded_by=actor.account,
            recorded_at=clock.now(),
        )
        _owe_minutes(actor, meeting)
        record(actor, "meeting.planned", meeting, details={"kind": kind})
    return meeting


def record_minutes(*, actor: Actor, meeting: Meeting, version: int, **words: Any) -> Meeting:
    """Keep the minutes of a meeting that was held. ``words``: any of ``MINUTES``.

    Raises ``Stale`` when somebody saved in between, and ``NotPossible`` before the day of the meeting.
    """
    require(actor, Permission.MEETING_WRITE, meeting)
    with transaction.atomic():
        meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if meeting.version != version:
            raise Stale({name: getattr(meeting, name) for name in words}, dict(words))
        held_at = words.get("held_at", meeting.held_at)
        if meeting.called_off_on is not None:
            raise NotPossible("この会議は取りやめになりました。", "called_off")
        if held_at.astimezone(clock.TOKYO).date() > clock.today():
            raise NotPossible("会議の日より前には、記録を書けません。", "not_held_yet")
        changed = [name for name in MINUTES if name in words and getattr(meeting, name) != words[name]]
        for name in changed:
            setattr(meeting, name, words[name])
        meeting.version += 1
        meeting.minutes_at = meeting.minutes_at or clock.now()
        meeting.recorded_by = actor.account
        meeting.save()
        _move_minutes(meeting)
        record(actor, "meeting.recorded", meeting, fields=changed)
    return meeting


def call_off_meeting(*, actor: Actor, meeting: Meeting) -> Meeting:
    """取りやめ: a meeting that was not held owes no minutes."""
    require(actor, Permission.MEETING_WRITE, meeting)
    with transaction.atomic():
        meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if meeting.minutes_at is not None:
            raise NotPossible("記録のある会議は、取りやめにできません。", "was_held")
        meeting.called_off_on = clock.today()
        meeting.version += 1
        meeting.save()
        Paper.objects.filter(occasion_id=meeting.public_id, state=State.OWED).delete()
        record(actor, "meeting.called_off", meeting)
    return meeting


def _owe_minutes(actor: Actor, meeting: Meeting) -> None:
    paper = Paper.objects.filter(commission=meeting.commission, repeats=True, event="meeting", occasion_on=None).first()
    if paper is not None:
        day = meeting.held_at.astimezone(clock.TOKYO).date()
        ask_paper(actor=actor, paper=paper, day=day, occasion_id=meeting.public_id)


def _move_minutes(meeting: Meeting) -> None:
    """The day of a meeting moved: the day its minutes are due moves with it."""
    day = meeting.held_at.astimezone(clock.TOKYO).date()
    for paper in Paper.objects.filter(occasion_id=meeting.public_id, state=State.OWED).exclude(occasion_on=day):
        line = Paper.objects.get(commission=paper.commission, key=paper.key, occasion_on=None)
        paper.occasion_on, paper.due_on = day, day + dt.timedelta(days=paper.days)
        paper.title = f"{line.title}（{day.month}月{day.day}日分）"
        paper.save(update_fields=["occasion_on", "due_on", "title"])
