"""変更契約: asked for with its reason, in force once it is approved. The amount may be reduced (P-707)."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max

from yui.base import clock, definitions
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require, town_of
from yui.base.approvals.decisions import decides
from yui.base.approvals.domain import approve, request_approval, return_for_change, withdraw
from yui.base.approvals.models import Approval
from yui.base.approvals.states import State
from yui.base.audit.record import record
from yui.office.commissions.domain.terms import move_end
from yui.office.contracts.domain.drafting import write_years
from yui.office.contracts.domain.steps import approval_for, lock, lock_row, require_signed
from yui.office.contracts.facts import budget_of
from yui.office.contracts.models import Amendment, Contract
from yui.office.contracts.queries import contract_path
from yui.office.contracts.yearly import judge_years, years_between


def request_amendment(
    *,
    actor: Actor,
    contract: Contract,
    effective_on: dt.date,
    reason: str,
    amount: int,
    tax: int,
    ends_on: dt.date,
    years: Mapping[int, int],
) -> Amendment:
    """Lay a change of amount or term before those who decide. Raises ``NotPossible``."""
    require(actor, Permission.CONTRACT_WRITE, contract)
    with transaction.atomic():
        contract = lock(contract)
        require_signed(contract)
        if amount == contract.amount and ends_on == contract.ends_on and tax == contract.tax:
            raise NotPossible("金額か期間の、どちらかを変えてください。", "nothing_changes")
        if not 0 <= tax <= amount or amount < 1:
            raise NotPossible("消費税の額は、契約金額の内の額です。", "tax")
        if ends_on < contract.starts_on or effective_on < contract.starts_on:
            raise NotPossible("契約の始まりより前の日にはできません。", "ends_on")
        if Amendment.objects.filter(contract=contract, state=State.REVIEW).exists():
            raise NotPossible("決裁中の変更契約があります。", "already_open")
        years = years or dict.fromkeys(years_between(contract.starts_on, ends_on)[:1], amount)
        found = judge_years(amount, years, years_between(contract.starts_on, ends_on), budget_of(contract.terms))
        stopping = [finding.sentence for finding in found if finding.stops]
        if stopping:
            raise NotPossible(stopping[0], "years")
        newest = Amendment.objects.filter(contract=contract).aggregate(newest=Max("number"))["newest"] or 0
        amendment = Amendment.objects.create(
            authority=actor.authority, contract=contract, number=newest + 1, effective_on=effective_on,
            reason=reason, amount_before=contract.amount, amount=amount, tax=tax, ends_before=contract.ends_on,
            ends_on=ends_on, years={str(year): value for year, value in years.items()}, asked_by=actor.account,
            recorded_at=clock.now(),
        )  # fmt: skip
        request_approval(
            actor=actor, kind="amendment", object_id=amendment.public_id,
            title=f"変更契約：{contract.title}"[:200], url=contract_path(contract) + "#amendments", comment="",
            permission=Permission.CONTRACT_WRITE, thing=amendment,
        )  # fmt: skip
        record(actor, "amendment.requested", amendment, details={"number": amendment.number})
    return amendment


def decide_amendment(*, actor: Actor, amendment: Amendment, accepted: bool, comment: str = "") -> Amendment:
    """Approve it, or return it with words. A returned one stays as a row; a new one is asked for instead."""
    approval = approval_for("amendment", amendment)
    if accepted:
        approve(actor=actor, approval=approval, comment=comment)
    else:
        return_for_change(actor=actor, approval=approval, comment=comment)
        withdraw(actor=actor, approval=approval)  # asked for anew, as a row of its own
    amendment.refresh_from_db()
    return amendment


def _react(*, actor: Actor, approval: Approval, state: State, comment: str) -> None:
    if state == State.REVIEW:
        return
    amendment = lock_row(Amendment.objects.get(public_id=approval.object_id))
    if amendment.state == State.RETURNED:
        return
    amendment.state, amendment.decided_on = state, clock.today()
    amendment.version += 1
    amendment.save()
    if state == State.APPROVED:
        _apply(actor, amendment)
    record(actor, f"amendment.{state}", amendment)


def _apply(actor: Actor, amendment: Amendment) -> None:
    """The contract as it is from now on; years, engagement and due dates follow."""
    contract = lock(amendment.contract)
    require_signed(contract)
    contract.amount, contract.tax, contract.ends_on = amendment.amount, amendment.tax, amendment.ends_on
    contract.version += 1
    contract.save()
    write_years(actor=actor, contract=contract, amounts={int(year): value for year, value in amendment.years.items()})
    if amendment.ends_on != amendment.ends_before and contract.engagement and contract.commission:
        move_end(
            actor=actor, commission=contract.commission, engagement=contract.engagement, ends_on=amendment.ends_on,
            definition=definitions.current(town_of(actor)),
        )  # fmt: skip


decides("amendment")(_react)
