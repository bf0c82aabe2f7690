"""契約を結ぶ: signing begins the commission and the engagement in Yui; completing and ending."""

import datetime as dt

from django.db import transaction

from yui.base import clock, definitions
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require, town_of
from yui.base.audit.record import record
from yui.office.calls.domain.concluding import conclude_call
from yui.office.commissions.domain import end_engagement, require_complete, start_commission, start_engagement
from yui.office.commissions.models import Commission, Engagement
from yui.office.contracts.domain.deposits import is_settled
from yui.office.contracts.domain.steps import lock, move, require_signed
from yui.office.contracts.models import Contract, ContractDeposit
from yui.office.contracts.states import State


def sign_contract(*, actor: Actor, contract: Contract, on: dt.date) -> Contract:
    """Record that both sides have signed. The commission begins where it has not, and the engagement with it.

    The register of deliverables and papers then stands with its due dates. An engagement of the same organisation
    that runs already is taken over. Raises ``NotPossible``.
    """
    require(actor, Permission.CONTRACT_WRITE, contract)
    with transaction.atomic():
        contract = lock(contract)
        if on > clock.today():
            raise NotPossible("契約を結んだ日が、きょうより先です。", "signed_on")
        deposit = ContractDeposit.objects.get(contract=contract)
        if not is_settled(deposit):
            raise NotPossible("契約保証金を、さきに納めるか免除してください。", "deposit_open")
        contract.commission = _commission(actor, contract)
        contract.engagement = _engagement(actor, contract, contract.commission)
        contract.signed_on = on
        conclude_call(actor=actor, applicant_id=contract.selection_id)
        return move(actor=actor, contract=contract, to=State.SIGNED)


def complete_contract(*, actor: Actor, contract: Contract, on: dt.date | None = None) -> Contract:
    """完了: everything mandatory was accepted (P-801)."""
    require(actor, Permission.CONTRACT_WRITE, contract)
    require(actor, Permission.APPROVAL_DECIDE, contract)
    with transaction.atomic():
        contract = lock(contract)
        require_signed(contract)
        assert contract.commission is not None
        require_complete(contract.commission)
        contract.completed_on = on or clock.today()
        return move(actor=actor, contract=contract, to=State.COMPLETED)


def end_contract(*, actor: Actor, contract: Contract, kind: str, ground: str, on: dt.date | None = None) -> Contract:
    """解除 with its ground; the contractor's people see nothing from the day after. Raises ``NotPossible``."""
    require(actor, Permission.CONTRACT_WRITE, contract)
    require(actor, Permission.APPROVAL_DECIDE, contract)
    day = on or clock.today()
    if not ground.strip():
        raise NotPossible("解除する理由を書いてください。", "ground")
    with transaction.atomic():
        contract = lock(contract)
        require_signed(contract)
        engagement = contract.engagement
        if contract.signed_on is not None and day < contract.signed_on:
            raise NotPossible("解除の日が、契約を結んだ日より前です。", "ended_on")
        contract.ended_on, contract.end_kind, contract.end_ground = day, Contract.End(kind), ground.strip()
        if engagement is not None and day < engagement.ends_on:
            end_engagement(actor=actor, engagement=engagement, on=max(day, engagement.starts_on))
        return move(actor=actor, contract=contract, to=State.ENDED)


def _commission(actor: Actor, contract: Contract) -> Commission:
    standing = Commission.objects.filter(key=contract.commission_key).first()
    if standing is not None:
        return standing
    return start_commission(
        actor=actor,
        definition=definitions.current(town_of(actor)),
        key=contract.commission_key,
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
    )


def _engagement(actor: Actor, contract: Contract, commission: Commission) -> Engagement:
    running = Engagement.objects.filter(
        commission=commission,
        organization=contract.organization,
        starts_on__lte=contract.ends_on,
        ends_on__gte=contract.starts_on,
    ).first()
    if running is not None:
        record(actor, "contract.engagement_taken_over", contract)
        return running
    return start_engagement(
        actor=actor,
        commission=commission,
        organization=contract.organization,
        starts_on=max(contract.starts_on, commission.starts_on),
        ends_on=min(contract.ends_on, commission.ends_on),
    )
