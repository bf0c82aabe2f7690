"""Statements: asking for one, its page, deciding, its snapshot; and binders."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from yui.base.access.errors import NotPossible
from yui.base.access.gates import needs
from yui.base.access.permissions import Permission
from yui.base.access.rules import may
from yui.base.jobs.models import JobRun
from yui.office.commissions.models import Commission
from yui.office.commissions.views.overview import once_begun
from yui.office.expenses import domain, queries
from yui.office.expenses.content import payable_name
from yui.office.expenses.domain.statements import title_of
from yui.office.expenses.forms.office import BinderForm, CheckForm, StatementForm
from yui.office.expenses.models import ExpenseStatement
from yui.office.expenses.rules import SOURCES, rules_of
from yui.office.expenses.snapshot import rows_of, total_of
from yui.office.expenses.states import STATEMENT_CHIPS, STATEMENT_LABELS, StatementState
from yui.office.expenses.views.here import binder_here, commission_here, path_of, rights, statement_here


@needs(Permission.EXPENSE_READ)
@once_begun
def listing(request: HttpRequest) -> HttpResponse:
    """Every statement, and what a settlement would hold today."""
    return _list_page(request, commission_here(request))


def _list_page(request: HttpRequest, here: Commission, **forms: Any) -> HttpResponse:
    rules = rules_of(here)
    ledger = queries.read_ledger(here, rules)
    told = rights(request, here)
    outside = queries.unsettled(ledger.lines)
    context = {
        **told, "rules": rules, "ledger": ledger, "outside": outside, "ready": len(ledger.lines) - len(outside),
        "statements": [_row(one) for one in queries.statements_of(here)],
        **({"form": StatementForm()} if told["may_ask"] else {}), **forms,
    }  # fmt: skip
    return render(request, "office/expense_statements.html", context, status=422 if forms else 200)


def _row(statement: ExpenseStatement) -> dict[str, Any]:
    state = StatementState(statement.state)
    return {
        "statement": statement, "title": title_of(statement), "label": STATEMENT_LABELS[state],
        "chip": STATEMENT_CHIPS[state], "payable": statement.snapshot["payable"],
        "payable_name": payable_name(statement),
    }  # fmt: skip


@require_POST
@needs(Permission.EXPENSE_READ)
def ask(request: HttpRequest) -> HttpResponse:
    """Make a statement and lay it before the city."""
    here = commission_here(request)
    form = StatementForm(request.POST)
    if form.is_valid():
        try:
            made = domain.request_statement(actor=request.actor, commission=here, **form.cleaned_data)  # type: ignore[attr-defined]
        except NotPossible as problem:
            form.add_error("reason" if problem.code == "reason" else "phase", problem.sentence)
        else:
            messages.success(request, "書類を作り、承認を求めました。")
            made.authority = here.authority
            return redirect(queries.statement_path(made))
    return _list_page(request, here, form=form)


@needs(Permission.EXPENSE_READ)
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """A statement as it was judged."""
    return show(request, statement_here(request, public_id))


def show(request: HttpRequest, statement: ExpenseStatement, **forms: Any) -> HttpResponse:
    """The page, with a form that failed or with a fresh one."""
    rows = rows_of(statement.snapshot)
    actor = request.actor  # type: ignore[attr-defined]
    own = statement.recorded_by_id is not None and statement.recorded_by_id == request.user.pk
    decidable = statement.state == StatementState.REVIEW and may(actor, Permission.APPROVAL_DECIDE)
    decide_form = CheckForm() if decidable and not own else None
    if decide_form is not None:
        decide_form.fields["answer"].choices = [("accept", "承認する"), ("return", "差し戻す")]  # type: ignore[attr-defined]
    context = {
        **rights(request, statement.commission), **_row(statement), "snapshot": statement.snapshot, "rows": rows,
        "total": total_of(rows), "own": own and statement.state == StatementState.REVIEW, "decide_form": decide_form,
        "phase": ExpenseStatement.Phase(statement.phase).label, **forms,
    }  # fmt: skip
    return render(request, "office/expense_statement.html", context, status=422 if forms else 200)


@require_POST
@needs(Permission.APPROVAL_DECIDE)
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """承認 or 差戻し."""
    statement = statement_here(request, public_id)
    form = CheckForm(request.POST)
    if not form.is_valid():
        return show(request, statement, decide_form=form)
    comment = form.cleaned_data["comment"]
    if form.cleaned_data["answer"] == "accept":
        domain.approve_statement(actor=request.actor, statement=statement, comment=comment)  # type: ignore[attr-defined]
        messages.success(request, "承認しました。この内容は、もう変わりません。")
    else:
        domain.return_statement(actor=request.actor, statement=statement, reason=comment)  # type: ignore[attr-defined]
        messages.success(request, "差し戻しました。")
    return redirect(queries.statement_path(statement))


@needs(Permission.EXPENSE_READ)
def snapshot(request: HttpRequest, public_id: str) -> HttpResponse:
    """The engine's question and answer as JSON, to be recomputed with ``yui engine expenses``."""
    statement = statement_here(request, public_id)
    part = request.GET.get("part", "")
    kept = statement.snapshot[part] if part in ("question", "answer") else statement.snapshot
    text = json.dumps(kept, ensure_ascii=False, indent=1) + "\n"
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = (
        f'attachment; filename="expenses-{statement.public_id}{"-" + part if part else ""}.json"'
    )
    return answer


@require_POST
@needs(Permission.EXPENSE_READ)
def bind(request: HttpRequest) -> HttpResponse:
    """Begin a binder."""
    here = commission_here(request)
    form = BinderForm(request.POST)
    source = form.cleaned_data["source"] if form.is_valid() else ""
    try:
        made = domain.ask_binder(actor=request.actor, commission=here, source=source)  # type: ignore[attr-defined]
    except NotPossible as problem:
        messages.error(request, problem.sentence)
        return redirect(path_of(here, "expense_evidence"))
    return redirect(path_of(here, "expense_evidence") + f"#binder-{made.number}")


@needs(Permission.EXPENSE_READ)
def binder(request: HttpRequest, public_id: str) -> HttpResponse:
    """A binder: its progress while it is made, its files afterwards, and what could not be bound."""
    here = binder_here(request, public_id)
    run = JobRun.objects.filter(public_id=here.run_id).first()
    context = {
        **rights(request, here.commission), "binder": here, "run": run, "rules": rules_of(here.commission),
        "scope": SOURCES.get(here.source, "すべての行"), "faults": [one for one in here.index if one["fault"]],
        "failed": here.state == "failed" or (run is not None and run.state == "failed"),
    }  # fmt: skip
    return render(request, "office/expense_binder.html", context)
