"""Reading requests for an explanation, with the days that run."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from yui.office.calls.models import Call, ExplanationRequest, Notice
from yui.office.calls.rules import Announced

SOON = 3
"""Days before the last day of an answer from which the desk reminds."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with what its answer's day says of it."""

    row: ExplanationRequest
    word: str
    tone: str


def has_windows(announced: Announced) -> bool:
    """Whether any notice of the call starts a window; where none does there is no such procedure."""
    return any(one.explanation is not None for one in announced.rules.notices)


def explanations_of(call: Call) -> QuerySet[ExplanationRequest]:
    """Every request of a call, newest first."""
    rows = ExplanationRequest.objects.filter(notice__applicant__call=call)
    return rows.select_related("notice__applicant__call", "notice__batch").order_by("-received_at", "-id")


def with_days(rows: QuerySet[ExplanationRequest], today: dt.date) -> list[Asked]:
    """Each with its word: 回答した, 期限まで…日, 期限をすぎた."""
    return [Asked(row, *_word(row, today)) for row in rows]


def _word(row: ExplanationRequest, today: dt.date) -> tuple[str, str]:
    if row.answered_at is not None:
        return "回答した", "ok"
    by = row.notice.answer_by
    if by is None:
        return "回答していない", "warn"
    left = (by - today).days
    if left < 0:
        return "期限をすぎた", "danger"
    return ("今日が期限" if left == 0 else f"あと{left}日"), "warn" if left <= SOON else "info"


def may_be_asked_of(call: Call) -> QuerySet[Notice]:
    """Notices of a call about which staff may enter a request: sent, with a window."""
    rows = Notice.objects.filter(applicant__call=call, corrections=None).exclude(sent_at=None).exclude(ask_until=None)
    return rows.select_related("applicant__call", "batch").order_by("applicant__name", "-id")
