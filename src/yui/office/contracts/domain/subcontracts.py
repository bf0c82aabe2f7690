"""再委託: asked for by the contractor for each subcontractor, approved in writing before it begins (P-705)."""

import datetime as dt

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.approvals.decisions import decides
from yui.base.approvals.domain import approve, request_approval, return_for_change, withdraw
from yui.base.approvals.models import Approval
from yui.base.approvals.states import State
from yui.base.audit.record import record
from yui.office.contracts.domain.steps import approval_for, lock, lock_row, require_signed
from yui.office.contracts.models import Contract, Subcontract
from yui.office.contracts.queries import path_of
from yui.office.contracts.rules import LISTED_IN_FORM, NOT_IN_PRINCIPLE, kept_rules


def request_subcontract(
    *,
    actor: Actor,
    contract: Contract,
    subcontractor: str,
    work: str,
    outline: str,
    structure: str,
    amount: int,
    starts_on: dt.date,
    ground: str,
    listed: bool = False,
) -> Subcontract:
    """Ask for one subcontractor; it may begin after the approval only. Raises ``NotPossible``."""
    require(actor, Permission.CONTRACT_REQUEST, contract)
    with transaction.atomic():
        contract = lock(contract)
        require_signed(contract)
        _before(starts_on)
        if amount > contract.amount:
            raise NotPossible("再委託の額が、契約金額を超えています。", "amount")
        row = Subcontract.objects.create(
            authority=actor.authority, contract=contract, subcontractor=subcontractor, work=work, outline=outline,
            structure=structure, amount=amount, starts_on=starts_on, ground=ground, listed=listed,
            asked_by=actor.account, recorded_at=clock.now(),
        )  # fmt: skip
        _ask(actor, row)
        record(actor, "subcontract.requested", row)
    return row


def change_subcontract(*, actor: Actor, subcontract: Subcontract, **values: object) -> Subcontract:
    """Change one that was returned and ask again. Raises ``NotPossible``."""
    require(actor, Permission.CONTRACT_REQUEST, subcontract)
    with transaction.atomic():
        row = lock_row(subcontract)
        if row.state != State.RETURNED:
            raise NotPossible("なおせるのは、差し戻されたものだけです。", "wrong_state")
        for name in ("subcontractor", "work", "outline", "structure", "amount", "starts_on", "ground", "listed"):
            setattr(row, name, values.get(name, getattr(row, name)))
        _before(row.starts_on)
        row.state, row.decided_on, row.indispensable = State.REVIEW, None, ""
        row.version += 1
        row.save()
        _ask(actor, row)
        record(actor, "subcontract.changed", row)
    return row


def decide_subcontract(
    *, actor: Actor, subcontract: Subcontract, accepted: bool, comment: str = "", indispensable: str = ""
) -> Subcontract:
    """Approve or return. Where 再委託 is not allowed in principle, ``indispensable`` is the authority's own finding."""
    require(actor, Permission.APPROVAL_DECIDE, subcontract)
    with transaction.atomic():
        row = lock_row(subcontract)
        approval = approval_for("subcontract", row)
        if accepted:
            if indispensable.strip():
                row.indispensable = indispensable.strip()
                row.save(update_fields=["indispensable"])
            approve(actor=actor, approval=approval, comment=comment)
        else:
            return_for_change(actor=actor, approval=approval, comment=comment)
    row.refresh_from_db()
    return row


def withdraw_subcontract(*, actor: Actor, subcontract: Subcontract) -> Subcontract:
    """取下げ by the contractor, before it is decided."""
    require(actor, Permission.CONTRACT_REQUEST, subcontract)
    withdraw(actor=actor, approval=approval_for("subcontract", subcontract))
    subcontract.refresh_from_db()
    return subcontract


def _ask(actor: Actor, row: Subcontract) -> None:
    request_approval(
        actor=actor, kind="subcontract", object_id=row.public_id, title=f"再委託：{row.subcontractor}"[:200],
        url=path_of("subcontract", row), permission=Permission.CONTRACT_REQUEST, thing=row,
    )  # fmt: skip


def _before(starts_on: dt.date) -> None:
    if starts_on < clock.today():
        raise NotPossible("再委託は、始める前に承認が要ります。始める日を、きょうより先にしてください。", "starts_on")


def _approvable(row: Subcontract) -> None:
    """Raise ``NotPossible`` where the rule of the contract or the day does not allow an approval."""
    rules = kept_rules(row.contract.terms.get("contracting"))
    if rules.subcontracts == NOT_IN_PRINCIPLE and not row.indispensable.strip():
        raise NotPossible(
            "再委託は原則として認められません。欠かせない理由（市の判断）を書いてください。", "indispensable"
        )
    if rules.subcontracts == LISTED_IN_FORM and not row.listed:
        form = rules.subcontract_form or "提案の様式"
        raise NotPossible(f"{form}に書かれていません。差し戻して、なおしてもらってください。", "not_listed")
    if row.starts_on < clock.today():
        raise NotPossible("始める日が過ぎています。差し戻して、日をなおしてもらってください。", "starts_on")


def _react(*, actor: Actor, approval: Approval, state: State, comment: str) -> None:
    if state == State.REVIEW:
        return
    row = lock_row(Subcontract.objects.get(public_id=approval.object_id))
    if state == State.APPROVED:
        _approvable(row)
    row.state, row.decided_on = state, clock.today()
    row.version += 1
    row.save()
    record(actor, f"subcontract.{state}", row)


decides("subcontract")(_react)
