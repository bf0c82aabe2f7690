"""Which commission, line, statement or binder the address names, for whom it is within reach."""

from typing import Any, TypeVar

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from yui.base import clock
from yui.base.access.gates import get_visible
from yui.base.access.permissions import Permission
from yui.base.access.rules import may
from yui.base.tenancy.addresses import town_url
from yui.office.commissions.models import Commission
from yui.office.commissions.queries import commission_of
from yui.office.commissions.views.overview import NotBegun
from yui.office.expenses.models import AuditBinder, Evidence, Expense, ExpenseStatement
from yui.office.expenses.queries import engaged_with, may_with

T = TypeVar("T", Expense, ExpenseStatement, AuditBinder)


def commission_here(request: HttpRequest) -> Commission:
    """The commission of ``?commission=``, or the present one; a contractor gets only that of their engagement."""
    named = request.GET.get("commission", "")
    found = commission_of(named)
    own = engaged_with(request.actor, request.permission, clock.today())  # type: ignore[attr-defined]
    if own is not None and (found is None or found.pk not in own):
        found = None if named else Commission.objects.filter(pk__in=own).order_by("-starts_on").first()
    if found is None:
        raise Http404 if named else NotBegun
    found.authority = request.authority  # type: ignore[attr-defined]
    return found


def _within_reach(request: HttpRequest, rows: QuerySet[T], public_id: str) -> T:
    row = get_visible(request, rows.select_related("commission"), public_id=public_id)
    if not may_with(request.actor, request.permission, row.commission, clock.today()):  # type: ignore[attr-defined]
        raise Http404
    row.authority = row.commission.authority = request.authority  # type: ignore[attr-defined]
    return row


def expense_here(request: HttpRequest, public_id: str) -> Expense:
    """The line of the address; 404 where there is none within reach."""
    return _within_reach(request, Expense.objects.select_related("corrects"), public_id)


def statement_here(request: HttpRequest, public_id: str) -> ExpenseStatement:
    """The statement of the address."""
    return _within_reach(request, ExpenseStatement.objects.select_related("recorded_by"), public_id)


def binder_here(request: HttpRequest, public_id: str) -> AuditBinder:
    """The binder of the address."""
    return _within_reach(request, AuditBinder.objects.all(), public_id)


def evidence_here(request: HttpRequest, public_id: str) -> Evidence:
    """The piece of evidence of the address, with its line."""
    row = get_visible(request, Evidence.objects.all(), public_id=public_id)
    row.expense = expense_here(request, Expense.objects.values_list("public_id", flat=True).get(pk=row.expense_id))
    return row


def rights(request: HttpRequest, commission: Commission) -> dict[str, Any]:
    """What the visitor may do here, for the templates."""
    actor = request.actor  # type: ignore[attr-defined]
    day = clock.today()
    held = {
        word: bool(may(actor, permission)) and may_with(actor, permission, commission, day)
        for word, permission in (("may_write", Permission.EXPENSE_WRITE), ("may_settle", Permission.EXPENSE_SETTLE))
    }
    return {
        "commission": commission, **held, "may_ask": any(held.values()),
        "shows_people": bool(may(actor, Permission.EVIDENCE_READ)),
    }  # fmt: skip


def path_of(commission: Commission, name: str) -> str:
    """The path of a page of this commission's ledger."""
    return f"{town_url(commission.authority, f'office:{name}')}?commission={commission.key}"
