"""Questions about a call: taken in, answered, approved by another officer, published, answered privately or declined."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible, Stale
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.approvals.decisions import decides
from yui.base.approvals.domain import request_approval
from yui.base.approvals.models import Approval
from yui.base.approvals.queries import approval_of
from yui.base.approvals.states import State as ApprovalState
from yui.base.audit.record import record
from yui.base.messages.domain import Receiver, send
from yui.base.tenancy.addresses import town_url
from yui.engine.selection import refusal
from yui.office.calls.domain.versions import locked
from yui.office.calls.models import Applicant, Call, Question
from yui.office.calls.naming import names_found
from yui.office.calls.rules import Announced, rules_of
from yui.office.calls.schedule import cut_off
from yui.office.calls.states import QUESTIONS, QuestionState

APPROVAL_KIND = "call_question"
PUBLIC, PRIVATE = "public", "private"


def ask_question(*, actor: Actor, applicant: Applicant, text: str) -> Question:
    """A question that an applicant writes on the web. Whether it is taken, the rules of the call say."""
    require(actor, Permission.PROPOSAL_WRITE, applicant)
    return _received(
        actor, applicant.call, channel="web", received_at=clock.now(), text=text, applicant=applicant,
        asker=applicant.name, asker_mail=applicant.mail,
    )  # fmt: skip


def enter_question(
    *,
    actor: Actor,
    call: Call,
    channel: str,
    received_at: datetime,
    text: str,
    asker: str,
    asker_mail: str = "",
    applicant: Applicant | None = None,
) -> Question:
    """A question that came by mail, letter, hand or telephone, with the instant at which it arrived, to the second."""
    require(actor, Permission.CALL_WRITE, call)
    if received_at > clock.now():
        raise NotPossible("届いた日時が、先になっています。", "in_the_future")
    return _received(
        actor, call, channel=channel, received_at=received_at, text=text, applicant=applicant, asker=asker,
        asker_mail=asker_mail,
    )  # fmt: skip


def draft_answer(
    *,
    actor: Actor,
    question: Question,
    version: int,
    masked: str,
    answer: str,
    manner: str = PUBLIC,
    reason: str = "",
    named: bool = False,
) -> Question:
    """Write the answer and lay it before another officer.

    ``masked``: the question as it is published. ``named``: whoever writes has seen that the asker's name stands in it
    and says that it is no name there. A private answer needs its reason and a call that allows it.
    """
    require(actor, Permission.CALL_WRITE, question)
    rules = rules_of(question.call).rules.questions
    if manner == PRIVATE and not rules.private_answers.value:
        raise NotPossible("この公募では、質問者だけに答えることはできません。すべて公表します。", "private_not_allowed")
    if manner == PRIVATE and not reason.strip():
        raise NotPossible("質問者だけに答えるわけを書いてください。", "reason_needed")
    if not masked.strip() or not answer.strip():
        raise NotPossible("公表する質問の文と、回答を書いてください。", "words_needed")
    if manner == PUBLIC and not named and asker_named(question, f"{masked}\n{answer}"):
        raise NotPossible("質問者の名前が、公表する文か回答に入っています。", "asker_named")
    with transaction.atomic():
        question = _held(question, version)
        if question.state == QuestionState.DRAFTED:  # written again before it was approved
            raise NotPossible("承認を待っています。なおすときは、先に差し戻してもらいます。", "under_review")
        question.masked, question.answer = masked.strip(), answer.strip()
        question.manner, question.reason = manner, reason.strip() if manner == PRIVATE else ""
        _move(actor, question, QuestionState.DRAFTED)
        request_approval(
            actor=actor, kind=APPROVAL_KIND, object_id=question.public_id, permission=Permission.CALL_WRITE,
            title=f"公募の質問{question.number}への回答（{question.call.title}）"[:200], thing=question,
            url=town_url(question.authority, "calls:desk_question", public_id=question.public_id),
        )  # fmt: skip
    return question


def publish_answer(*, actor: Actor, question: Question) -> Question:
    """Publish an approved answer, or send it to the asker alone, as it was approved. Late is possible, and marked."""
    require(actor, Permission.CALL_DECIDE, question)
    with transaction.atomic():
        question = _held(question, question.version)
        private = question.manner == PRIVATE
        question.answered_at = clock.now()
        _move(actor, question, QuestionState.PRIVATE if private else QuestionState.PUBLISHED)
        if private:
            _send_privately(actor, question)
    return question


def decline_question(*, actor: Actor, question: Question, reason: str) -> Question:
    """Leave a question unanswered, where the call says that this may happen. The reason stays with the question."""
    require(actor, Permission.CALL_DECIDE, question)
    if not rules_of(question.call).rules.questions.may_be_declined.value:
        raise NotPossible("この公募では、すべての質問に答えます。", "decline_not_allowed")
    if not reason.strip():
        raise NotPossible("答えないわけを書いてください。", "reason_needed")
    with transaction.atomic():
        question = _held(question, question.version)
        question.reason, question.answered_at = reason.strip(), clock.now()
        _move(actor, question, QuestionState.DECLINED)
    return question


def asker_named(question: Question, text: str) -> list[str]:
    """The names of the asker that stand in a text."""
    names = {question.asker}
    if question.applicant is not None:
        names |= {question.applicant.name, question.applicant.representative}
    return names_found(text, sorted(name for name in names if name.strip()))


def why_refused(announced: Announced, channel: str, received_at: datetime) -> str:
    """The engine's code (``late``, ``channel_not_allowed``), or nothing where a question is taken."""
    receipt = (announced.profile.receipt or {})["question"]
    deadline = announced.moment(announced.rules.questions.until).closes.value
    end = cut_off(deadline)
    assert end is not None, "a call without the time of this cut-off is not announced"
    return refusal(receipt, channel, end, received_at.astimezone(clock.TOKYO)) or ""


def _received(actor: Actor, call: Call, *, channel: str, received_at: datetime, text: str, **who: Any) -> Question:
    if not text.strip():
        raise NotPossible("質問を書いてください。", "words_needed")
    with transaction.atomic():
        call = locked(call)
        if call.announced_at is None:
            raise NotPossible("公告の前の公募に、質問は受け付けられません。", "wrong_state")
        verdict = why_refused(rules_of(call), channel, received_at)
        last = Question.objects.filter(call=call).aggregate(last=Max("number"))["last"] or 0
        question = Question.objects.create(
            authority=call.authority, call=call, number=last + 1, channel=channel, received_at=received_at,
            text=text.strip(), verdict=verdict, recorded_by=actor.account,
            state=QuestionState.REFUSED if verdict else QuestionState.RECEIVED, **who,
        )  # fmt: skip
        details = {"channel": channel, "verdict": verdict}
        record(actor, "question.refused" if verdict else "question.received", question, details=details)
    return question


def _held(question: Question, version: int) -> Question:
    held: Question = Question.objects.select_for_update().get(pk=question.pk)
    if held.version != version:
        raise Stale({"masked": held.masked, "answer": held.answer}, {})
    return held


def _move(actor: Actor, question: Question, to: QuestionState) -> None:
    if not QUESTIONS.allows(question.state, to):
        raise NotPossible(f"いまは「{QUESTIONS[question.state].staff_label}」なので、できません。", "wrong_state")
    question.state, question.version = to, question.version + 1
    question.save()
    record(actor, f"question.{to}", question)


def _send_privately(actor: Actor, question: Question) -> None:
    mail = question.asker_mail or (question.applicant.mail if question.applicant else "")
    if not mail:
        raise NotPossible("質問者のメールアドレスがないので、送れません。", "no_address")
    send(
        actor=actor, authority=question.authority, channel="mail", kind="call_answer",
        to=Receiver("applicant" if question.applicant else "asker",
                    question.applicant.public_id if question.applicant else question.public_id, mail),
        context={"title_of_call": question.call.title, "number": question.number, "asked": question.text,
                 "answer": question.answer},
        template="calls/letters/call_answer.mail.txt", related=("question", question.public_id),
    )  # fmt: skip


@decides(APPROVAL_KIND)
def _react(*, actor: Actor, approval: Approval, state: ApprovalState, comment: str) -> None:
    """What the other officer decided; the words of a return stay with the approval."""
    question = Question.objects.select_for_update().get(public_id=approval.object_id)
    if state == ApprovalState.APPROVED:
        _move(actor, question, QuestionState.APPROVED)
    elif state in (ApprovalState.RETURNED, ApprovalState.WITHDRAWN):
        _move(actor, question, QuestionState.RECEIVED)


def returned_words(question: Question) -> str:
    """Why the answer came back, in the words of whoever read it; nothing where it did not."""
    approval = approval_of(APPROVAL_KIND, question.public_id)
    if approval is None or approval.state != ApprovalState.RETURNED:
        return ""
    last = list(approval.steps.all())[-1]
    return str(last.comment)
