"""開封: once for each stage, after the deadline, by an officer and before a witness; then one door through which papers are
read. Everybody who tries another way, or too early, is refused and recorded.
"""

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere, town_of
from yui.base.audit.record import record
from yui.base.files.sealing import BrokenSeal
from yui.office.calls.deadlines import closed
from yui.office.calls.domain.disqualifying import propose_automatic
from yui.office.calls.domain.peeking import note_peek, refuse_peek
from yui.office.calls.domain.standing import is_own, require_staff
from yui.office.calls.models import Applicant, Call, CommitteeMember, ConflictDeclaration, Proposal, SealOpening
from yui.office.calls.models import SubmittedPaper as Paper
from yui.office.calls.queries.applicants import live_proposals, opening_of
from yui.office.calls.rules import rules_of
from yui.office.calls.sealed import bytes_of, envelope_of, estimate_in
from yui.office.calls.states import CallState

_SHUT = frozenset({CallState.DRAFT, CallState.POSTPONED, CallState.CANCELLED})
BROKEN = "封を開けませんでした。ほかの設置先で封をしたものか、ファイルが壊れています。管理者に知らせてください。"


@dataclass(frozen=True, slots=True)
class Reading:
    """A paper, opened for somebody."""

    paper: Paper
    name: str
    data: bytes
    findings: list[dict[str, Any]]


def open_seals(*, actor: Actor, call: Call, stage: str, witness: str) -> SealOpening:
    """Open what counts in a stage. What was replaced, refused or withdrawn stays closed.

    Raises ``NotPossible`` before the deadline (the attempt is recorded), without a witness, and the second time.
    """
    require_staff(actor, Permission.CALL_DECIDE, call)
    announced = rules_of(call)
    announced.stage(stage)
    if call.state in _SHUT:
        raise NotPossible("いまは開封できません。", "wrong_state")
    if not closed(announced, stage, clock.now()):
        note_peek(actor, "opening_before_deadline", call)
        raise NotPossible("期限までは、だれも開けません。", "sealed")
    if not witness.strip():
        raise NotPossible("立ち会った人の名前を書いてください。", "witness_needed")
    try:
        with transaction.atomic():
            made = SealOpening.objects.create(
                authority_id=call.authority_id,
                call=call,
                stage=stage,
                opened_at=clock.now(),
                opened_by=actor.account,
                witness=witness.strip(),
            )
            found = live_proposals(call, stage)
            for proposal in found:
                unseal(actor=actor, proposal=proposal)
            record(actor, "seal.opened", made, details={"stage": stage, "proposals": len(found)})
            propose_automatic(actor, call, stage)
    except IntegrityError as error:
        raise NotPossible("この段階は、もう開封しました。", "opened") from error
    return made


def enter_estimate(*, actor: Actor, proposal: Proposal, yen: int) -> Proposal:
    """The sum of an estimate that came on paper, from the opening on. Entered again, the earlier sum stays in the audit."""
    require_staff(actor, Permission.PROPOSAL_WRITE, proposal)
    if yen <= 0:
        raise NotPossible("見積額を、円の整数で書いてください。", "yen")
    with transaction.atomic():
        call = proposal.applicant.call
        proposal = Proposal.objects.select_for_update().select_related("applicant").get(pk=proposal.pk)
        if opening_of(call, proposal.stage) is None:
            raise NotPossible("開封の前は、見積額を入れられません。", "sealed")
        if proposal.state != "received" or proposal.channel == "web":
            raise NotPossible("紙で届いた提案だけに、見積額を入れられます。", "not_on_paper")
        before, proposal.estimate, proposal.version = proposal.estimate, yen, proposal.version + 1
        proposal.save(update_fields=["estimate", "version"])
        record(actor, "estimate.entered", proposal, details={"before": before, "after": yen})
        propose_automatic(actor, call, proposal.stage)
    return proposal


def read_paper(*, actor: Actor, public_id: str) -> Reading:
    """The one door to a paper. The applicant reads its own at any time; staff and members from the opening on.

    A member must have declared no conflict with this applicant. Each reading and each refusal is recorded.
    """
    town_of(actor)
    paper = (
        Paper.objects.select_related("proposal__applicant__call").filter(public_id=public_id, on_paper=False).first()
    )
    if paper is None:
        refuse_peek(actor, "no_such_paper", None, "見つかりません。")
    code = refusal_of(actor, paper.proposal)
    if code:
        refuse_peek(actor, code, paper, "この書類は、いまは開けません。")
    try:
        envelope = envelope_of(paper.envelope)
        data = bytes_of(paper.path, envelope.key)
    except (BrokenSeal, FileNotFoundError) as error:
        raise NotPossible(BROKEN, "broken_seal") from error
    own = is_own(actor, paper.proposal.applicant)
    record(actor, "paper.read", paper, details={"paper": paper.paper, "own": own})
    return Reading(paper, envelope.name, data, envelope.findings)


def refusal_of(actor: Actor, proposal: Proposal) -> str:
    """Why the actor may not read the papers of a proposal now; empty where it may."""
    applicant = proposal.applicant
    if is_own(actor, applicant):
        return ""
    everywhere = holds_everywhere(actor, Permission.PROPOSAL_READ)
    member = None if everywhere else seat_of(actor, applicant.call)
    if not everywhere and member is None:
        return "not_yours"
    if opening_of(applicant.call, proposal.stage) is None:
        return "sealed"
    if proposal.state != "received":
        return "not_counted"
    return "" if member is None else _conflict_of(member, applicant)


def seat_of(actor: Actor, call: Call) -> CommitteeMember | None:
    """The actor's seat in the committee of this call."""
    if actor.account is None:
        return None
    return CommitteeMember.objects.filter(call=call, account=actor.account).first()


def unseal(*, actor: Actor, proposal: Proposal) -> None:
    """Write name, findings and sum where they can be read; the bytes stay encrypted on the disk."""
    require_staff(actor, Permission.PROPOSAL_WRITE, proposal)
    try:
        for paper in proposal.papers.exclude(envelope=""):
            envelope = envelope_of(paper.envelope)
            paper.name, paper.findings = envelope.name, envelope.findings
            paper.save(update_fields=["name", "findings"])
        estimate = estimate_in(proposal.sealed_estimate)
    except BrokenSeal as error:
        raise NotPossible(BROKEN, "broken_seal") from error
    if estimate is not None:
        proposal.estimate = estimate
        proposal.save(update_fields=["estimate"])


def _conflict_of(member: CommitteeMember, applicant: Applicant) -> str:
    if member.state != "appointed":
        return "recused"
    declared = ConflictDeclaration.objects.filter(member=member, applicant=applicant).first()
    if declared is None:
        return "conflict_not_declared"
    return "conflict" if declared.conflict else ""
