"""The answers. Each side answers once, by its link, on its page, on the telephone or by letter; then it is decided.

A no closes the introduction: the other side is told 「今回は見送りとなりました」 and nothing else. When both have said yes,
each is told the one way of contact that the other chose.
"""

from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import Gone, NotPossible, Refused
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere, require
from yui.base.audit.record import Reason, record
from yui.base.messages.domain import cancel_related
from yui.base.ui import days
from yui.introductions.domain import notices
from yui.introductions.domain.asking import hash_of
from yui.introductions.domain.moving import lock, move, write_exposure
from yui.introductions.domain.reaching import receiving, way_to
from yui.introductions.models import Answer, AnswerLink, Exposure, Introduction
from yui.introductions.states import State, Step

PERSON, HOST = Answer.Side.PERSON, Answer.Side.HOST
ENTERED = (Answer.How.PHONE, Answer.How.LETTER)
"""Ways in which staff write down what a side said."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as it was given. ``words`` go to the other side with a yes; ``private_reason`` to nobody but the desk."""

    yes: bool
    how: str
    words: str = ""
    private_reason: str = ""


def other(side: str) -> str:
    """The other side."""
    return str(HOST if side == PERSON else PERSON)


def answer(*, actor: Actor, introduction: Introduction, side: str, said: Said) -> Answer:
    """Write one side's answer: its own on its page, or by staff what it said on the telephone or in a letter.

    Raises ``Refused`` for the other side's answer, ``NotPossible`` when that side has answered or nothing is asked.
    """
    require(actor, Permission.INTRODUCTION_ANSWER, introduction)
    if said.how in ENTERED:
        if not holds_everywhere(actor, Permission.INTRODUCTION_ANSWER):
            raise Refused(_("この操作は、あなたの役割ではできません。"))
    elif side not in sides_of(actor, introduction):
        raise Refused(_("ご自分のお返事だけが書けます。"))
    return _write(actor, introduction, side, said)


def answer_by_link(*, actor: Actor, token: str, yes: bool, words: str = "", private_reason: str = "") -> Answer:
    """The answer that came with a one-time link; holding the link is the right. Raises ``Gone``."""
    with transaction.atomic():
        link = open_link(token)
        AnswerLink.objects.select_for_update().get(pk=link.pk)
        AnswerLink.objects.filter(pk=link.pk).update(used_at=clock.now())
        by_link = replace(actor, system=actor.system or "introductions.link")
        require(by_link, Permission.INTRODUCTION_ANSWER, link.introduction)
        said = Said(yes=yes, how=Answer.How.LINK, words=words, private_reason=private_reason)
        return _write(by_link, link.introduction, link.side, said)


def open_link(token: str) -> AnswerLink:
    """The link, if it can still be used. Raises ``Gone`` with what to do instead; unknown links sound the same."""
    link = (
        AnswerLink.objects.select_related("introduction__opportunity__activity__host_organization")
        .select_related("introduction__opportunity__session", "introduction__person__district")
        .filter(token_hash=hash_of(token))
        .first()
    )
    if link is None:
        raise Gone(
            _("このリンクは使えません。お手もとの手紙かメールのリンクをもう一度たしかめるか、お電話ください。"),
            "unknown",
        )
    answered = Answer.objects.filter(introduction=link.introduction, side=link.side).exists()
    if link.used_at is not None or answered:
        raise Gone(_("お返事はもういただいています。ありがとうございました。変えたいときは、お電話ください。"), "used")
    if link.introduction.state != State.ASKING:
        raise Gone(_("このご相談は、もう終わりました。お返事はいりません。"), "over")
    if link.expires_on < clock.today():
        raise Gone(_("お返事の期限がすぎました。まだ間に合うことがありますので、お電話ください。"), "expired")
    return link


def sides_of(actor: Actor, introduction: Introduction) -> frozenset[str]:
    """For which sides the actor may speak."""
    found = set()
    if ("person", introduction.person_id) in actor.subjects:
        found.add(str(PERSON))
    if introduction.opportunity.owner_subjects() & actor.subjects:
        found.add(str(HOST))
    return frozenset(found)


def _write(actor: Actor, introduction: Introduction, side: str, said: Said) -> Answer:
    with transaction.atomic():
        introduction = lock(introduction)
        before = Answer.objects.filter(introduction=introduction, side=side).first()
        if before is not None:
            raise _already(before)
        if introduction.state != State.ASKING:
            raise NotPossible(_("この紹介は、もう返事を待っていません。画面を開きなおしてください。"), "state")
        try:
            with transaction.atomic():
                made = _row(actor, introduction, side, said)
        except IntegrityError as error:
            raise NotPossible(
                _("ほかの人が、いま返事を記入しました。画面を開きなおしてください。"), "answered"
            ) from error
        record(
            actor, "introduction.answer", introduction, person_id=introduction.person.public_id,
            details={"side": side, "how": said.how},
        )  # fmt: skip
        _decide(actor, introduction, made)
    return made


def _already(before: Answer) -> NotPossible:
    day = days.near(before.answered_on, get_language() or "ja")
    said = {"day": day, "how": Answer.How(before.how).label}
    return NotPossible(_("お返事はもう受け取っています（%(day)s、%(how)s）。") % said, "answered")


def _row(actor: Actor, introduction: Introduction, side: str, said: Said) -> Answer:
    return Answer.objects.create(
        authority_id=introduction.authority_id,
        introduction=introduction,
        side=side,
        yes=said.yes,
        how=said.how,
        answered_on=clock.today(),
        recorded_at=clock.now(),
        recorded_by=actor.account,
        words=said.words.strip() if said.yes else "",
        private_reason="" if said.yes else said.private_reason.strip(),
    )


def _decide(actor: Actor, introduction: Introduction, made: Answer) -> None:
    if not made.yes:
        move(
            actor=actor, introduction=introduction, step=Step.DECLINE, how=made.how, private_reason=made.private_reason
        )
        write_exposure(actor=actor, introduction=introduction, act=Exposure.Act.DECLINED)
        cancel_related(actor=actor, related=(notices.RELATED, introduction.public_id))
        tell_passed(actor, introduction, other(made.side))
    elif Answer.objects.filter(introduction=introduction, yes=True).count() == len(Answer.Side.values):
        move(actor=actor, introduction=introduction, step=Step.ACCEPT, how=made.how)
        write_exposure(actor=actor, introduction=introduction, act=Exposure.Act.ACCEPTED)
        _exchange(actor, introduction)


def tell_passed(actor: Actor, introduction: Introduction, side: str) -> None:
    """Tell one side that it is 見送り, without who or why."""
    to = receiving(introduction.opportunity, introduction.person, side)
    notices.passed(actor, introduction, to, way_to(actor, to, Reason.NOTICE))


def _exchange(actor: Actor, introduction: Introduction) -> None:
    """Each side's chosen way, and only that, is told to the other."""
    sides = {side: receiving(introduction.opportunity, introduction.person, side) for side in (PERSON, HOST)}
    ways = {side: way_to(actor, to, Reason.EXCHANGE) for side, to in sides.items()}
    for side, to in sides.items():
        against = other(side)
        told = [way for way in (ways[against],) if way.address]
        notices.contact(actor, introduction, to, ways[side], sides[against], told)
