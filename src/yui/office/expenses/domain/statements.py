"""見積り・変更・精算 as statements: asked for, approved by another, frozen with the engine's question and answer."""

from typing import Any

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.approvals.decisions import decides
from yui.base.approvals.domain import approve, request_approval, return_for_change, withdraw
from yui.base.approvals.models import Approval
from yui.base.approvals.queries import approval_of
from yui.base.approvals.states import State as ApprovalState
from yui.base.audit.record import record
from yui.base.jobs.domain import run_job
from yui.office.commissions.models import Commission
from yui.office.expenses.budget import entries_of
from yui.office.expenses.domain.lines import note_step
from yui.office.expenses.domain.reach import require_asker
from yui.office.expenses.models import Expense, ExpenseStatement
from yui.office.expenses.queries import statement_path
from yui.office.expenses.rules import rules_of
from yui.office.expenses.snapshot import of_budget, of_ledger
from yui.office.expenses.states import STATEMENT_LABELS, STATEMENTS, State, StatementState

JOB = "office.expense_statement"
KIND = "expense_statement"
Phase = ExpenseStatement.Phase
_REACHED = {
    ApprovalState.RETURNED: StatementState.RETURNED,
    ApprovalState.APPROVED: StatementState.APPROVED,
    ApprovalState.WITHDRAWN: StatementState.WITHDRAWN,
}


def request_statement(*, actor: Actor, commission: Commission, phase: str, reason: str = "") -> ExpenseStatement:
    """Have the engine judge the budget or the accepted lines, keep both, and lay the statement before the city.

    A settlement takes the lines that are checked and settleable; the others are named in it as left out. From a second
    version of a phase on, a ``reason`` is needed. Raises ``NotPossible``.
    """
    permission = require_asker(actor, commission)
    town = commission.authority
    with transaction.atomic():
        commission = Commission.objects.select_for_update().get(pk=commission.pk)
        commission.authority = town
        before = list(ExpenseStatement.objects.filter(commission=commission, phase=phase).order_by("number"))
        _require_free(before, reason)
        rules = rules_of(commission)
        snapshot, lines = (
            of_ledger(commission, rules)
            if phase == Phase.SETTLEMENT
            else (of_budget(commission, rules, entries_of(commission), phase), [])
        )
        if not snapshot["question"]["lines"]:
            empty = (
                "確認ずみで、証拠のある行が、まだありません。"
                if phase == Phase.SETTLEMENT
                else "予算がまだありません。"
            )
            raise NotPossible(empty, "nothing")
        _step_back(actor, before)
        made = ExpenseStatement.objects.create(
            authority=actor.authority, commission=commission, phase=Phase(phase), number=len(before) + 1,
            reason=reason.strip(), contract_amount=snapshot["contract_amount"], snapshot=snapshot,
            requested_on=clock.today(), recorded_at=clock.now(), recorded_by=actor.account,
        )  # fmt: skip
        made.authority = town
        Expense.objects.filter(pk__in=lines, state=State.ACCEPTED).update(statement=made)
        request_approval(
            actor=actor, kind=KIND, object_id=made.public_id, title=f"経費：{title_of(made)}",
            url=statement_path(made), comment=reason.strip(), permission=permission, thing=made,
        )  # fmt: skip
        record(actor, "expense_statement.asked", made, details={"phase": phase, "number": made.number})
        run_job(
            actor=actor, kind=JOB, permission=permission, thing=made,
            arguments={"statement": made.public_id, "phase": str(phase)},
        )  # fmt: skip
    return made


def approve_statement(*, actor: Actor, statement: ExpenseStatement, comment: str = "") -> ExpenseStatement:
    """承認: the statement is frozen, its lines are settled. Nobody approves what they asked for."""
    approve(actor=actor, approval=_approval(statement), comment=comment)
    statement.refresh_from_db()
    return statement


def return_statement(*, actor: Actor, statement: ExpenseStatement, reason: str) -> ExpenseStatement:
    """差戻し: its lines may be changed again."""
    return_for_change(actor=actor, approval=_approval(statement), comment=reason)
    statement.refresh_from_db()
    return statement


def title_of(statement: ExpenseStatement) -> str:
    """精算書（第2版）."""
    words = {Phase.ESTIMATE: "予算書（見積り）", Phase.AMENDMENT: "予算書（変更）", Phase.SETTLEMENT: "精算書"}
    name = words[Phase(statement.phase)]
    return name if statement.number == 1 else f"{name} 第{statement.number}版"


@decides(KIND)
def _react(*, actor: Actor, approval: Approval, state: ApprovalState, comment: str) -> None:
    reached = _REACHED.get(state)
    if reached is None:
        return
    statement = ExpenseStatement.objects.select_for_update().get(public_id=approval.object_id)
    if reached == statement.state or (
        reached == StatementState.WITHDRAWN and statement.state == StatementState.RETURNED
    ):
        return
    if not STATEMENTS.allows(statement.state, reached):
        words = STATEMENT_LABELS[StatementState(statement.state)]
        raise NotPossible(f"いまは「{words}」なので、この操作はできません。", "wrong_state")
    statement.state = reached
    waiting = Expense.objects.filter(statement=statement, state=State.ACCEPTED)
    if reached == StatementState.APPROVED:
        statement.approved_on = clock.today()
        for expense in waiting.select_for_update():
            _settle(actor, expense, statement)
    else:
        waiting.update(statement=None)
    statement.save(update_fields=["state", "approved_on"])
    record(actor, f"expense_statement.{reached}", statement, details={"phase": statement.phase})


def _settle(actor: Actor, expense: Expense, statement: ExpenseStatement) -> None:
    expense.state = State.SETTLED
    expense.version += 1
    expense.save(update_fields=["state", "version"])
    note_step(actor, expense, "settled", comment=title_of(statement))


def _require_free(before: list[ExpenseStatement], reason: str) -> None:
    if any(one.state == StatementState.REVIEW for one in before):
        raise NotPossible("いま、承認を待っている書類があります。", "waiting")
    if before and not reason.strip():
        raise NotPossible("もう一度つくるときは、わけを書いてください。", "reason")


def _step_back(actor: Actor, before: list[ExpenseStatement]) -> None:
    """A returned version leaves the desk of whoever asked: the new one takes its place."""
    for one in before:
        approval: Any = approval_of(KIND, one.public_id) if one.state == StatementState.RETURNED else None
        if approval is not None and approval.state == ApprovalState.RETURNED:
            withdraw(actor=actor, approval=approval, comment="新しい版を作りました。")


def _approval(statement: ExpenseStatement) -> Approval:
    approval = approval_of(KIND, statement.public_id)
    if approval is None:
        raise NotPossible("まだ承認を求めていません。", "not_requested")
    return approval
