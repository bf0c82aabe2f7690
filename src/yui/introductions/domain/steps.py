"""After both said yes: meeting, working together, what came of it, and how it is months later. And stopping."""

import datetime as dt

from django.db import transaction

from yui.activities.domain.overlaps import check_hour
from yui.activities.models import Tie
from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require, town_of
from yui.base.audit.record import Reason, record
from yui.base.definitions import current
from yui.base.messages.domain import cancel_related
from yui.base.tenancy.models import Authority
from yui.introductions.definition import follow_up_on
from yui.introductions.domain import notices
from yui.introductions.domain.answering import tell_passed
from yui.introductions.domain.moving import WITH_BOTH_SIDES, lock, move, write_exposure
from yui.introductions.domain.reaching import receiving, way_to
from yui.introductions.models import Answer, Exposure, Introduction
from yui.introductions.states import State, Step

MEETING = dt.timedelta(minutes=30)
"""How long a first meeting is thought to last, where a promise elsewhere is looked for."""
AWAITING_FOLLOW_UP = (State.MET, State.WORKING, State.OUTCOME)


def set_meeting(*, actor: Actor, introduction: Introduction, at: dt.datetime, place: str) -> Introduction:
    """顔合わせの日: both are told when and where. May be set anew until they have met.

    Raises ``Overlap`` when the person has promised to be elsewhere then.
    """
    require(actor, Permission.INTRODUCTION_WRITE, introduction)
    with transaction.atomic():
        introduction = lock(introduction)
        check_hour(introduction.person, at, at + MEETING, but=introduction.opportunity)
        introduction.meeting_at, introduction.meeting_place = at, place.strip()
        move(actor=actor, introduction=introduction, step=Step.SET_MEETING)
        for side in Answer.Side.values:
            to = receiving(introduction.opportunity, introduction.person, side)
            notices.meeting(actor, introduction, to, way_to(actor, to, Reason.NOTICE))
    return introduction


def record_met(*, actor: Actor, introduction: Introduction, on: dt.date | None = None) -> Introduction:
    """They met: a row of the ledger, a tie, and the day on which to ask how it went on."""
    require(actor, Permission.INTRODUCTION_WRITE, introduction)
    day = on or clock.today()
    if day > clock.today():
        raise NotPossible("これからの日は、会った日にできません。", "future")
    with transaction.atomic():
        introduction = lock(introduction)
        introduction.met_on = day
        introduction.follow_up_on = follow_up_on(current(town_of(actor)).introductions, day)
        move(actor=actor, introduction=introduction, step=Step.MEET, on=day)
        write_exposure(actor=actor, introduction=introduction, act=Exposure.Act.MET, on=day)
        _tie(introduction, day)
    return introduction


def _tie(introduction: Introduction, day: dt.date) -> None:
    activity = introduction.opportunity.activity
    ends = {"other_organization_id": activity.host_organization_id, "other_person_id": activity.host_person_id}
    Tie.objects.create(
        authority_id=introduction.authority_id,
        person=introduction.person,
        **ends,
        introduction_id=introduction.public_id,
        first_time=not Tie.objects.filter(person=introduction.person, **ends).exists(),
        said_by="both",
        effective_on=day,
        recorded_at=clock.now(),
    )


def start_together(*, actor: Actor, introduction: Introduction) -> Introduction:
    """協働中: they go on together."""
    require(actor, Permission.INTRODUCTION_WRITE, introduction)
    with transaction.atomic():
        return move(actor=actor, introduction=lock(introduction), step=Step.START)


def record_outcome(*, actor: Actor, introduction: Introduction, kind: str, text: str = "") -> Introduction:
    """成果: its kind (a key of the definition) and a word about it."""
    require(actor, Permission.INTRODUCTION_WRITE, introduction)
    _check_kind(actor, kind)
    with transaction.atomic():
        introduction = lock(introduction)
        introduction.outcome_kind, introduction.outcome = kind, text.strip()
        return move(actor=actor, introduction=introduction, step=Step.RECORD_OUTCOME)


def follow_up(*, actor: Actor, introduction: Introduction, kind: str = "", text: str = "") -> Introduction:
    """3か月後確認: done. What was heard replaces an earlier outcome only where something is given."""
    require(actor, Permission.INTRODUCTION_WRITE, introduction)
    if kind:
        _check_kind(actor, kind)
    with transaction.atomic():
        introduction = lock(introduction)
        introduction.outcome_kind = kind or introduction.outcome_kind
        introduction.outcome = text.strip() or introduction.outcome
        return move(actor=actor, introduction=introduction, step=Step.FOLLOW_UP)


def _check_kind(actor: Actor, kind: str) -> None:
    known = {item.key for item in current(town_of(actor)).introductions.outcome_kinds}
    if kind not in known:
        raise NotPossible("成果の種類を選んでください。", "kind")


def stop(*, actor: Actor, introduction: Introduction, private_reason: str) -> Introduction:
    """紹介をやめる: why stays at the desk; both, where they were asked at all, are told 見送り."""
    require(actor, Permission.INTRODUCTION_WRITE, introduction)
    with transaction.atomic():
        introduction = lock(introduction)
        told = introduction.state in (State.ASKING, State.ACCEPTED, State.MEETING)
        move(actor=actor, introduction=introduction, step=Step.STOP, private_reason=private_reason.strip())
        cancel_related(actor=actor, related=(notices.RELATED, introduction.public_id))
        if told:
            for side in Answer.Side.values:
                tell_passed(actor, introduction, side)
    return introduction


def send_follow_ups(*, actor: Actor, authority: Authority, today: dt.date) -> int:
    """Ask both sides how it went on, once, on the day that was set when they met. Run daily; returns how many pairs."""
    require(actor, Permission.INTRODUCTION_WRITE)
    due = Introduction.objects.filter(
        state__in=AWAITING_FOLLOW_UP, follow_up_on__lte=today, follow_up_sent_on=None
    ).select_related(*WITH_BOTH_SIDES)
    count = 0
    for introduction in due:
        with transaction.atomic():
            Introduction.objects.filter(pk=introduction.pk).update(follow_up_sent_on=today)
            record(actor, "introduction.follow_up_sent", introduction, person_id=introduction.person.public_id)
            for side in Answer.Side.values:
                to = receiving(introduction.opportunity, introduction.person, side)
                notices.afterwards(actor, introduction, to, way_to(actor, to, Reason.NOTICE))
        count += 1
    return count
