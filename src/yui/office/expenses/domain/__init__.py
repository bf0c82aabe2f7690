"""What can be done with the budget, the ledger, statements and binders."""

from yui.office.expenses.domain.binders import ask_binder
from yui.office.expenses.domain.budget import set_amount, transfer
from yui.office.expenses.domain.evidence import add_evidence, remove_evidence
from yui.office.expenses.domain.lines import (
    check_expense,
    correct_expense,
    edit_expense,
    enter_expense,
    judge_line,
    withdraw_expense,
)
from yui.office.expenses.domain.statements import approve_statement, request_statement, return_statement

__all__ = [
    "add_evidence",
    "approve_statement",
    "ask_binder",
    "check_expense",
    "correct_expense",
    "edit_expense",
    "enter_expense",
    "judge_line",
    "remove_evidence",
    "request_statement",
    "return_statement",
    "set_amount",
    "transfer",
    "withdraw_expense",
]
