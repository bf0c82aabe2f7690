"""参加資格: declared by the applicant requirement by requirement, looked at by staff, decided. A later word is a new row."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.audit.record import record
from yui.office.calls.domain.disqualifying import propose
from yui.office.calls.domain.standing import lock, require_before, require_own, require_staff, require_taking
from yui.office.calls.models import Applicant, EligibilityAnswer
from yui.office.calls.queries.applicants import answers_of
from yui.office.calls.rules import rules_of
from yui.office.calls.states import APPLICANTS, ApplicantState, CallState

DECIDED = frozenset({ApplicantState.SELECTED, ApplicantState.NOT_SELECTED})
GOING_ON = frozenset(ApplicantState) - {ApplicantState.REGISTERED, ApplicantState.NOT_ELIGIBLE}
"""Where nothing changes when every requirement holds."""
RESULTS = ("pending", "ok", "not_ok")


@dataclass(frozen=True, slots=True)
class Declared:
    """What is said to one requirement."""

    holds: bool
    words: str = ""


def declare_eligibility(*, actor: Actor, applicant: Applicant, answers: Mapping[str, Declared]) -> int:
    """The applicant's word to requirements of the call; only what changed makes a new row. Returns how many did.

    Until the first deadline. KeyError for a requirement that the call does not have.
    """
    require_own(actor, applicant)
    with transaction.atomic():
        applicant = lock(applicant)
        announced = rules_of(applicant.call)
        require_taking(applicant.call)
        require_before(announced, announced.rules.stages[0].key)
        present, made = answers_of(applicant), 0
        for key, declared in answers.items():
            announced.requirement(key)
            last = present.get(key)
            if last is not None and (last.declared, last.words) == (declared.holds, declared.words):
                continue
            _answer(applicant, key, declared=declared.holds, words=declared.words, result="pending")
            made += 1
        if made:
            record(actor, "eligibility.declared", applicant, fields=answers)
    return made


def check_requirement(
    *, actor: Actor, applicant: Applicant, requirement: str, result: str, reason: str = ""
) -> EligibilityAnswer:
    """Staff's look at one requirement, also again, until the contract. A ``not_ok`` and a ``pending`` need a reason."""
    require_staff(actor, Permission.PROPOSAL_WRITE, applicant)
    if result not in RESULTS:
        raise ValueError(f"no such result {result}")
    if result != "ok" and not reason.strip():
        raise NotPossible("理由を書いてください。", "reason_needed")
    with transaction.atomic():
        applicant = lock(applicant)
        _require_running(applicant)
        rules_of(applicant.call).requirement(requirement)
        last = answers_of(applicant).get(requirement)
        made = _answer(
            applicant, requirement, declared=bool(last and last.declared), words=last.words if last else "",
            result=result, reason=reason.strip(), actor=actor,
        )  # fmt: skip
        record(actor, "eligibility.checked", applicant, details={"requirement": requirement, "result": result})
    return made


def decide_eligibility(*, actor: Actor, applicant: Applicant) -> Applicant:
    """資格の有無: the conjunction of all requirements. A candidate who loses it is proposed for disqualification.

    Raises ``NotPossible`` while a requirement is pending and none is ``not_ok``.
    """
    require_staff(actor, Permission.CALL_DECIDE, applicant)
    with transaction.atomic():
        applicant = lock(applicant)
        _require_running(applicant)
        failed, open_ones = standing_in(applicant)
        if open_ones and not failed:
            raise NotPossible("まだ確認していない資格があります。", "pending")
        target = ApplicantState.NOT_ELIGIBLE if failed else ApplicantState.ELIGIBLE
        if failed and applicant.state in DECIDED:
            propose(actor, applicant, "not_eligible", "、".join(failed))
            return applicant
        known = {ApplicantState.NOT_ELIGIBLE} if failed else GOING_ON
        if applicant.state in known:
            return applicant
        if not APPLICANTS.allows(applicant.state, target):
            raise NotPossible("いまの状態では決められません。", "wrong_state")
        before, applicant.state, applicant.version = applicant.state, target, applicant.version + 1
        applicant.save(update_fields=["state", "version"])
        record(actor, f"applicant.{target}", applicant, details={"before": before, "failed": failed})
    return applicant


def standing_in(applicant: Applicant) -> tuple[list[str], list[str]]:
    """Keys of the requirements that do not hold, and of those not yet looked at."""
    answers = answers_of(applicant)
    keys = [one.key for one in rules_of(applicant.call).rules.eligibility]
    results = {key: answers[key].result if key in answers else "pending" for key in keys}
    return [key for key in keys if results[key] == "not_ok"], [key for key in keys if results[key] == "pending"]


def _require_running(applicant: Applicant) -> None:
    if applicant.call.state in (CallState.CONTRACTED, CallState.CANCELLED, CallState.NO_CANDIDATE):
        raise NotPossible(_("この公募は終わりました。"), "ended")


def _answer(
    applicant: Applicant,
    key: str,
    *,
    declared: bool,
    words: str,
    result: str,
    reason: str = "",
    actor: Actor | None = None,
) -> EligibilityAnswer:
    return EligibilityAnswer.objects.create(
        authority_id=applicant.authority_id,
        applicant=applicant,
        requirement=key,
        declared=declared,
        words=words,
        result=result,
        reason=reason,
        effective_on=clock.today(),
        recorded_at=clock.now(),
        looked_at_by=actor.account if actor else None,
    )
