"""The budget as dated decisions of the city: contract amount, plan, amendment, transfer. Whoever decides types the result."""

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.audit.record import record
from yui.office.commissions.models import Commission
from yui.office.expenses.budget import amount_now
from yui.office.expenses.domain.reach import require_with
from yui.office.expenses.models import BudgetEntry
from yui.office.expenses.rules import rules_of

Kind = BudgetEntry.Kind


def set_amount(
    *, actor: Actor, commission: Commission, kind: str, fiscal_year: int, category: str, amount: int, reason: str = ""
) -> BudgetEntry:
    """Say what an amount is from today: of the contract in a year, or of a category in a year.

    Kept is the difference to what stood before, so that the sum of the entries is the amount in force. The first plan
    of a category needs no reason; every later change is an amendment and needs one.
    """
    require_with(actor, Permission.EXPENSE_SETTLE, commission)
    with transaction.atomic():
        commission = _lock(commission)
        category = "" if kind == Kind.CONTRACT else category
        if kind != Kind.CONTRACT and category not in {one.key for one in rules_of(commission).eligible}:
            raise NotPossible("対象になる費目を選んでください。", "category")
        before, entries = amount_now(commission, fiscal_year, category)
        if entries and not reason.strip():
            raise NotPossible("前の額を変えるときは、わけを書いてください。", "reason")
        if entries and amount == before:
            raise NotPossible("前の額と同じです。", "amount")
        if kind == Kind.PLAN and entries:
            kind = Kind.AMENDMENT
        return _enter(actor, commission, Kind(kind), fiscal_year, category, "", amount - before, reason)


def transfer(
    *,
    actor: Actor,
    commission: Commission,
    fiscal_year: int,
    from_category: str,
    category: str,
    amount: int,
    reason: str,
) -> BudgetEntry:
    """流用: move yen between two categories of one 年度. Never more than the first has."""
    require_with(actor, Permission.EXPENSE_SETTLE, commission)
    if not reason.strip():
        raise NotPossible("流用のわけを書いてください。", "reason")
    with transaction.atomic():
        commission = _lock(commission)
        known = {one.key for one in rules_of(commission).eligible}
        if category not in known or from_category not in known or category == from_category:
            raise NotPossible("流用の元と先に、ちがう費目を選んでください。", "category")
        there, _ = amount_now(commission, fiscal_year, from_category)
        if not 0 < amount <= there:
            raise NotPossible(f"流用できるのは、元の費目の {there:,}円までです。", "amount")
        return _enter(actor, commission, Kind.TRANSFER, fiscal_year, category, from_category, amount, reason)


def _enter(
    actor: Actor, commission: Commission, kind: str, year: int, category: str, taken: str, amount: int, reason: str
) -> BudgetEntry:
    made = BudgetEntry.objects.create(
        authority=actor.authority, commission=commission, kind=kind, fiscal_year=year, category=category,
        from_category=taken, amount=amount, reason=reason.strip(), effective_on=clock.today(), recorded_at=clock.now(),
        recorded_by=actor.account,
    )  # fmt: skip
    record(actor, "budget.entered", made, details={"kind": kind, "year": year, "category": category, "amount": amount})
    return made


def _lock(commission: Commission) -> Commission:
    town = commission.authority
    commission = Commission.objects.select_for_update().get(pk=commission.pk)
    commission.authority = town
    return commission
