"""Addresses of the ledger, below desk/expenses/. Which commission: ``?commission=``, or the present one."""

from django.urls import path

from yui.office.expenses.views import evidence, ledger, lines, money, statements

HERE = "desk/expenses/"
LINE = HERE + "lines/<slug:public_id>/"
STATEMENT = HERE + "statements/<slug:public_id>/"
urlpatterns = [
    path(HERE, ledger.listing, name="expenses"),
    path(HERE + "new/", lines.choose, name="expense_choose"),
    path(HERE + "new/<slug:category>/", lines.new, name="expense_new"),
    path(HERE + "judge/<slug:category>/", lines.judge, name="expense_judge"),
    path(LINE, lines.page, name="expense"),
    path(LINE + "edit/", lines.edit, name="expense_edit"),
    path(LINE + "correct/", lines.correct, name="expense_correct"),
    path(LINE + "check/", lines.check, name="expense_check"),
    path(LINE + "withdraw/", lines.withdraw, name="expense_withdraw"),
    path(LINE + "evidence/", evidence.add, name="evidence_add"),
    path(HERE + "evidence/", ledger.evidence, name="expense_evidence"),
    path(HERE + "evidence/<slug:public_id>/remove/", evidence.remove, name="evidence_remove"),
    path(HERE + "files/<slug:public_id>/", evidence.file, name="expense_file"),
    path(HERE + "sources/", ledger.sources, name="expense_sources"),
    path(HERE + "budget/", money.budget, name="expense_budget"),
    path(HERE + "budget/amount/", money.set_amount, name="budget_amount"),
    path(HERE + "budget/transfer/", money.transfer, name="budget_transfer"),
    path(HERE + "honorarium/", money.calculator, name="expense_honorarium"),
    path(HERE + "statements/", statements.listing, name="expense_statements"),
    path(HERE + "statements/new/", statements.ask, name="expense_statement_ask"),
    path(STATEMENT, statements.page, name="expense_statement"),
    path(STATEMENT + "decide/", statements.decide, name="expense_statement_decide"),
    path(STATEMENT + "snapshot/", statements.snapshot, name="expense_snapshot"),
    path(HERE + "binders/new/", statements.bind, name="binder_ask"),
    path(HERE + "binders/<slug:public_id>/", statements.binder, name="binder"),
]
