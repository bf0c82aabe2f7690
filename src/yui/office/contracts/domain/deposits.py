"""契約保証金: paid, waived with ground and evidence, returned after completion (P-702)."""

import datetime as dt

from django.core.files.base import File
from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.record import record
from yui.base.files.domain import store_file
from yui.office.contracts.domain.steps import lock_row
from yui.office.contracts.models import ContractDeposit
from yui.office.contracts.states import State


def settle_deposit(
    *,
    actor: Actor,
    deposit: ContractDeposit,
    paid: int = 0,
    paid_on: dt.date | None = None,
    waived: int = 0,
    ground: str = "",
    upload: File | bytes | None = None,
    name: str = "",
) -> ContractDeposit:
    """Record what was paid and what is waived, wholly or partly; together at least the least deposit.

    A waiver needs its ground and the paper that shows it. Raises ``NotPossible``.
    """
    require(actor, Permission.CONTRACT_WRITE, deposit)
    with transaction.atomic():
        deposit = lock_row(deposit)
        if deposit.contract.state not in (State.DRAFT, State.REVIEW, State.APPROVED):
            raise NotPossible("契約保証金は、契約を結ぶ前に決めます。", "wrong_state")
        if paid and paid_on is None:
            raise NotPossible("納めた日を書いてください。", "paid_on")
        if waived and not ground.strip():
            raise NotPossible("免除する理由を書いてください。", "ground")
        if waived and upload is None and not deposit.evidence_id:
            raise NotPossible("免除の根拠になる書類（保証書など）をつけてください。", "evidence")
        if paid + waived < (deposit.least or 0):
            raise NotPossible(f"納める額と免除する額を合わせて、{deposit.least:,}円以上にしてください。", "too_little")
        if upload is not None:
            deposit.evidence_id = store_file(
                actor=actor, upload=upload, name=name, purpose="contract", permission=Permission.CONTRACT_WRITE,
                thing=deposit, related=("contract", deposit.contract.public_id),
            ).public_id  # fmt: skip
        deposit.paid, deposit.paid_on = paid, paid_on if paid else None
        deposit.waived, deposit.ground = waived, ground.strip() if waived else ""
        deposit.version += 1
        deposit.save()
        record(actor, "deposit.settled", deposit, details={"paid": bool(paid), "waived": bool(waived)})
    return deposit


def return_deposit(*, actor: Actor, deposit: ContractDeposit, on: dt.date | None = None) -> ContractDeposit:
    """Record that the deposit went back, after completion or a termination that is not the contractor's fault."""
    require(actor, Permission.CONTRACT_WRITE, deposit)
    day = on or clock.today()
    with transaction.atomic():
        deposit = lock_row(deposit)
        if not deposit.paid or deposit.returned_on:
            raise NotPossible("返す保証金がありません。", "nothing_paid")
        if deposit.contract.state not in (State.COMPLETED, State.ENDED, State.DROPPED):
            raise NotPossible("契約保証金は、契約が終わったあとで返します。", "not_over")
        if deposit.paid_on is not None and day < deposit.paid_on:
            raise NotPossible("返した日が、納めた日より前です。", "returned_on")
        deposit.returned_on = day
        deposit.version += 1
        deposit.save()
        record(actor, "deposit.returned", deposit, details={"on": day.isoformat()})
    return deposit


def is_settled(deposit: ContractDeposit) -> bool:
    """Whether paid and waived reach the least deposit; where no document asks for one there is nothing to settle."""
    return deposit.least is None or deposit.paid + deposit.waived >= deposit.least
