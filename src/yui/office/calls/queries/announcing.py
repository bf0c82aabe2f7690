"""Reading the announcement: the calls of the desk and of the public, where one stands, the card of this room."""

import datetime as dt
from typing import Any

from django.db.models import Count, Q

from yui.base import clock, definitions
from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import may
from yui.base.tenancy.models import Authority
from yui.office.calls.domain.announcing import AGAIN
from yui.office.calls.domain.preparing import CHANGEABLE
from yui.office.calls.domain.versions import draft_of
from yui.office.calls.models import Call, Publication, Question, SealOpening
from yui.office.calls.readiness import missing
from yui.office.calls.rules import Announced
from yui.office.calls.schedule import cut_off, day_of
from yui.office.calls.states import CALLS, PUBLIC, CallState, QuestionState
from yui.office.calls.wording import told

STEPS = ("公告", "質疑", "受付", "開封", "採点", "選定", "通知", "公表", "契約")
UNANSWERED = (QuestionState.RECEIVED, QuestionState.DRAFTED, QuestionState.APPROVED)
TONES = {
    CallState.DRAFT: "", CallState.ANNOUNCED: "ok", CallState.POSTPONED: "warn", CallState.SCORING: "info",
    CallState.SCORED: "info", CallState.DECIDED: "ok", CallState.CONTRACTED: "", CallState.NO_CANDIDATE: "warn",
    CallState.CANCELLED: "warn",
}  # fmt: skip


def desk_calls() -> list[dict[str, Any]]:
    """Every call, newest first, with how many applicants it has and how many questions wait."""
    found = Call.objects.annotate(
        applied=Count("applicants", distinct=True),
        waiting=Count("questions", filter=Q(questions__state__in=UNANSWERED), distinct=True),
    )
    return [{"call": one, "state": CALLS[one.state], "tone": TONES[CallState(one.state)]} for one in found]


def undrafted(town: Authority) -> list[Any]:
    """The calls of the definition that nobody has drafted yet."""
    known = set(Call.objects.values_list("key", flat=True))
    return [one for one in definitions.current(town).calls if one.key not in known]


def public_calls() -> list[Call]:
    """Every call that was announced, newest first."""
    return list(Call.objects.filter(state__in=PUBLIC).order_by("-announced_at", "-id"))


def open_calls() -> list[Call]:
    """The calls that are announced now, the newest first: those of the town's front door."""
    return list(Call.objects.filter(state=CallState.ANNOUNCED).order_by("-announced_at", "-id")[:5])


def present_step(call: Call, announced: Announced) -> int:
    """The number of the step at which a call stands, from 1; one more than the last when all are done."""
    state = CallState(call.state)
    if state == CallState.DRAFT:
        return 1
    reached = {CallState.SCORING: 5, CallState.SCORED: 6, CallState.CONTRACTED: len(STEPS) + 1}
    if state in reached:
        return reached[state]
    if state in (CallState.DECIDED, CallState.NO_CANDIDATE, CallState.CANCELLED):
        return 9 if Publication.objects.filter(call=call).exists() else 7
    now, last = clock.now(), announced.deadline(announced.last_stage.key)
    if last is not None and now > last:
        return 5 if SealOpening.objects.filter(call=call).exists() else 4
    until = question_cut_off(announced)
    return 2 if until is not None and now <= until else 3


def question_cut_off(announced: Announced) -> dt.datetime | None:
    """The instant until which questions are taken."""
    return cut_off(announced.moment(announced.rules.questions.until).closes.value)


def answers_due(announced: Announced) -> dt.date | None:
    """The day by which questions are answered."""
    return day_of(announced.moment(announced.rules.questions.answered).closes.value)


def answered_late(announced: Announced, question: Question) -> bool:
    """Whether an answer came after the call's own deadline for answers."""
    if question.answered_at is None:
        return False
    when = announced.moment(announced.rules.questions.answered).closes.value
    end, day = cut_off(when), day_of(when)
    if end is not None:
        return question.answered_at > end
    return day is not None and question.answered_at.astimezone(clock.TOKYO).date() > day


def announce_card(call: Call, announced: Announced, actor: Actor) -> dict[str, Any]:
    """What the card of the announcement shows: what is missing, what is in preparation, and what can be done."""
    draft = draft_of(call)
    chosen, state = announced.rules, CallState(call.state)
    decides = bool(may(actor, Permission.CALL_DECIDE, call))
    lacking = missing(chosen, clock.now()) if state == CallState.DRAFT else []
    return {
        "missing": lacking,
        "announced_on": told(announced.moment("announced").closes.value) if _has(announced, "announced") else "",
        "version": announced.number,
        "amending": draft is not None and state != CallState.DRAFT,
        "may_write": may(actor, Permission.CALL_WRITE, call),
        "may_decide": decides,
        "may_amend": state in CHANGEABLE,
        "may_postpone": decides and chosen.may_be_postponed.value and state == CallState.ANNOUNCED,
        "may_resume": decides and state == CallState.POSTPONED,
        "may_cancel": decides and chosen.may_be_cancelled.value and CALLS.allows(call.state, CallState.CANCELLED),
        "may_go_paper": decides and chosen.selection.paper_only.value and state == CallState.ANNOUNCED and not call.paper_only,
        "may_end": decides and CALLS.allows(call.state, CallState.NO_CANDIDATE),
        "may_again": decides and state in AGAIN and not call.later.exists() and (
            state == CallState.CANCELLED or chosen.selection.no_candidate.value == "call_again"
        ),
    }  # fmt: skip


def questions_card(call: Call, announced: Announced, _actor: Actor) -> dict[str, Any]:
    """What the card of the questions shows: how many wait, until when they are taken and answered."""
    until, due = question_cut_off(announced), answers_due(announced)
    found = Question.objects.filter(call=call).aggregate(
        waiting=Count("pk", filter=Q(state__in=UNANSWERED)), every=Count("pk")
    )
    return {
        **found,
        "until": told(announced.moment(announced.rules.questions.until).closes.value),
        "due": told(announced.moment(announced.rules.questions.answered).closes.value),
        "open": until is not None and clock.now() <= until,
        "late": bool(found["waiting"]) and due is not None and clock.today() > due,
    }


def _has(announced: Announced, key: str) -> bool:
    return any(one.key == key for one in announced.rules.schedule)
