"""Small parts of the verbs: lock a row, move a contract, find the approval of a row."""

from typing import TypeVar

from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.approvals.models import Approval
from yui.base.approvals.queries import approval_of
from yui.base.audit.record import record
from yui.office.contracts.models import Contract, OfContract
from yui.office.contracts.states import LABELS, State, can_move

Row = TypeVar("Row", bound=OfContract)


def lock(contract: Contract) -> Contract:
    """The row as it is now, held until the transaction ends."""
    Contract.objects.select_for_update().get(pk=contract.pk)
    rows = Contract.objects.select_related("authority", "organization", "engagement", "commission")
    return rows.get(pk=contract.pk)


def lock_row(row: Row) -> Row:
    """A row of a contract as it is now, held until the transaction ends."""
    type(row).objects.select_for_update().get(pk=row.pk)  # type: ignore[attr-defined]
    rows = type(row).objects.select_related("contract__engagement", "authority")  # type: ignore[attr-defined]
    return rows.get(pk=row.pk)  # type: ignore[no-any-return]


def move(*, actor: Actor, contract: Contract, to: State) -> Contract:
    """Move a locked contract; ``NotPossible`` where the table has no such move."""
    if not can_move(contract.state, to):
        raise NotPossible(f"いまは「{LABELS[State(contract.state)]}」なので、この操作はできません。", "wrong_state")
    before, contract.state = contract.state, to
    contract.version += 1
    contract.save()
    record(actor, f"contract.{to}", contract, details={"before": before})
    return contract


def require_signed(contract: Contract) -> None:
    """Raise ``NotPossible`` unless the contract is in force."""
    if contract.state != State.SIGNED:
        raise NotPossible("契約を結んだあと、契約の期間のあいだだけできます。", "not_signed")


def approval_for(kind: str, row: Contract | OfContract) -> Approval:
    """The newest approval of a row; ``NotPossible`` where none was asked for."""
    approval = approval_of(kind, row.public_id)
    if approval is None:
        raise NotPossible("まだ決裁に出されていません。", "not_requested")
    return approval
