"""双方意向確認: both sides are asked, each by the way it chose, with a one-time link where there is a way for one."""

import datetime as dt
import hashlib
import secrets

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor, system_actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require, town_of
from yui.base.audit.record import Reason, record
from yui.base.definitions import current
from yui.base.tenancy.models import Authority
from yui.introductions.definition import answer_due
from yui.introductions.domain.moving import WITH_BOTH_SIDES, lock, move, write_exposure
from yui.introductions.domain.notices import ask
from yui.introductions.domain.proposing import check_load
from yui.introductions.domain.reaching import Way, receiving, way_to
from yui.introductions.models import Answer, AnswerLink, Exposure, Introduction
from yui.introductions.states import State, Step
from yui.people.models import Person


def hash_of(token: str) -> str:
    """What is stored of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def ask_both_sides(*, actor: Actor, introduction: Introduction) -> Introduction:
    """Send the question to both. Raises ``NotPossible`` when the load cap was reached in between."""
    require(actor, Permission.INTRODUCTION_WRITE, introduction)
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=introduction.person_id)
        introduction = lock(introduction)
        check_load(actor, introduction.person)
        introduction.answer_due_on = answer_due(current(town_of(actor)).introductions, clock.today())
        move(actor=actor, introduction=introduction, step=Step.ASK)
        write_exposure(actor=actor, introduction=introduction, act=Exposure.Act.ASKED)
        for side in Answer.Side.values:
            _send(actor, introduction, side)
    return introduction


def ask_again(*, actor: Actor, introduction: Introduction, side: str, channel: str = "") -> Way:
    """Ask one side once more, by another ``channel`` if wanted, with a new day to answer by."""
    require(actor, Permission.INTRODUCTION_WRITE, introduction)
    with transaction.atomic():
        introduction = lock(introduction)
        if introduction.state != State.ASKING or Answer.objects.filter(introduction=introduction, side=side).exists():
            raise NotPossible("もうお返事を受け取っているか、紹介が先に進んでいます。", "state")
        introduction.answer_due_on = answer_due(current(town_of(actor)).introductions, clock.today())
        introduction.version += 1
        introduction.save(update_fields=["answer_due_on", "version"])
        AnswerLink.objects.filter(introduction=introduction, used_at=None).update(expires_on=introduction.answer_due_on)
        way = _send(actor, introduction, side, channel=channel)
        record(
            actor, "introduction.ask_again", introduction, person_id=introduction.person.public_id,
            details={"side": side, "channel": way.channel},
        )  # fmt: skip
    return way


def remind_waiting(*, actor: Actor, authority: Authority, today: dt.date) -> int:
    """Once, shortly before the day, ask those by mail who have not answered. Run daily; returns how many were sent."""
    require(actor, Permission.INTRODUCTION_WRITE)
    days = current(authority).introductions.remind_before_days.value
    waiting = Introduction.objects.filter(
        state=State.ASKING, answer_due_on__gte=today, answer_due_on__lte=today + dt.timedelta(days=days)
    ).select_related(*WITH_BOTH_SIDES)
    count = 0
    for introduction in waiting:
        with transaction.atomic():
            answered = set(Answer.objects.filter(introduction=introduction).values_list("side", flat=True))
            links = AnswerLink.objects.filter(introduction=introduction)
            reminded = set(links.filter(reminder=True).values_list("side", flat=True))
            by_mail = set(links.filter(channel="mail").values_list("side", flat=True))
            for side in sorted(by_mail - answered - reminded):
                _send(actor, introduction, side, channel="mail", reminder=True)
                count += 1
    return count


def _send(actor: Actor, introduction: Introduction, side: str, *, channel: str = "", reminder: bool = False) -> Way:
    to = receiving(introduction.opportunity, introduction.person, side)
    reason = Reason.LETTER if channel == "letter" else Reason.INTRODUCTION
    way = way_to(actor, to, reason, channel)
    token = secrets.token_urlsafe(24)
    AnswerLink.objects.create(
        authority_id=introduction.authority_id,
        introduction=introduction,
        side=side,
        token_hash=hash_of(token),
        channel=way.channel,
        sent_on=clock.today(),
        expires_on=introduction.answer_due_on,
        reminder=reminder,
    )
    ask(actor, introduction, to, way, token, reminder=reminder)
    return way


def by_house(authority: Authority) -> Actor:
    """Who acts when the daily job does."""
    return system_actor(authority, "introductions")
