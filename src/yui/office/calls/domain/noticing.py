"""Notices: prepared for all of a kind at once, approved by a second officer, sent, and never changed after that."""

import datetime as dt
from typing import Any

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible, Stale
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.approvals.decisions import decides
from yui.base.approvals.domain import request_approval
from yui.base.approvals.models import Approval
from yui.base.approvals.states import State as ApprovalState
from yui.base.audit.record import record
from yui.base.jobs.domain import run_job
from yui.base.tenancy.addresses import town_url
from yui.office.calls.models import Call, Notice, NoticeBatch
from yui.office.calls.queries.noticing import (
    channels_of,
    clock_of,
    decided_selection,
    name_of,
    needs_reasons,
    outcome_of,
    planned_day,
    reasons_for,
    recipients,
    told_of_others,
)
from yui.office.calls.rules import Announced, rules_of
from yui.office.calls.states import BATCHES, BatchState, CallState

APPROVAL = "call_notices"
JOB = "calls.notices"
CHANNELS = ("post", "mail")
_REACHED = {
    ApprovalState.RETURNED: BatchState.DRAFT,
    ApprovalState.APPROVED: BatchState.APPROVED,
    ApprovalState.WITHDRAWN: BatchState.DRAFT,
}


def draft_notices(*, actor: Actor, call: Call, kind: str) -> NoticeBatch:
    """A draft for everybody who is to get this kind of notice and has none, with reasons from the records.

    Raises ``NotPossible`` where nobody waits for one.
    """
    require(actor, Permission.CALL_WRITE, call)
    if call.state == CallState.DRAFT:
        raise NotPossible("公告のまえの公募には、通知はありません。", "not_announced")
    announced = rules_of(call)
    with transaction.atomic():
        Call.objects.select_for_update().get(pk=call.pk)
        found = recipients(call, announced, kind)
        if not found:
            raise NotPossible("この通知を待っている応募者は、いません。", "nobody")
        batch = _create(actor, call, announced, kind)
        for one in found:
            said = reasons_for(call, announced, one.applicant, one.outcome)
            wanted = needs_reasons(announced, kind, one.outcome) or one.outcome == "scores"
            _add(batch, announced, applicant=one.applicant, outcome=one.outcome, reasons=said if wanted else "")
        record(actor, "notices.drafted", batch, details={"kind": kind, "count": len(found)})
    return batch


def correct_notice(*, actor: Actor, notice: Notice, reason: str) -> NoticeBatch:
    """A draft that corrects a notice already sent. The sent one stays as it is; both are shown.

    Raises ``NotPossible`` without a reason, for one that was not sent, and while a correction of it is under way.
    """
    require(actor, Permission.CALL_WRITE, notice)
    if not reason.strip():
        raise NotPossible("なおすわけを書いてください。", "reason_needed")
    if notice.sent_at is None:
        raise NotPossible("まだ送っていない通知は、そのままなおせます。", "not_sent")
    call = notice.applicant.call
    announced = rules_of(call)
    with transaction.atomic():
        Notice.objects.select_for_update().get(pk=notice.pk)
        if notice.corrections.exists():
            raise NotPossible("この通知は、もうなおしています。新しい通知を開いてください。", "corrected")
        batch = _create(actor, call, announced, notice.kind, reason=reason.strip())
        outcome = outcome_of(call, announced, notice.applicant, notice.kind, decided_selection(call)) or notice.outcome
        said = notice.reasons if outcome == notice.outcome else reasons_for(call, announced, notice.applicant, outcome)
        _add(batch, announced, applicant=notice.applicant, outcome=outcome, reasons=said, corrects=notice)
        record(actor, "notices.correction_drafted", batch, details={"notice": notice.public_id})
    return batch


def set_notices(
    *,
    actor: Actor,
    batch: NoticeBatch,
    version: int,
    dated_on: dt.date,
    channels: list[str],
    reference: str,
    signed_by: str,
    contact: str,
) -> NoticeBatch:
    """Day, channels and what stands around the text, for all notices of a draft; the clocks follow the day.

    Raises ``NotPossible`` for a day that is past, or no channel; ``Stale`` for an older version.
    """
    require(actor, Permission.CALL_WRITE, batch)
    if dated_on < clock.today():
        raise NotPossible("通知日は、今日からあとの日にしてください。", "past_day")
    if not channels or set(channels) - set(CHANNELS):
        raise NotPossible("送り方を選んでください。", "no_channel")
    with transaction.atomic():
        batch = _locked(batch, BatchState.DRAFT)
        if batch.version != version:
            raise Stale({"dated_on": batch.dated_on}, {"dated_on": dated_on})
        batch.dated_on, batch.channels, batch.reference = dated_on, channels, reference.strip()
        batch.signed_by, batch.contact, batch.version = signed_by.strip(), contact.strip(), batch.version + 1
        batch.save()
        announced = rules_of(batch.call)
        for notice in batch.notices.all():
            _date(notice, announced, dated_on)
            notice.save(update_fields=["dated_on", "ask_until", "answer_by"])
        record(actor, "notices.set", batch, details={"dated_on": dated_on.isoformat(), "channels": channels})
    return batch


def write_reasons(*, actor: Actor, notice: Notice, reasons: str) -> Notice:
    """The reasons of one notice of a draft. Raises ``NotPossible`` where they name another applicant or its points."""
    require(actor, Permission.CALL_WRITE, notice)
    said = "\n".join(line.strip() for line in reasons.splitlines() if line.strip())
    told = told_of_others(notice.applicant, said)
    if told:
        raise NotPossible(f"{'、'.join(told)}が入っています。その応募者だけのことを書いてください。", "tells_of_others")
    with transaction.atomic():
        _locked(_batch_of(notice), BatchState.DRAFT)
        notice.reasons = said
        notice.save(update_fields=["reasons"])
        record(actor, "notice.reasons_written", notice)
    return notice


def drop_notice(*, actor: Actor, notice: Notice) -> None:
    """Take one applicant out of a draft; the last one takes the draft along."""
    require(actor, Permission.CALL_WRITE, notice)
    with transaction.atomic():
        batch = _locked(_batch_of(notice), BatchState.DRAFT)
        record(actor, "notice.dropped", notice)
        notice.delete()
        if not batch.notices.exists():
            batch.delete()


def ask_for_notices(*, actor: Actor, batch: NoticeBatch, comment: str = "") -> NoticeBatch:
    """Lay a draft before a second officer. Raises ``NotPossible`` where a reason is missing or tells of others."""
    require(actor, Permission.CALL_WRITE, batch)
    with transaction.atomic():
        batch = _locked(batch, BatchState.DRAFT)
        announced = rules_of(batch.call)
        for notice in batch.notices.select_related("applicant__call"):
            if needs_reasons(announced, batch.kind, notice.outcome) and not notice.reasons:
                raise NotPossible(f"「{notice.applicant.name}」への通知に、理由がありません。", "reasons_missing")
            if told_of_others(notice.applicant, notice.reasons):
                raise NotPossible(
                    f"「{notice.applicant.name}」への通知に、ほかの応募者か委員のことが入っています。",
                    "tells_of_others",
                )
        _reach(batch, BatchState.ASKED)
        request_approval(
            actor=actor,
            kind=APPROVAL,
            object_id=batch.public_id,
            title=f"{batch.call.title}　{name_of(announced, batch.kind)}"[:200],
            url=town_url(batch.authority, "calls:notice_batch", public_id=batch.public_id),
            comment=comment,
            permission=Permission.CALL_WRITE,
            thing=batch,
        )
    return batch


def reopen_notices(*, actor: Actor, batch: NoticeBatch) -> NoticeBatch:
    """Back to a draft what was approved and not sent, such as one whose day has passed."""
    require(actor, Permission.CALL_WRITE, batch)
    with transaction.atomic():
        batch = _locked(batch, BatchState.APPROVED)
        _reach(batch, BatchState.DRAFT)
        record(actor, "notices.reopened", batch)
    return batch


def send_notices(*, actor: Actor, batch: NoticeBatch) -> NoticeBatch:
    """Send what was approved, on the day that is printed: a job makes the papers and writes the mails.

    The clocks count from the printed day, so nothing goes out on another. Raises ``NotPossible``.
    """
    require(actor, Permission.CALL_DECIDE, batch)
    with transaction.atomic():
        batch = _locked(batch, BatchState.APPROVED)
        if batch.dated_on > clock.today():
            raise NotPossible("通知日になってから、送ってください。", "too_early")
        if batch.dated_on < clock.today():
            raise NotPossible("通知日をすぎています。下書きに戻して、通知日をあらためてください。", "too_late")
        _reach(batch, BatchState.SENDING)
        record(actor, "notices.sending", batch)
        run_job(
            actor=actor, kind=JOB, permission=Permission.CALL_DECIDE, thing=batch, arguments={"batch": batch.public_id}
        )
    return batch


def mark_posted(*, actor: Actor, batch: NoticeBatch) -> int:
    """Staff have put the letters of a sent batch into the post. Returns how many were marked now."""
    require(actor, Permission.CALL_WRITE, batch)
    with transaction.atomic():
        waiting = batch.notices.filter(posted_at=None, channels__contains="post").exclude(sent_at=None)
        ids = list(waiting.values_list("public_id", flat=True))
        if not ids:
            raise NotPossible("郵送を待っている通知は、ありません。", "nothing_to_post")
        waiting.update(posted_at=clock.now())
        record(actor, "notices.posted", batch, details={"notices": ids})
    return len(ids)


@decides(APPROVAL)
def _react(*, actor: Actor, approval: Approval, state: ApprovalState, comment: str) -> None:
    reached = _REACHED.get(state)
    if reached is not None:
        _reach(NoticeBatch.objects.select_for_update().get(public_id=approval.object_id), reached)


def _create(actor: Actor, call: Call, announced: Announced, kind: str, *, reason: str = "") -> NoticeBatch:
    earlier = NoticeBatch.objects.filter(call=call).order_by("-id").first()
    return NoticeBatch.objects.create(
        authority=call.authority,
        call=call,
        kind=kind,
        dated_on=clock.today() if reason else planned_day(announced, kind),
        channels=channels_of(announced, kind),
        signed_by=earlier.signed_by if earlier else "",
        contact=earlier.contact if earlier else announced.rules.contact.value,
        reason=reason,
        recorded_at=clock.now(),
        made_by=actor.account,
    )


def _add(batch: NoticeBatch, announced: Announced, **values: Any) -> Notice:
    notice = Notice(authority=batch.authority, batch=batch, kind=batch.kind, made_by=batch.made_by, **values)
    _date(notice, announced, batch.dated_on)
    notice.save()
    return notice


def _date(notice: Notice, announced: Announced, day: dt.date) -> None:
    """The printed day, and the clocks that it starts."""
    found = clock_of(announced, notice.kind, notice.outcome, day)
    notice.dated_on = day
    notice.ask_until, notice.answer_by = (found.ask_until, found.answer_by) if found else (None, None)


def _batch_of(notice: Notice) -> NoticeBatch:
    if notice.batch is None:
        raise NotPossible("この通知は、もうなおせません。", "wrong_state")
    return notice.batch


def _locked(batch: NoticeBatch, state: BatchState) -> NoticeBatch:
    batch = NoticeBatch.objects.select_for_update().select_related("call").get(pk=batch.pk)
    if batch.state != state:
        raise NotPossible(f"いまは「{BATCHES[batch.state].staff_label}」です。", "wrong_state")
    return batch


def _reach(batch: NoticeBatch, state: BatchState) -> None:
    if not BATCHES.allows(batch.state, state):
        raise NotPossible(f"いまは「{BATCHES[batch.state].staff_label}」です。", "wrong_state")
    batch.state = state
    batch.save(update_fields=["state"])
