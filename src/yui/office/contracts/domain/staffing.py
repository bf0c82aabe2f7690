"""業務の体制: whom the contractor named, and a change that is reported or consented to before it happens (P-407, P-706)."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere, require
from yui.base.approvals.decisions import decides
from yui.base.approvals.domain import approve, request_approval, return_for_change, withdraw
from yui.base.approvals.models import Approval
from yui.base.approvals.states import State
from yui.base.audit.record import record
from yui.engine.calendar.written import fiscal_year
from yui.office.contracts.domain.steps import approval_for, lock, lock_row, require_signed
from yui.office.contracts.models import Contract, NamedStaff, StaffChange
from yui.office.contracts.queries import path_of
from yui.office.contracts.rules import CONSENTED, kept_rules

REPORTED, SEEN = "reported", "seen"
KEPT_YEARS = 5


def name_staff(
    *, actor: Actor, contract: Contract, role: str, name: str, career: str, starts_on: dt.date
) -> NamedStaff:
    """Name somebody. The contractor names the first ones; afterwards a change takes its own way. ``NotPossible``."""
    require(actor, Permission.CONTRACT_REQUEST, contract)
    with transaction.atomic():
        contract = lock(contract)
        in_office = NamedStaff.objects.filter(contract=contract, role=role, starts_on__isnull=False, ends_on=None)
        if in_office.exists() and not holds_everywhere(actor, Permission.CONTRACT_WRITE):
            raise NotPossible("この役割の人は、もう届けてあります。替えるときは「体制を変える」から届けます。", "role")
        staff = NamedStaff.objects.create(
            authority=actor.authority, contract=contract, role=NamedStaff.Role(role), name=name, career=career,
            starts_on=starts_on, recorded_at=clock.now(),
        )  # fmt: skip
        record(actor, "staff.named", staff, fields=["role", "name", "career"])
    return staff


def request_staff_change(
    *,
    actor: Actor,
    leaving: NamedStaff,
    name: str,
    career: str,
    planned_on: dt.date,
    reason: str,
    reason_words: str,
    equal_or_better: str = "",
    handover: str = "",
) -> StaffChange:
    """Report or ask for a change, as the contract has it. A report takes effect by itself. Raises ``NotPossible``."""
    require(actor, Permission.CONTRACT_REQUEST, leaving)
    with transaction.atomic():
        leaving = lock_row(leaving)
        contract = lock(leaving.contract)
        require_signed(contract)
        rule = kept_rules(contract.terms.get("contracting")).staff_changes
        _changeable(leaving, planned_on)
        if rule == CONSENTED and not equal_or_better.strip():
            raise NotPossible("新しい人が同等以上である理由を書いてください。", "equal_or_better")
        coming = NamedStaff.objects.create(
            authority=actor.authority, contract=contract, role=leaving.role, name=name, career=career,
            recorded_at=clock.now(),
        )  # fmt: skip
        change = StaffChange.objects.create(
            authority=actor.authority, contract=contract, leaving=leaving, coming=coming, planned_on=planned_on,
            reason=StaffChange.Reason(reason), reason_words=reason_words, equal_or_better=equal_or_better,
            handover=handover, rule=rule, state=State.REVIEW if rule == CONSENTED else REPORTED,
            asked_by=actor.account, recorded_at=clock.now(),
        )  # fmt: skip
        if rule == CONSENTED:
            request_approval(
                actor=actor, kind="staff_change", object_id=change.public_id, title="業務の体制の変更",
                url=path_of("staff_change", change), permission=Permission.CONTRACT_REQUEST, thing=change,
            )  # fmt: skip
        else:
            _apply(change, planned_on)
        record(actor, "staff_change.requested", change, details={"rule": rule})
    return change


def see_staff_change(*, actor: Actor, change: StaffChange) -> StaffChange:
    """The officer has read a reported change."""
    require(actor, Permission.CONTRACT_WRITE, change)
    with transaction.atomic():
        change = lock_row(change)
        if change.state != REPORTED:
            raise NotPossible("この報告は、もう確かめてあります。", "wrong_state")
        change.state, change.decided_on = SEEN, clock.today()
        change.version += 1
        change.save()
        record(actor, "staff_change.seen", change)
    return change


def decide_staff_change(*, actor: Actor, change: StaffChange, accepted: bool, comment: str = "") -> StaffChange:
    """Consent, or return with words; a returned one leaves the structure as it was."""
    approval = approval_for("staff_change", change)
    if accepted:
        approve(actor=actor, approval=approval, comment=comment)
    else:
        return_for_change(actor=actor, approval=approval, comment=comment)
        withdraw(actor=actor, approval=approval)  # asked for anew, as a row of its own
    change.refresh_from_db()
    return change


def erase_named_staff(*, actor: Actor, staff: NamedStaff) -> NamedStaff:
    """Blank name, career and the words about them; that somebody held the role, and when, stays."""
    require(actor, Permission.PERSON_ERASE, staff)
    require(actor, Permission.CONTRACT_WRITE, staff)
    with transaction.atomic():
        staff = lock_row(staff)
        if staff.ends_on is None and staff.contract.state == "signed":
            raise NotPossible("いま役割を持つ人は消せません。さきに体制を変えてください。", "in_office")
        _erase(staff)
        record(actor, "staff.erased", staff, fields=["name", "career"])
    return staff


def forget_staff(*, actor: Actor, today: dt.date) -> int:
    """Erase whom the retention no longer allows: five 年度 after that in which the contract ended."""
    require(actor, Permission.PERSON_ERASE)
    rows = NamedStaff.objects.filter(erased_on=None).exclude(contract__state="signed").select_related("contract")
    count = 0
    with transaction.atomic():
        for staff in rows:
            over = staff.contract.ended_on or staff.contract.completed_on or staff.contract.ends_on
            if fiscal_year(today) > fiscal_year(over) + KEPT_YEARS:
                _erase(staff)
                record(actor, "staff.erased", staff, fields=["name", "career"])
                count += 1
    return count


def _changeable(leaving: NamedStaff, planned_on: dt.date) -> None:
    if leaving.ends_on is not None or leaving.starts_on is None:
        raise NotPossible("この人は、いまその役割を持っていません。", "not_in_office")
    if planned_on < clock.today() or planned_on <= leaving.starts_on:
        raise NotPossible("体制の変更は、変える前に届けます。変わる日を、きょうより先にしてください。", "planned_on")
    if StaffChange.objects.filter(leaving=leaving, state=State.REVIEW).exists():
        raise NotPossible("この人の変更は、もう届け出てあります。", "already_open")


def _apply(change: StaffChange, first: dt.date) -> None:
    NamedStaff.objects.filter(pk=change.leaving_id).update(ends_on=first - dt.timedelta(days=1))
    NamedStaff.objects.filter(pk=change.coming_id).update(starts_on=first)


def _erase(staff: NamedStaff) -> None:
    staff.name, staff.career, staff.erased_on = "", "", clock.today()
    staff.version += 1
    staff.save()
    about = StaffChange.objects.filter(Q(leaving=staff) | Q(coming=staff))
    about.update(reason_words="", equal_or_better="", handover="")


def _react(*, actor: Actor, approval: Approval, state: State, comment: str) -> None:
    if state == State.REVIEW:
        return
    change = lock_row(StaffChange.objects.get(public_id=approval.object_id))
    if change.state == State.RETURNED:
        return
    if state == State.APPROVED:
        _apply(change, max(change.planned_on, clock.today()))
    change.state, change.decided_on = state, clock.today()
    change.version += 1
    change.save()
    record(actor, f"staff_change.{state}", change)


decides("staff_change")(_react)
