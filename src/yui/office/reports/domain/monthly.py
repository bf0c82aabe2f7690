"""月次報告: made from a locked month by a job, handed in by the contractor, accepted by the officer."""

import datetime as dt

from django.db import IntegrityError, transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import may, require
from yui.base.approvals.decisions import decides
from yui.base.approvals.domain import approve, request_approval, return_for_change, withdraw
from yui.base.approvals.models import Approval
from yui.base.approvals.queries import approval_of
from yui.base.approvals.states import State as ApprovalState
from yui.base.audit.record import record
from yui.base.jobs.domain import run_job
from yui.base.measures.domain import lock_month
from yui.base.measures.models import MonthLock
from yui.base.measures.queries import locked
from yui.office.commissions.models import Commission
from yui.office.commissions.wording import month_words
from yui.office.reports.content import file_title
from yui.office.reports.facts import report_facts
from yui.office.reports.models import MonthlyReport
from yui.office.reports.queries import draft_of, job_failed, lines_of, newest_report, report_path
from yui.office.reports.states import LABELS, State, can_move

JOB = "office.monthly_report"
KIND = "report"
_REACHED = {
    ApprovalState.RETURNED: State.RETURNED,
    ApprovalState.APPROVED: State.ACCEPTED,
    ApprovalState.WITHDRAWN: State.MADE,
}


def make_monthly_report(*, actor: Actor, commission: Commission, month: dt.date, reason: str = "") -> MonthlyReport:
    """The one button: lock the month, fix what is said, and queue the job that writes Word and Excel.

    The first version needs the month's lock or the right to lock it. A correction needs a ``reason``; whoever may lock
    locks the month anew with it, anyone else writes a new version from the present lock. Raises ``NotPossible``.
    """
    require(actor, Permission.REPORT_WRITE, commission)
    first, reason = month.replace(day=1), reason.strip()
    if not commission.starts_on.replace(day=1) <= first <= commission.ends_on:
        raise NotPossible("業務の期間の外の月です。", "outside_term")
    with transaction.atomic():
        before = newest_report(commission, first)
        if before is not None and before.state == State.QUEUED and not job_failed(before):
            raise NotPossible("いま、この月の報告を作っています。できるまで、少しお待ちください。", "being_made")
        if before is not None and not reason:
            raise NotPossible("もう一度つくるときは、直す理由を書いてください。", "reason_needed")
        lock = _lock(actor, commission, first, reason, correction=before is not None)
        _step_back(actor, before)
        report = _create(actor, commission, first, lock, reason, number=before.number + 1 if before else 1)
        record(actor, "report.asked", report, details={"month": f"{first:%Y-%m}", "version": report.number})
        _queue(actor, report)
    return report


def retry_report(*, actor: Actor, report: MonthlyReport) -> MonthlyReport:
    """Queue the job of a report again that could not be made. Nothing of it changes: lock, lines and facts stay."""
    require(actor, Permission.REPORT_WRITE, report)
    with transaction.atomic():
        report = MonthlyReport.objects.select_for_update().get(pk=report.pk)
        if report.state != State.FAILED and not job_failed(report):
            raise NotPossible(f"いまは「{LABELS[State(report.state)]}」です。", "wrong_state")
        report.state = State.QUEUED
        report.save(update_fields=["state"])
        record(actor, "report.retried", report)
        _queue(actor, report)
    return report


def submit_report(*, actor: Actor, report: MonthlyReport, comment: str = "") -> MonthlyReport:
    """Hand the newest version in; the officer is asked to accept it."""
    require(actor, Permission.REPORT_WRITE, report)
    with transaction.atomic():
        report = MonthlyReport.objects.select_for_update().select_related("commission__authority").get(pk=report.pk)
        newest = newest_report(report.commission, report.month)
        if newest is not None and newest.pk != report.pk:
            raise NotPossible("新しい版があります。そちらを提出してください。", "not_newest")
        _move(actor, report, State.SUBMITTED)
        request_approval(
            actor=actor,
            kind=KIND,
            object_id=report.public_id,
            title=file_title(report.month, month_words(report.month), report.number),
            url=report_path(report),
            comment=comment,
            permission=Permission.REPORT_WRITE,
            thing=report,
        )
    return report


def accept_report(*, actor: Actor, report: MonthlyReport, comment: str = "") -> MonthlyReport:
    """受領, by an officer who did not hand it in."""
    approve(actor=actor, approval=_approval(report), comment=comment)
    report.refresh_from_db()
    return report


def return_report(*, actor: Actor, report: MonthlyReport, reason: str) -> MonthlyReport:
    """差戻し: the contractor makes a new version."""
    return_for_change(actor=actor, approval=_approval(report), comment=reason)
    report.refresh_from_db()
    return report


@decides(KIND)
def _react(*, actor: Actor, approval: Approval, state: ApprovalState, comment: str) -> None:
    reached = _REACHED.get(state)
    if reached is not None:
        _move(actor, MonthlyReport.objects.select_for_update().get(public_id=approval.object_id), reached)


def _lock(actor: Actor, commission: Commission, month: dt.date, reason: str, *, correction: bool) -> MonthLock:
    present = locked(commission.key, month)
    allowed = may(actor, Permission.MONTH_LOCK)
    if present is None and not allowed:
        raise NotPossible("この月は、まだ締めていません。市の担当職員が締めると、報告を作れます。", "not_locked")
    if present is None or (correction and allowed):
        return lock_month(
            actor=actor, commission_key=commission.key, month=month, reason=reason if present is not None else ""
        )
    return present


def _create(
    actor: Actor, commission: Commission, month: dt.date, lock: MonthLock, reason: str, *, number: int
) -> MonthlyReport:
    draft = draft_of(commission, month)
    try:
        with transaction.atomic():
            return MonthlyReport.objects.create(
                authority=actor.authority,
                commission=commission,
                month=month,
                number=number,
                reason=reason,
                lock_id=lock.public_id,
                state=State.QUEUED,
                notes=lines_of(commission, month),
                facts=report_facts(
                    commission, month, made_on=clock.today(), next_month=draft.next_month if draft else ""
                ),
                made_by=actor.account,
                recorded_at=clock.now(),
            )
    except IntegrityError as error:
        raise NotPossible("ほかの人が、いま作りはじめました。画面を開きなおしてください。", "made_meanwhile") from error


def _step_back(actor: Actor, before: MonthlyReport | None) -> None:
    """An older version that waits or was returned is taken out of the officer's hands."""
    if before is not None and before.state in (State.SUBMITTED, State.RETURNED):
        withdraw(actor=actor, approval=_approval(before), comment="新しい版を作りました。")


def _queue(actor: Actor, report: MonthlyReport) -> None:
    run_job(
        actor=actor,
        kind=JOB,
        permission=Permission.REPORT_WRITE,
        thing=report,
        arguments={"report": report.public_id, "month": report.month.isoformat()},
    )


def _approval(report: MonthlyReport) -> Approval:
    approval = approval_of(KIND, report.public_id)
    if approval is None:
        raise NotPossible("まだ提出されていません。", "not_submitted")
    return approval


def _move(actor: Actor, report: MonthlyReport, to: State) -> None:
    if not can_move(report.state, to):
        raise NotPossible(f"いまは「{LABELS[State(report.state)]}」なので、この操作はできません。", "wrong_state")
    report.state = to
    report.save(update_fields=["state"])
    record(actor, f"report.{to}", report, details={"version": report.number})
