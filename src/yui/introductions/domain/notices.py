"""What is told to whom, and in which words. Templates: ``introductions/messages/<kind>.txt``, for every channel alike.

A message names nobody before that person's yes, and no contact before both. How to answer is in the body; the subject
is neutral, because it is seen on locked screens and by whoever carries a letter.
"""

from typing import Any

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.rules import town_of
from yui.base.definitions import current
from yui.base.messages.domain import Receiver, send
from yui.base.tenancy.addresses import full_url, town_url
from yui.introductions.domain.reaching import IN_PERSON, Receiving, Way
from yui.introductions.models import Answer, Introduction
from yui.introductions.reasons import Words, nobody_named, three

RELATED = "introduction"
KINDS = (
    "introduction_ask",
    "introduction_passed",
    "introduction_contact",
    "introduction_meeting",
    "introduction_after",
)
"""Everything this wing sends. ``ask`` and ``after`` want an answer."""


def ask(
    actor: Actor, introduction: Introduction, to: Receiving, way: Way, token: str, *, reminder: bool = False
) -> None:
    """Who asks, what, when, why, by when, and how to answer."""
    path = town_url(town_of(actor), "introductions:answer", token=token)
    context = {
        **about(actor, introduction, to),
        "channel": way.channel,
        "due": introduction.answer_due_on,
        "link": full_url(path),
        "reminder": reminder,
    }
    _send(actor, introduction, to, way, "introduction_ask", context, return_slip=way.channel == "letter")


def passed(actor: Actor, introduction: Introduction, to: Receiving, way: Way) -> None:
    """今回は見送りとなりました: never who, never why."""
    context = {"to_name": to.name, "title": introduction.opportunity.title}
    _send(actor, introduction, to, way, "introduction_passed", context)


def contact(
    actor: Actor, introduction: Introduction, to: Receiving, way: Way, other: Receiving, told: list[Way]
) -> None:
    """Both said yes: the other side's name and the one way it chose."""
    context = {
        "to_name": to.name,
        "title": introduction.opportunity.title,
        "other": other.name,
        "ways": [{"channel": one.channel, "address": one.address} for one in told],
        "words": words_of(introduction, other.side),
    }
    _send(actor, introduction, to, way, "introduction_contact", context)


def meeting(actor: Actor, introduction: Introduction, to: Receiving, way: Way) -> None:
    """When and where the two meet."""
    context = {
        "to_name": to.name,
        "title": introduction.opportunity.title,
        "meeting_at": introduction.meeting_at,
        "place": introduction.meeting_place,
    }
    _send(actor, introduction, to, way, "introduction_meeting", context)


def afterwards(actor: Actor, introduction: Introduction, to: Receiving, way: Way) -> None:
    """Months later: how did it go on?"""
    months = current(town_of(actor)).introductions.follow_up_months.value
    context = {"to_name": to.name, "title": introduction.opportunity.title, "months": months}
    _send(actor, introduction, to, way, "introduction_after", context, return_slip=False)


def about(actor: Actor, introduction: Introduction, to: Receiving, language: str = "") -> dict[str, Any]:
    """What a side may know when it is asked; the same for the message and the page behind its link.

    A message is in the language of its receiver, a page in ``language``, that of its reader.
    """
    definition = current(town_of(actor))
    words = Words(definition, language or to.language)
    thing = introduction.opportunity
    host = thing.activity.host_organization
    return {
        "to_name": to.name,
        "is_host": to.side == Answer.Side.HOST,
        "title": thing.title,
        "host": host.name if host else "",
        "when": thing.when_text,
        "starts_at": thing.session.starts_at if thing.session_id and thing.session else None,
        "any_time": thing.any_time,
        "place": thing.place or (thing.session.place if thing.session_id and thing.session else ""),
        "online": thing.online,
        "who": nobody_named(introduction.person, definition, clock.today(), words.language),
        "reasons": three(introduction.parts, words, None if to.side == Answer.Side.HOST else thing),
        "why": introduction.why,
    }


def words_of(introduction: Introduction, side: str) -> str:
    """What a side wrote with its yes."""
    answer = Answer.objects.filter(introduction=introduction, side=side, yes=True).first()
    return answer.words if answer else ""


def _send(
    actor: Actor,
    introduction: Introduction,
    to: Receiving,
    way: Way,
    kind: str,
    context: dict[str, Any],
    *,
    return_slip: bool = False,
) -> None:
    if way.channel == IN_PERSON:
        return  # the desk shows whom to tell at the next meeting
    send(
        actor=actor,
        authority=actor.authority,
        channel=way.channel,
        kind=kind,
        to=Receiver(to.kind, to.public_id, way.address),
        context=context,
        language=to.language,
        template=f"introductions/messages/{kind}.txt",
        related=(RELATED, introduction.public_id),
        return_slip=return_slip,
    )
