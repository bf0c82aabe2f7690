"""The budget with its limits, and the calculator of honoraria."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from yui.base.access.errors import NotPossible
from yui.base.access.gates import needs
from yui.base.access.permissions import Permission
from yui.engine.faults import Faults
from yui.engine.sentences import line as fault_line
from yui.office.commissions.models import Commission
from yui.office.commissions.views.overview import once_begun
from yui.office.commissions.wording import fiscal_year_words
from yui.office.expenses import domain
from yui.office.expenses.budget import budget_limits, entries_of, read_budget
from yui.office.expenses.forms.office import AmountForm, HonorariumForm, TransferForm
from yui.office.expenses.judging import ORGAN, honorarium, year_of
from yui.office.expenses.queries import read_ledger
from yui.office.expenses.rules import Rules, rules_of
from yui.office.expenses.views.here import commission_here, path_of, rights


def years_of(commission: Commission) -> list[int]:
    """The 年度 of its term."""
    return list(range(year_of(commission.starts_on), year_of(commission.ends_on) + 1))


@needs(Permission.EXPENSE_READ)
@once_begun
def budget(request: HttpRequest) -> HttpResponse:
    """Planned, amended, actual, remaining; limits of the budget and of the lines; every decision."""
    return _budget_page(request, commission_here(request))


def _budget_page(request: HttpRequest, here: Commission, **forms: Any) -> HttpResponse:
    rules = rules_of(here)
    entries = entries_of(here)
    ledger = read_ledger(here, rules)
    told = rights(request, here)
    years = years_of(here)
    fresh = {
        "amount_form": AmountForm(rules=rules, years=years),
        "transfer_form": TransferForm(rules=rules, years=years),
    }
    context = {
        **told, "rules": rules, "ledger": ledger, "years": read_budget(here, ledger, entries),
        "planned_limits": budget_limits(here, rules, entries) if entries else [], "entries": _told(entries, rules),
        **(fresh if told["may_settle"] else {}), **forms,
    }  # fmt: skip
    return render(request, "office/expense_budget.html", context, status=422 if forms else 200)


def _told(entries: list[Any], rules: Rules) -> list[dict[str, Any]]:
    return [
        {
            "entry": one, "year": fiscal_year_words(one.fiscal_year),
            "what": f"{rules.name_of(one.from_category)} から {rules.name_of(one.category)} へ"
            if one.from_category
            else rules.name_of(one.category) if one.category else "",
        }
        for one in reversed(entries)
    ]  # fmt: skip


@require_POST
@needs(Permission.EXPENSE_SETTLE)
def set_amount(request: HttpRequest) -> HttpResponse:
    """What an amount is from today."""
    here = commission_here(request)
    form = AmountForm(request.POST, rules=rules_of(here), years=years_of(here))
    if form.is_valid():
        try:
            domain.set_amount(actor=request.actor, commission=here, kind=form.kind, **form.cleaned_data)  # type: ignore[attr-defined]
        except NotPossible as problem:
            form.add_error(problem.code if problem.code in form.fields else None, problem.sentence)
        else:
            messages.success(request, "額を決めました。")
            return redirect(path_of(here, "expense_budget"))
    return _budget_page(request, here, amount_form=form)


@require_POST
@needs(Permission.EXPENSE_SETTLE)
def transfer(request: HttpRequest) -> HttpResponse:
    """流用."""
    here = commission_here(request)
    form = TransferForm(request.POST, rules=rules_of(here), years=years_of(here))
    if form.is_valid():
        try:
            domain.transfer(actor=request.actor, commission=here, **form.cleaned_data)  # type: ignore[attr-defined]
        except NotPossible as problem:
            form.add_error(problem.code if problem.code in form.fields else None, problem.sentence)
        else:
            messages.success(request, "流用を記録しました。")
            return redirect(path_of(here, "expense_budget"))
    return _budget_page(request, here, transfer_form=form)


@needs(Permission.EXPENSE_READ)
@once_begun
def calculator(request: HttpRequest) -> HttpResponse:
    """What the table allows for one invitation, step by step. Nothing is kept."""
    here = commission_here(request)
    rules = rules_of(here)
    form = HonorariumForm(request.GET if "class" in request.GET or "minutes" in request.GET else None, rules=rules)
    found = None
    if rules.profile.honorarium is not None and form.is_valid():
        said = form.cleaned_data
        try:
            found = honorarium(
                rules,
                mark=said["class"],
                minutes=said["minutes"],
                one_way_km=said["one_way_km"] or "0",
                paid=said["paid"] or 0,
            )
        except Faults as wrong:
            form.add_error(None, "、".join(fault_line(one, ORGAN) for one in wrong.faults))
    context = {
        **rights(request, here), "rules": rules, "form": form, "found": found,
        "paid": bool(found) and form.cleaned_data["paid"] is not None,
    }  # fmt: skip
    return render(request, "office/expense_honorarium.html", context, status=422 if form.errors else 200)
