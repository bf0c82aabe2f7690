"""受付: papers that came by hand or by post, entered by staff; whether they came in time, the engine says.

Nothing is dropped: what came too late, outside the counter's hours or by a way the call does not take is recorded with
its verdict and stays closed. A late replacement may be let in only where the call says "in principle no" (P-413).
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.files.base import File
from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.approvals.decisions import decides
from yui.base.approvals.domain import request_approval
from yui.base.approvals.models import Approval
from yui.base.approvals.states import State as ApprovalState
from yui.base.audit.record import record
from yui.base.files.domain import check_file, read_upload
from yui.base.tenancy.addresses import town_url
from yui.office.calls.checklist import too_old
from yui.office.calls.deadlines import verdict
from yui.office.calls.domain.disqualifying import propose_automatic, propose_late
from yui.office.calls.domain.opening import unseal
from yui.office.calls.domain.standing import asked_for, lock, require_staff
from yui.office.calls.domain.submitting import asked_line, receipt_number, write_paper
from yui.office.calls.models import Applicant, Proposal, SubmittedPaper
from yui.office.calls.queries.applicants import opening_of
from yui.office.calls.rules import Announced, rules_of
from yui.office.calls.states import CallState

EXCEPTION = "call_late_replacement"
CHANNELS = ("hand", "mail", "email", "phone", "web")


@dataclass(frozen=True, slots=True)
class Arrived:
    """One paper of the pile: which, how many copies, and the day of issue of a certificate."""

    paper: str
    copies: int = 1
    obtained_on: dt.date | None = None


def receive_papers(
    *,
    actor: Actor,
    applicant: Applicant,
    stage: str,
    channel: str,
    received_at: dt.datetime,
    papers: Sequence[Arrived],
    tracking: str = "",
    replaces: bool = True,
) -> Proposal:
    """Record an arrival with its exact instant. ``replaces``: it stands for what came before; else it is one more.

    Accepted papers become ``received``; the others ``refused`` with the engine's verdict. Raises ``NotPossible``.
    """
    require_staff(actor, Permission.PROPOSAL_WRITE, applicant)
    if channel not in CHANNELS:
        raise ValueError(f"no such channel {channel}")
    if received_at > clock.now():
        raise NotPossible("届いた日時が、いまより先です。", "future")
    if not papers:
        raise NotPossible("届いた書類を、ひとつは入れてください。", "no_papers")
    with transaction.atomic():
        applicant = lock(applicant)
        announced = rules_of(applicant.call)
        if applicant.call.state in (CallState.DRAFT, CallState.CANCELLED):
            raise NotPossible("この公募は、書類を受け付けていません。", "not_taking")
        asked = {one.key for one in asked_for(announced, stage, applicant)}
        wrong = sorted({one.paper for one in papers} - asked)
        if wrong:
            raise NotPossible("一覧にない書類があります。", "not_asked")
        found = _verdict(announced, applicant, stage, channel, received_at, replaces=replaces)
        if not found and replaces:
            Proposal.objects.filter(applicant=applicant, stage=stage, state="received").update(state="replaced")
        proposal = Proposal.objects.create(
            authority_id=applicant.authority_id, applicant=applicant, stage=stage,
            state="refused" if found else "received", verdict=found, channel=channel, tracking=tracking,
            received_at=received_at, received_by=actor.account, receipt=receipt_number(applicant.call, announced, stage),
        )  # fmt: skip
        _write_pile(announced, proposal, papers)
        details = {"stage": stage, "receipt": proposal.receipt, "verdict": found, "channel": channel}
        record(actor, "proposal.arrived", proposal, details=details)
        if found:
            propose_late(actor, proposal)
        elif opening_of(applicant.call, stage) is not None:
            unseal(actor=actor, proposal=proposal)
        if not replaces:
            propose_automatic(actor, applicant.call, stage)
    return proposal


def attach_scan(
    *, actor: Actor, proposal: Proposal, paper: str, upload: File | bytes, name: str
) -> SubmittedPaper:  # fmt: skip
    """Staff add a scan of what came on paper. Sealed like everything else until the opening."""
    require_staff(actor, Permission.PROPOSAL_WRITE, proposal)
    applicant = proposal.applicant
    asked_line(rules_of(applicant.call), proposal.stage, applicant, paper)
    checked = check_file(read_upload(upload), name)
    with transaction.atomic():
        lock(applicant)
        if proposal.state not in ("received", "refused") or proposal.channel == "web":
            raise NotPossible("紙で届いた書類だけに、スキャンを付けられます。", "not_on_paper")
        row = write_paper(proposal, paper, checked.data, name, [], checked.kind.content_type)
        row.save()
        record(actor, "paper.scanned", row, details={"paper": paper, "size": row.size})
        if proposal.state == "received" and opening_of(applicant.call, proposal.stage) is not None:
            unseal(actor=actor, proposal=proposal)
    return row


def ask_late_exception(*, actor: Actor, proposal: Proposal, reason: str) -> Approval:
    """Ask that a late replacement be let in, with the reason; another officer decides.

    ``NotPossible`` with ``no_such_function`` where the call knows no exception, and for what replaces nothing.
    """
    require_staff(actor, Permission.PROPOSAL_WRITE, proposal)
    if not may_be_excepted(proposal):
        raise NotPossible("この公募では、期限のあとの差し替えはできません。", "no_such_function")
    if not reason.strip():
        raise NotPossible("理由を書いてください。", "reason_needed")
    with transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(exception=reason.strip())
        return request_approval(
            actor=actor,
            kind=EXCEPTION,
            object_id=proposal.public_id,
            title=f"期限のあとの差し替え：{proposal.applicant.name}",
            url=town_url(proposal.authority, "calls:desk_applicant", public_id=proposal.applicant.public_id),
            comment=reason.strip(),
            permission=Permission.PROPOSAL_WRITE,
            thing=proposal,
        )


def may_be_excepted(proposal: Proposal) -> bool:
    """A late replacement of papers that came in time, in a call that refuses it only in principle."""
    if proposal.state != "refused" or proposal.verdict != "late":
        return False
    rules = rules_of(proposal.applicant.call).rules.submission
    if rules.replacement_after_deadline.value != "in_principle_no":
        return False
    return Proposal.objects.filter(applicant=proposal.applicant, stage=proposal.stage, state="received").exists()


def _react(*, actor: Actor, approval: Approval, state: ApprovalState, comment: str) -> None:
    if state != ApprovalState.APPROVED:
        return
    proposal = Proposal.objects.select_related("applicant__call").get(public_id=approval.object_id)
    applicant = lock(proposal.applicant)
    if not may_be_excepted(proposal):
        raise NotPossible("この公募では、期限のあとの差し替えはできません。", "no_such_function")
    Proposal.objects.filter(applicant=applicant, stage=proposal.stage, state="received").update(state="replaced")
    who = actor.account.name if actor.account is not None else ""
    proposal.state, proposal.version = "received", proposal.version + 1
    proposal.exception = f"{proposal.exception}（承認：{who}）"[:500]
    proposal.save(update_fields=["state", "version", "exception"])
    record(actor, "proposal.late_excepted", proposal, details={"approval": approval.public_id})
    if opening_of(applicant.call, proposal.stage) is not None:
        unseal(actor=actor, proposal=proposal)
        propose_automatic(actor, applicant.call, proposal.stage)


decides(EXCEPTION)(_react)


def _verdict(
    announced: Announced, applicant: Applicant, stage: str, channel: str, received_at: dt.datetime, *, replaces: bool
) -> str:
    found = verdict(announced, stage, channel, received_at)
    fixed = not announced.rules.submission.replacement_before_deadline.value
    earlier = Proposal.objects.filter(applicant=applicant, stage=stage, state="received").exists()
    return found or ("no_replacement" if fixed and replaces and earlier else "")


def _write_pile(announced: Announced, proposal: Proposal, papers: Sequence[Arrived]) -> None:
    lines = {one.key: one for one in asked_for(announced, proposal.stage, proposal.applicant)}
    assert proposal.received_at is not None
    day = proposal.received_at.astimezone(clock.TOKYO).date()
    rows = []
    for one in papers:
        line, found = lines[one.paper], []
        if one.copies < line.copies:
            found.append({"code": "too_few_copies", "copies": one.copies, "asked": line.copies})
        if line.within_months and one.obtained_on and too_old(one.obtained_on, line.within_months, day):
            found.append({"code": "too_old", "months": line.within_months})
        rows.append(
            SubmittedPaper(
                authority_id=proposal.authority_id, proposal=proposal, paper=one.paper, copies=one.copies, on_paper=True,
                obtained_on=one.obtained_on, findings=found, added_at=clock.now(),
            )
        )  # fmt: skip
    SubmittedPaper.objects.bulk_create(rows)
