"""Asking for an explanation of a notice, and answering it in writing, each within its window."""

import datetime as dt

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.record import record
from yui.base.documents.domain import filled
from yui.base.documents.printed import pdf_of
from yui.engine.calendar import wareki
from yui.office.calls.domain.dispatching import addressed, keep_paper, tell_applicant
from yui.office.calls.domain.peeking import note_peek
from yui.office.calls.domain.standing import is_own, require_own
from yui.office.calls.models import ExplanationRequest, Notice
from yui.office.calls.notice_kinds import EXPLANATION
from yui.office.calls.queries.noticing import name_of, told_of_others
from yui.office.calls.rules import rules_of

LATE = "late"
WRITTEN = ("mail", "hand", "email")
"""How a request in writing reaches staff. One told by telephone is not in writing."""


def ask_explanation(*, actor: Actor, notice: Notice, text: str) -> ExplanationRequest:
    """The applicant asks on its own page. One that comes too late is kept, and answered as late.

    Raises ``NotPossible`` for a notice without a window, and while an earlier request waits for its answer.
    """
    require_own(actor, notice.applicant)
    return _received(actor=actor, notice=notice, text=text, channel="web", received_at=clock.now())


def record_explanation(
    *, actor: Actor, notice: Notice, text: str, channel: str, received_at: dt.datetime
) -> ExplanationRequest:
    """Staff enter a request that came on paper or by mail. Raises ``NotPossible`` like ``ask_explanation``."""
    require(actor, Permission.CALL_WRITE, notice)
    if channel not in WRITTEN:
        raise NotPossible("説明の求めは、書面で受けます。電話では受けられません。", "not_in_writing")
    if received_at > clock.now():
        raise NotPossible("まだ来ていない日時です。", "future")
    return _received(actor=actor, notice=notice, text=text, channel=channel, received_at=received_at)


def answer_explanation(*, actor: Actor, asked: ExplanationRequest, answer: str) -> ExplanationRequest:
    """Answer in writing: Word and PDF from the town's template, kept as the applicant's own; a mail tells of them.

    Raises ``NotPossible`` where it is answered already or the answer tells of another applicant.
    """
    require(actor, Permission.CALL_DECIDE, asked)
    said = "\n".join(line.rstrip() for line in answer.strip().splitlines())
    if not said:
        raise NotPossible("回答を書いてください。", "empty")
    notice = asked.notice
    told = told_of_others(notice.applicant, said)
    if told:
        raise NotPossible(f"{'、'.join(told)}が入っています。その応募者だけのことを書いてください。", "tells_of_others")
    with transaction.atomic():
        asked = ExplanationRequest.objects.select_for_update().get(pk=asked.pk)
        if asked.answered_at is not None:
            raise NotPossible("もう回答しています。", "answered")
        asked.answer, asked.answered_at, asked.answered_by = said, clock.now(), actor.account
        _write_papers(actor, asked, notice)
        asked.save()
        if notice.applicant.mail:
            tell_applicant(actor=actor, applicant=notice.applicant, kind="call_explained", notice=notice)
        record(actor, "explanation.answered", asked, details={"late": clock.today() > _answer_by(notice)})
    return asked


def find_own_notice(*, actor: Actor, public_id: str) -> Notice | None:
    """A sent notice of the actor's own; None for any other, and then the attempt is recorded. Call it outside a transaction."""
    rows = Notice.objects.select_related("applicant__call__authority", "batch", "corrects", "word", "pdf")
    notice = rows.filter(public_id=public_id).first()
    if notice is not None and is_own(actor, notice.applicant) and notice.sent_at is not None:
        return notice
    code = "no_such_notice" if notice is None else "not_sent" if is_own(actor, notice.applicant) else "not_yours"
    note_peek(actor, code, notice)
    return None


def find_own_request(*, actor: Actor, public_id: str) -> ExplanationRequest | None:
    """A request of the actor's own; None for any other, and then the attempt is recorded."""
    rows = ExplanationRequest.objects.select_related("notice__applicant", "word", "pdf")
    asked = rows.filter(public_id=public_id).first()
    if asked is not None and is_own(actor, asked.notice.applicant):
        return asked
    note_peek(actor, "no_such_request" if asked is None else "not_yours", asked)
    return None


def _received(*, actor: Actor, notice: Notice, text: str, channel: str, received_at: dt.datetime) -> ExplanationRequest:
    if notice.sent_at is None or notice.ask_until is None:
        raise NotPossible("この通知には、説明を求める手続きの定めがありません。", "no_window")
    arrived = received_at.astimezone(clock.TOKYO).date()
    if arrived < notice.dated_on:
        raise NotPossible("通知日よりまえの日時です。", "before_notice")
    with transaction.atomic():
        Notice.objects.select_for_update().get(pk=notice.pk)
        if notice.explanations.filter(answered_at=None).exists():
            raise NotPossible("前の求めに、まだ回答していません。", "waiting")
        asked = ExplanationRequest.objects.create(
            authority=notice.authority,
            notice=notice,
            received_at=received_at,
            channel=channel,
            text=text.strip(),
            verdict=LATE if arrived > notice.ask_until else "",
            recorded_by=actor.account,
        )
        record(actor, "explanation.asked", asked, details={"channel": channel, "verdict": asked.verdict})
    return asked


def _write_papers(actor: Actor, asked: ExplanationRequest, notice: Notice) -> None:
    applicant, call = notice.applicant, notice.applicant.call
    late = "この求めは、説明を求められる期間のあとに受けました。" if asked.verdict == LATE else ""
    context = {
        **addressed(applicant, notice.batch),
        "date": wareki(clock.today()),
        "call": call.title,
        "notice": name_of(rules_of(call), notice.kind),
        "noticed_on": wareki(notice.dated_on),
        "asked_on": wareki(asked.received_at.astimezone(clock.TOKYO).date()),
        "late": late,
        "answer": asked.answer.splitlines(),
    }
    word, _ = filled(kind=EXPLANATION, context=context)
    title = f"{wareki(clock.today())} 理由の説明"
    related = ("explanation", asked.public_id)
    asked.word = keep_paper(actor=actor, applicant=applicant, data=word, name=f"{title}.docx", related=related)
    paper = pdf_of(word, title=title)
    asked.pdf = keep_paper(actor=actor, applicant=applicant, data=paper, name=f"{title}.pdf", related=related)


def _answer_by(notice: Notice) -> dt.date:
    return notice.answer_by or dt.date.max
