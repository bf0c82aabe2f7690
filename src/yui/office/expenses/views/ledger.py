"""The ledger: its lines with filters and sums; the evidence by category; who pays."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yui.base.access.gates import needs
from yui.base.access.permissions import Permission
from yui.office.commissions.models import Commission
from yui.office.commissions.views.overview import once_begun
from yui.office.expenses import queries
from yui.office.expenses.evidence_kinds import missing_of
from yui.office.expenses.forms.office import BinderForm, FilterForm
from yui.office.expenses.models import Expense
from yui.office.expenses.queries import Ledger, LedgerLine
from yui.office.expenses.rules import rules_of
from yui.office.expenses.states import CHIPS, LABELS, STANDING, State
from yui.office.expenses.views.here import commission_here, rights

PER_PAGE = 50


@needs(Permission.EXPENSE_READ)
@once_begun
def listing(request: HttpRequest) -> HttpResponse:
    """Every line with the engine's verdict, filtered, with the sums of what is shown and of everything."""
    here = commission_here(request)
    rules = rules_of(here)
    told = rights(request, here)
    ledger = queries.read_ledger(here, rules, states=list(State))
    standing = [line for line in ledger.lines if line.state in STANDING]
    if len(standing) != len(ledger.lines):  # what was withdrawn or replaced is listed, and counts nowhere
        ledger = _counted(here, ledger)
    years = sorted({line.year for line in ledger.lines})
    form = FilterForm(request.GET, rules=rules, states=LABELS, years=years)
    wanted = form.wanted()
    shown = chosen(here, ledger.lines, wanted, told["shows_people"])
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **told, "ledger": ledger, "rules": rules, "form": form, "filtered": bool(wanted), "page": page,
        "rows": rows_of(ledger, list(page.object_list)), "sum": queries.sums_of(one for one in shown if one.state in STANDING),
        "count": len(shown), "over": [one for one in ledger.limits if one.over],
        "bare": sum(1 for line in standing if "no_evidence" in line.rules),
        "waiting": sum(1 for line in standing if line.state == State.ENTERED),
        "returned": sum(1 for line in standing if line.state == State.RETURNED),
    }  # fmt: skip
    return render(request, "office/expenses.html", context)


def _counted(here: Commission, ledger: Ledger) -> Ledger:
    """The same ledger, its totals and limits over the standing lines only; asked again of the engine, not the tables."""
    standing = {f"L{line.number}" for line in ledger.lines if line.state in STANDING}
    asked = {**ledger.asked, "lines": [one for one in ledger.asked["lines"] if one["id"] in standing]}
    counted = queries.judged(here, ledger.rules, [], asked)
    counted.lines = ledger.lines
    return counted


def chosen(here: Commission, lines: list[LedgerLine], wanted: dict[str, str], names: bool) -> list[LedgerLine]:
    """The lines that the filters leave, newest number first."""
    found = [line for line in lines if line.state in STANDING or "state" in wanted]
    if "word" in wanted:
        told = Q(payee__icontains=wanted["word"]) | Q(purpose__icontains=wanted["word"]) if names else Q(pk__in=[])
        number = wanted["word"].translate(str.maketrans("０１２３４５６７８９", "0123456789"))
        told |= Q(number=int(number)) if number.isascii() and number.isdigit() and len(number) < 9 else Q(pk__in=[])
        kept = set(Expense.objects.filter(told, commission=here).values_list("pk", flat=True))
        found = [line for line in found if line.pk in kept]
    tests: dict[str, Any] = {
        "category": lambda line, value: line.category == value,
        "state": lambda line, value: line.state == value,
        "year": lambda line, value: line.year == int(value),
        "finding": lambda line, value: line.ineligible > 0 if value == "ineligible" else not line.kinds,
    }
    for name, test in tests.items():
        if name in wanted:
            found = [line for line in found if test(line, wanted[name])]
    return sorted(found, key=lambda line: -line.number)


def rows_of(ledger: Ledger, lines: list[LedgerLine]) -> list[dict[str, Any]]:
    """The lines of one page, with the words that only these need."""
    names = {
        pk: (payee, purpose)
        for pk, payee, purpose in Expense.objects.filter(pk__in=[line.pk for line in lines]).values_list(
            "pk", "payee", "purpose"
        )
    }
    return [
        {
            "line": line, "category": ledger.rules.name_of(line.category), "payee": names[line.pk][0],
            "purpose": names[line.pk][1], "label": LABELS[State(line.state)], "chip": CHIPS[State(line.state)],
            "missing": missing_of(line.category, line.kinds) if line.state in STANDING else [],
        }
        for line in lines
    ]  # fmt: skip


@needs(Permission.EXPENSE_READ)
@once_begun
def evidence(request: HttpRequest) -> HttpResponse:
    """How complete the evidence is, category by category, and the binders."""
    here = commission_here(request)
    rules = rules_of(here)
    ledger = queries.read_ledger(here, rules)
    told = rights(request, here)
    bare = [line for line in ledger.lines if "no_evidence" in line.rules or (line.eligible and not line.kinds)]
    context = {
        **told, "rules": rules, "meters": queries.meters_of(ledger), "bare": rows_of(ledger, bare[:50]), "more": max(0, len(bare) - 50),
        "binders": queries.binders_of(here), "form": BinderForm() if told["may_ask"] else None,
    }  # fmt: skip
    return render(request, "office/expense_evidence.html", context)


@needs(Permission.EXPENSE_READ)
@once_begun
def sources(request: HttpRequest) -> HttpResponse:
    """Who pays: the claimed yen by source, each counted once."""
    here = commission_here(request)
    rules = rules_of(here)
    ledger = queries.read_ledger(here, rules)
    found = queries.by_source(ledger.lines)
    claimed = sum(line.claimed for line in ledger.lines)
    context = {
        **rights(request, here), "rules": rules, "found": found, "claimed": claimed, "total": sum(one.amount for one in found),
    }  # fmt: skip
    return render(request, "office/expense_sources.html", context)
