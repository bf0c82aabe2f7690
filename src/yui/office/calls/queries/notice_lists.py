"""Lists of notices: which kinds wait, what was prepared, who stands in a batch, and the card on the page of a call."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import may
from yui.office.calls.models import (
    Applicant,
    Call,
    DisclosureRequest,
    ExplanationRequest,
    Notice,
    NoticeBatch,
    Publication,
)
from yui.office.calls.notice_kinds import AGAINST, LABELS, ON_WISH, OTHERS
from yui.office.calls.queries.noticing import (
    batches_of,
    clock_of,
    gather,
    name_of,
    needs_reasons,
    recipients,
    warnings_of,
)
from yui.office.calls.rules import Announced
from yui.office.calls.schedule import day_of
from yui.office.calls.states import BATCHES, ApplicantState, BatchState, CallState

CLOSED = (CallState.DRAFT, CallState.CONTRACTED)
"""Calls in which no notice waits yet, or none any more."""
DECIDED = {
    "first": (
        (ApplicantState.ELIGIBLE, ApplicantState.INVITED, ApplicantState.NOT_ELIGIBLE, ApplicantState.NOT_INVITED),
        ("eligible", "not_eligible", "not_invited"),
    ),
    "last": ((ApplicantState.SELECTED, ApplicantState.NOT_SELECTED), ("selected", "not_selected")),
    "out": ((ApplicantState.DISQUALIFIED,), ("disqualified",)),
}
"""States of an applicant that are told, with the outcomes that tell of them."""


def calls_to_look_at() -> QuerySet[Call]:
    """Calls in which somebody may wait for a notice; whether and for which is then asked of each."""
    found = Q(state__in=[CallState.CANCELLED, CallState.POSTPONED], applicants__isnull=False)
    for states, outcomes in DECIDED.values():
        waits = Applicant.objects.filter(call=OuterRef("pk"), state__in=states)
        told = Notice.objects.filter(applicant=OuterRef("pk"), outcome__in=outcomes)
        found |= Q(Exists(waits.filter(~Exists(told))))
    return Call.objects.exclude(state__in=CLOSED).filter(found).distinct()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A kind of notice and who waits for it. ``planned``: the day of the schedule."""

    kind: str
    name: str
    count: int
    planned: dt.date | None


def kinds_waiting(call: Call, announced: Announced) -> list[Waiting]:
    """Each kind of the call, in its order, and of the others those for which somebody waits."""
    seen, found = gather(call), []
    for rule in announced.rules.notices:
        day = day_of(announced.moment(rule.on).closes.value)
        found.append(Waiting(rule.key, rule.name, len(recipients(call, announced, rule.key, seen)), day))
    for kind in OTHERS.values():
        count = len(recipients(call, announced, kind.key, seen))
        if count:
            found.append(Waiting(kind.key, kind.name, count, None))
    return found


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One notice of a batch as staff see it."""

    notice: Notice
    outcome: str
    tone: str
    lacks_reasons: bool
    to_post: bool
    mail_missing: bool


def batch_lines(batch: NoticeBatch, announced: Announced) -> list[BatchLine]:
    """Everybody in a batch, in the order of the applicants' names."""
    rows = batch.notices.select_related("applicant", "corrects").order_by("applicant__name", "id")
    return [
        BatchLine(
            notice,
            LABELS[notice.outcome],
            "warn" if notice.outcome in AGAINST else "info",
            needs_reasons(announced, batch.kind, notice.outcome) and not notice.reasons,
            notice.sent_at is not None and "post" in notice.channels and notice.posted_at is None,
            "mail" in batch.channels and not notice.applicant.mail,
        )
        for notice in rows
    ]


def clocks_of(announced: Announced, kind: str, day: dt.date, lines: list[BatchLine]) -> dict[str, object] | None:
    """The clocks that a batch starts, for staff: with the warnings and the counting in sentences."""
    outcome = next((line.notice.outcome for line in lines if line.notice.outcome in AGAINST), None)
    found = clock_of(announced, kind, outcome, day) if outcome else None
    return None if found is None else {"clock": found, "warnings": warnings_of(found)}


@dataclass(frozen=True, slots=True)
class ShownBatch:
    """A batch in a list."""

    batch: NoticeBatch
    name: str
    state: str
    tone: str
    count: int
    to_post: int


TONES = {"draft": "info", "asked": "warn", "approved": "warn", "sending": "info", "sent": "ok"}


def shown_batches(call: Call, announced: Announced) -> list[ShownBatch]:
    """Every batch of a call, newest first."""
    found = []
    for batch in batches_of(call):
        notices = list(batch.notices.all())
        to_post = sum(one.sent_at is not None and "post" in one.channels and one.posted_at is None for one in notices)
        state = BATCHES[batch.state].staff_label
        found.append(
            ShownBatch(batch, name_of(announced, batch.kind), state, TONES[batch.state], len(notices), to_post)
        )
    return found


def notices_card(call: Call, announced: Announced, actor: Actor) -> dict[str, object]:
    """What the card of notices and results shows on the page of a call."""
    if call.state == CallState.DRAFT:
        return {"call": call, "draft": True}
    batches = shown_batches(call, announced)
    windows = any(one.explanation is not None for one in announced.rules.notices)
    publishes, may_decide = announced.rules.publication.published.value, bool(may(actor, Permission.CALL_DECIDE))
    unanswered = ExplanationRequest.objects.filter(notice__applicant__call=call, answered_at=None)
    return {
        "call": call,
        "draft": False,
        "waiting": [one for one in kinds_waiting(call, announced) if one.count and one.kind not in ON_WISH],
        "sent": sum(one.count for one in batches if one.batch.state == BatchState.SENT),
        "open_batches": [one for one in batches if one.batch.state != BatchState.SENT or one.to_post],
        "windows": windows,
        "unanswered": unanswered.count() if windows else 0,
        "publishes": publishes,
        "published": Publication.objects.filter(call=call).order_by("-id").first() if publishes else None,
        "disclosures": DisclosureRequest.objects.filter(call=call).count() if may_decide else 0,
        "may_decide": may_decide,
    }
