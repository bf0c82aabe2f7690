"""提出: an applicant's own papers through the portal, encrypted as they come, handed in with a receipt.

Before the deadline a new submission replaces the earlier one and counts as one (P-412). Two tabs are one after the other:
each verb holds the applicant's row.
"""

import datetime as dt
import hashlib
import secrets
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.audit.record import record
from yui.base.files import store
from yui.base.files.domain import check_file, read_upload
from yui.base.tenancy.models import ALPHABET
from yui.office.calls.checklist import AGREEMENT, Asked, asks_estimate, missing_of
from yui.office.calls.deadlines import takes_web
from yui.office.calls.domain.standing import (
    asked_for,
    lock,
    require_before,
    require_in_stage,
    require_own,
    require_taking,
)
from yui.office.calls.models import Applicant, Call, ConsortiumMember, Proposal, SubmittedPaper
from yui.office.calls.paper_checks import findings_of
from yui.office.calls.rules import Announced, rules_of
from yui.office.calls.sealed import keep, seal_estimate

MOST_FILES = 60
"""Files in one submission, over all papers."""
MOST_YEN = 10**12


def begin_draft(*, actor: Actor, applicant: Applicant, stage: str) -> Proposal:
    """The draft of a stage; after a submission it begins with the papers handed in, so that one can be exchanged."""
    require_own(actor, applicant)
    with transaction.atomic():
        applicant = lock(applicant)
        require_open(rules_of(applicant.call), stage, applicant)
        return _draft(applicant, stage)


def add_paper(
    *,
    actor: Actor,
    applicant: Applicant,
    stage: str,
    paper: str,
    upload: File | bytes,
    name: str,
    not_counted: int = 0,
    obtained_on: dt.date | None = None,
) -> SubmittedPaper:
    """Check, encrypt and keep one file of the checklist. ``not_counted``: pages of cover and contents, as the applicant
    tells. Raises ``NotPossible`` with a sentence for the field; then there is no row and no file.
    """
    require_own(actor, applicant)
    announced = rules_of(applicant.call)
    asked = asked_line(announced, stage, applicant, paper)
    if asked.within_months and obtained_on is None:
        raise NotPossible(_("この証明書が発行された日を書いてください。"), "obtained_on")
    checked = check_file(read_upload(upload), name)
    findings = findings_of(asked, checked, not_counted=not_counted, obtained_on=obtained_on, today=clock.today())
    with transaction.atomic():
        applicant = lock(applicant)
        require_open(announced, stage, applicant)
        draft = _draft(applicant, stage)
        if draft.papers.count() >= MOST_FILES:
            raise NotPossible(_("ファイルが多すぎます。まとめてから、出してください。"), "too_many")
        row = write_paper(draft, paper, checked.data, name, findings, checked.kind.content_type)
        row.obtained_on = obtained_on
        _saved_or_removed(row)
        record(actor, "paper.added", row, details={"paper": paper, "size": row.size})
    return row


def remove_paper(*, actor: Actor, paper: SubmittedPaper) -> None:
    """Take a file out of the draft; what was handed in stays in the history."""
    applicant = paper.proposal.applicant
    require_own(actor, applicant)
    with transaction.atomic():
        applicant = lock(applicant)
        require_open(rules_of(applicant.call), paper.proposal.stage, applicant)
        if Proposal.objects.get(pk=paper.proposal_id).state != "draft":
            raise NotPossible(_("提出した書類は消せません。期限までは、差し替えられます。"), "handed_in")
        record(actor, "paper.removed", paper, details={"paper": paper.paper})
        path = paper.path
        paper.delete()
        if path and not SubmittedPaper.objects.filter(path=path).exists():
            transaction.on_commit(lambda: store.remove(path))


def set_estimate(*, actor: Actor, applicant: Applicant, stage: str, yen: int) -> bool:
    """Seal the sum. Returns whether it is above the cap, which is told to the applicant alone."""
    require_own(actor, applicant)
    if not 0 < yen < MOST_YEN:
        raise NotPossible(_("見積額を、円の整数で書いてください。"), "yen")
    with transaction.atomic():
        applicant = lock(applicant)
        announced = rules_of(applicant.call)
        require_open(announced, stage, applicant)
        draft = _draft(applicant, stage)
        draft.sealed_estimate = seal_estimate(yen)
        draft.save(update_fields=["sealed_estimate"])
        record(actor, "estimate.sealed", draft)
    return yen > announced.rules.cap.value


def submit_proposal(*, actor: Actor, applicant: Applicant, stage: str, although_missing: bool = False) -> Proposal:
    """Hand the draft in. The earlier submission of the stage becomes history.

    ``although_missing``: the applicant saw what is missing and hands in nevertheless. After the deadline refused and
    recorded. Raises ``NotPossible``.
    """
    require_own(actor, applicant)
    announced = rules_of(applicant.call)
    try:
        with transaction.atomic():
            applicant = lock(applicant)
            require_open(announced, stage, applicant)
            return _hand_in(actor, announced, applicant, stage, although_missing=although_missing)
    except NotPossible as problem:
        if problem.code == "late":
            record(actor, "proposal.late_refused", applicant, details={"stage": stage})
        raise


def _hand_in(
    actor: Actor, announced: Announced, applicant: Applicant, stage: str, *, although_missing: bool
) -> Proposal:
    draft = Proposal.objects.filter(applicant=applicant, stage=stage, state="draft").first()
    if draft is None:
        raise NotPossible(_("もう提出されています。受領証で、たしかめてください。"), "handed_in")
    there = set(draft.papers.values_list("paper", flat=True))
    missing = [f"{one.number} {one.name}" for one in missing_of(asked_for(announced, stage, applicant), there)]
    if asks_estimate(announced, stage) and not draft.sealed_estimate:
        missing.append(_("見積額"))
    if missing and (not although_missing or not there):
        names = "、".join(missing)
        raise NotPossible(_("まだ出ていないものがあります：%(names)s") % {"names": names}, "missing")
    Proposal.objects.filter(applicant=applicant, stage=stage, state="received").update(state="replaced")
    draft.state, draft.channel, draft.received_at = "received", "web", clock.now()
    draft.receipt, draft.version = receipt_number(applicant.call, announced, stage), draft.version + 1
    draft.save(update_fields=["state", "channel", "received_at", "receipt", "version"])
    agreement = draft.papers.filter(paper=AGREEMENT).first()
    if agreement is not None:
        ConsortiumMember.objects.filter(applicant=applicant).update(agreement_id=agreement.public_id)
    details: dict[str, Any] = {"stage": stage, "receipt": draft.receipt, "papers": draft.papers.count()}
    record(actor, "proposal.received", draft, details=details)
    return draft


def require_open(announced: Announced, stage: str, applicant: Applicant) -> None:
    """Raise ``NotPossible`` unless the applicant may hand in papers of the stage through the portal now."""
    require_taking(applicant.call)
    if not takes_web(announced):
        raise NotPossible(
            _("この公募の書類は、ここからは出せません。持参か郵送で出してください。"), "channel_not_allowed"
        )
    require_before(announced, stage)
    require_in_stage(announced, stage, applicant)
    fixed = not announced.rules.submission.replacement_before_deadline.value
    if fixed and Proposal.objects.filter(applicant=applicant, stage=stage, state="received").exists():
        raise NotPossible(_("この公募では、提出したあとの差し替えはできません。"), "no_replacement")


def asked_line(announced: Announced, stage: str, applicant: Applicant, paper: str) -> Asked:
    """The line of the checklist. ``NotPossible`` for a paper that is not asked of this applicant."""
    found = next((one for one in asked_for(announced, stage, applicant) if one.key == paper), None)
    if found is None:
        raise NotPossible(_("この書類は、提出書類の一覧にありません。"), "not_asked")
    return found


def write_paper(
    proposal: Proposal, paper: str, data: bytes, name: str, findings: list[dict[str, Any]], content_type: str
) -> SubmittedPaper:
    """Encrypt the bytes onto the disk; the row, not yet saved."""
    path, envelope = keep(proposal.authority, data, name.replace("\\", "/").rpartition("/")[2][-150:], findings)
    return SubmittedPaper(
        authority_id=proposal.authority_id,
        proposal=proposal,
        paper=paper,
        path=path,
        envelope=envelope,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        content_type=content_type,
        added_at=clock.now(),
    )


def _saved_or_removed(row: SubmittedPaper) -> None:
    try:
        row.save()
    except BaseException:
        store.remove(row.path)
        raise


def receipt_number(call: Call, announced: Announced, stage: str) -> str:
    """受付番号. Random, so that nobody counts the rivals by it."""
    letters = "".join(secrets.choice(ALPHABET) for _each in range(8)).upper()
    return f"{call.key}-{call.number}-{announced.stage(stage).number}-{letters[:4]}-{letters[4:]}".upper()


def combined_hash(papers: list[SubmittedPaper]) -> str:
    """SHA-256 over the lines ``paper sha256``, in order: one number for the whole submission."""
    lines = sorted(f"{one.paper} {one.sha256}\n" for one in papers if one.sha256)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _draft(applicant: Applicant, stage: str) -> Proposal:
    """The draft, made where there is none: a copy of what is handed in, or empty."""
    draft = Proposal.objects.filter(applicant=applicant, stage=stage, state="draft").first()
    if draft is not None:
        return draft
    before = Proposal.objects.filter(applicant=applicant, stage=stage, state="received").order_by("-id").first()
    draft = Proposal.objects.create(
        authority_id=applicant.authority_id,
        applicant=applicant,
        stage=stage,
        sealed_estimate=before.sealed_estimate if before else "",
    )
    for one in before.papers.filter(on_paper=False) if before else ():
        one.pk, one._state.adding, one.proposal = None, True, draft
        one.public_id = SubmittedPaper._meta.get_field("public_id").get_default()
        one.save()
    return draft
