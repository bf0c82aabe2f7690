"""失格: the system proposes what it can tell by itself, staff propose by a ground of the call; staff decide, with reasons.

P-541: automatic grounds (late, over the cap, two proposals, an obligatory paper missing) are proposed, never decided here.
"""

import re
import unicodedata
from collections import defaultdict

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.audit.record import record
from yui.office.calls.checklist import missing_of
from yui.office.calls.domain.standing import asked_for, lock, require_staff
from yui.office.calls.models import Applicant, Call, Disqualification, Proposal
from yui.office.calls.queries.applicants import live_proposals
from yui.office.calls.rules import Announced, rules_of
from yui.office.calls.states import APPLICANTS, ApplicantState

GROUNDS = {
    "late": ("late", "nonconforming", "breach"),
    "over_cap": ("over_cap", "breach", "nonconforming"),
    "two_proposals": ("two_proposals", "nonconforming", "breach"),
    "missing_paper": ("missing_paper", "nonconforming", "breach"),
    "not_eligible": ("ineligible",),
}
"""What the system sees, and the grounds of a call under which it may fall; the first that the call has (P-542)."""
_LEGAL_FORMS = re.compile(
    r"(株式|有限|合同|合資|合名)会社|\(株\)|\(有\)|(一般|公益)?(社団|財団)法人|(特定非営利活動|npo)法人"
)


def propose_disqualification(*, actor: Actor, applicant: Applicant, ground: str, evidence: str) -> Disqualification:
    """Staff propose by a ground of the call, with what shows it."""
    require_staff(actor, Permission.PROPOSAL_WRITE, applicant)
    if ground not in {one.key for one in rules_of(applicant.call).rules.disqualifications}:
        raise NotPossible("この公募に、その失格の事由はありません。", "no_such_ground")
    if not evidence.strip():
        raise NotPossible("何でそれが分かるかを書いてください。", "evidence_needed")
    with transaction.atomic():
        applicant = lock(applicant)
        return _create(actor, applicant, ground, evidence.strip(), "")


def confirm_disqualification(*, actor: Actor, proposed: Disqualification, reason: str) -> Disqualification:
    """失格とする. ``reason``: the words for the notice."""
    return _decide(actor, proposed, "confirmed", reason)


def dismiss_disqualification(*, actor: Actor, proposed: Disqualification, reason: str) -> Disqualification:
    """失格としない, with the reason; the same finding is not proposed again by the system."""
    return _decide(actor, proposed, "dismissed", reason)


def propose_automatic(actor: Actor, call: Call, stage: str) -> list[Disqualification]:
    """What the system finds in a stage; called by receiving and opening, inside their transaction.

    Sums are looked at only where they were opened. What was proposed before, whatever became of it, is not repeated.
    """
    announced, made = rules_of(call), []
    live = live_proposals(call, stage)
    for proposal in live:
        if proposal.estimate is not None and proposal.estimate > announced.rules.cap.value:
            over = f"見積額{proposal.estimate:,}円が、上限額{announced.rules.cap.value:,}円を超えています。"
            made.append(propose(actor, proposal.applicant, "over_cap", over))
        there = set(proposal.papers.values_list("paper", flat=True))
        missing = missing_of(asked_for(announced, stage, proposal.applicant), there)
        if missing:
            names = "、".join(f"{one.number} {one.name}" for one in missing)
            made.append(propose(actor, proposal.applicant, "missing_paper", f"出ていない書類：{names}"))
    for same in _doubled(live):
        receipts = "、".join(one.receipt for one in same)
        made += [
            propose(actor, one, "two_proposals", f"同じ応募者の提案が{len(same)}つあります（受付番号 {receipts}）。")
            for one in {one.applicant_id: one.applicant for one in same}.values()
        ]
    return [one for one in made if one is not None]


def propose_late(actor: Actor, proposal: Proposal) -> Disqualification | None:
    """Of an applicant who has nothing in time: what came was refused."""
    live = Proposal.objects.filter(applicant=proposal.applicant, stage=proposal.stage, state="received").exists()
    if live or proposal.received_at is None:
        return None
    at = proposal.received_at.astimezone(clock.TOKYO)
    words = {"late": "期限のあとに届きました", "counter_closed": "受付時間の外に持参されました"}.get(
        proposal.verdict, "この公募が受け付けない方法で届きました"
    )
    evidence = f"{words}（{at.year}年{at.month}月{at.day}日 {at:%H:%M:%S}、受付番号 {proposal.receipt}）。"
    return propose(actor, proposal.applicant, "late", evidence)


def propose(actor: Actor, applicant: Applicant, code: str, evidence: str) -> Disqualification | None:
    """Write down what the system found, once. None where it is known already, or no ground of the call covers it."""
    known = Disqualification.objects.filter(applicant=applicant, by_system=code).exists()
    ground = ground_for(rules_of(applicant.call), code)
    if known or ground is None or applicant.state in (ApplicantState.DISQUALIFIED, ApplicantState.WITHDRAWN):
        return None
    return _create(actor, applicant, ground, evidence[:1000], code)


def ground_for(announced: Announced, code: str) -> str | None:
    """The ground of the call that covers what the system found."""
    there = {one.key for one in announced.rules.disqualifications}
    return next((key for key in GROUNDS[code] if key in there), None)


def same_name(name: str) -> str:
    """A name without legal form, width and blanks: two entries of one organisation are seen as one."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"\s", "", _LEGAL_FORMS.sub("", plain))


def _doubled(live: list[Proposal]) -> list[list[Proposal]]:
    by_name: dict[str, list[Proposal]] = defaultdict(list)
    for one in live:
        by_name[same_name(one.applicant.name)].append(one)
    return [same for same in by_name.values() if len(same) > 1]


def _create(actor: Actor, applicant: Applicant, ground: str, evidence: str, code: str) -> Disqualification:
    made = Disqualification.objects.create(
        authority_id=applicant.authority_id,
        applicant=applicant,
        ground=ground,
        evidence=evidence,
        by_system=code,
        proposed_at=clock.now(),
    )
    record(actor, "disqualification.proposed", made, details={"ground": ground, "by_system": code})
    return made


def _decide(actor: Actor, proposed: Disqualification, state: str, reason: str) -> Disqualification:
    require_staff(actor, Permission.CALL_DECIDE, proposed)
    if not reason.strip():
        raise NotPossible("理由を書いてください。", "reason_needed")
    with transaction.atomic():
        applicant = lock(proposed.applicant)
        proposed = Disqualification.objects.select_for_update().get(pk=proposed.pk)
        if proposed.state != "proposed":
            raise NotPossible("もう決まっています。", "decided")
        if state == "confirmed" and applicant.state != ApplicantState.DISQUALIFIED:
            if not APPLICANTS.allows(applicant.state, ApplicantState.DISQUALIFIED):
                raise NotPossible("いまの状態では失格にできません。", "wrong_state")
            applicant.state, applicant.version = ApplicantState.DISQUALIFIED, applicant.version + 1
            applicant.save(update_fields=["state", "version"])
        proposed.state, proposed.reason = state, reason.strip()
        proposed.decided_at, proposed.decided_by = clock.now(), actor.account
        proposed.save(update_fields=["state", "reason", "decided_at", "decided_by"])
        record(actor, f"disqualification.{state}", proposed, details={"ground": proposed.ground})
    return proposed
