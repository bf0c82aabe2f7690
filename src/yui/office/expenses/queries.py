"""Reading the ledger. Call inside the authority's scope. A ledger is judged as a whole, in two queries for any number of lines."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from yui.base.access.actor import Actor
from yui.base.access.models import Grant
from yui.base.access.permissions import Permission
from yui.base.tenancy.addresses import town_url
from yui.office.commissions.models import Commission, Engagement
from yui.office.expenses.evidence_kinds import Meter
from yui.office.expenses.judging import (
    LimitLine,
    answer_what_can_be,
    contract_line,
    limit_lines,
    line_of,
    question,
    year_of,
)
from yui.office.expenses.models import AuditBinder, BudgetEntry, Evidence, Expense, ExpenseStatement
from yui.office.expenses.rules import CONTRACT, SOURCES, Rules
from yui.office.expenses.states import STANDING, State


@dataclass(slots=True)
class LedgerLine:
    """A line with what the engine says of it. ``rules`` is empty where the rules of today can not read it."""

    pk: int
    public_id: str
    number: int
    category: str
    spent_on: dt.date
    state: str
    sources: dict[str, int]
    kinds: tuple[str, ...]
    claimed: int = 0
    eligible: int = 0
    ineligible: int = 0
    settleable: bool = False
    rules: tuple[str, ...] = ()

    @property
    def year(self) -> int:
        """The 年度 it belongs to."""
        return year_of(self.spent_on)


@dataclass(slots=True)
class Sum:
    """Claimed and eligible yen of a category; after the limits where it says so."""

    claimed: int = 0
    eligible: int = 0

    @property
    def ineligible(self) -> int:
        """What is left out."""
        return self.claimed - self.eligible


@dataclass(slots=True)
class Ledger:
    """Everything of a commission's ledger that pages show. ``totals``: by category, after the limits."""

    rules: Rules
    lines: list[LedgerLine]
    limits: list[LimitLine]
    totals: dict[str, Sum]
    contract_amount: int | None
    asked: dict[str, Any]
    answered: dict[str, Any]
    unread: frozenset[str] = field(default_factory=frozenset)

    @property
    def all(self) -> Sum:
        """Over every category, after the limits."""
        return Sum(sum(one.claimed for one in self.totals.values()), sum(one.eligible for one in self.totals.values()))

    @property
    def payable(self) -> int:
        """What the contract pays: the eligible total, and never more than the contract amount."""
        total = self.all.eligible
        return total if self.contract_amount is None else min(total, self.contract_amount)


def read_ledger(
    commission: Commission,
    rules: Rules,
    *,
    states: Collection[str] = STANDING,
    phase: str = "settlement",
    without: int | None = None,
    beside: dict[str, Any] | None = None,
) -> Ledger:
    """The lines in these states, judged together. ``without`` leaves a line out, ``beside`` adds one being typed."""
    rows = Expense.objects.filter(commission=commission, state__in=list(states)).exclude(pk=without)
    fields = ("pk", "public_id", "number", "category", "spent_on", "state", "facts", "sources")
    kinds = kinds_of(commission)
    lines, asked = [], []
    for pk, public_id, number, category, spent_on, state, facts, sources in rows.values_list(*fields):
        present = tuple(kinds.get(pk, ()))
        lines.append(LedgerLine(pk, public_id, number, category, spent_on, state, sources, present))
        asked.append(line_of(number, category, spent_on, facts, sources, present))
    if beside is not None:
        asked.append(beside)
    return judged(commission, rules, lines, question(rules, asked, phase))


def judged(commission: Commission, rules: Rules, lines: list[LedgerLine], asked: dict[str, Any]) -> Ledger:
    """The ledger of a question: the answer laid beside the lines, with the contract amount as the last limit."""
    answered, unread = answer_what_can_be(asked)
    found = {one["id"]: one for one in answered["lines"]}
    for line in lines:
        one = found.get(f"L{line.number}")
        if one is not None:
            line.claimed, line.eligible, line.ineligible = one["claimed"], one["eligible"], one["ineligible"]
            line.settleable, line.rules = one["settleable"], tuple(one["rules"])
    order = {key: at for at, key in enumerate(rules.headings)}
    found_totals = sorted(answered["totals"].items(), key=lambda one: order.get(one[0], len(order)))
    totals = {code: Sum(one["claimed"], one["eligible"]) for code, one in found_totals}
    amount = contract_amount(commission, rules)
    limits = limit_lines(rules, answered["limits"])
    limits += contract_line(amount, sum(one.eligible for one in totals.values()), contract_source(rules))
    return Ledger(rules, lines, limits, totals, amount, asked, answered, unread)


def kinds_of(commission: Commission) -> dict[int, list[str]]:
    """The kinds of evidence by line."""
    found: dict[int, list[str]] = defaultdict(list)
    for pk, kind in Evidence.objects.filter(expense__commission=commission).values_list("expense_id", "kind"):
        found[pk].append(kind)
    return found


def contract_amount(commission: Commission, rules: Rules) -> int | None:
    """The amount in force: what was entered with its amendments, else what the document names."""
    entered = BudgetEntry.objects.filter(commission=commission, kind=BudgetEntry.Kind.CONTRACT)
    amounts = list(entered.values_list("amount", flat=True))
    return sum(amounts) if amounts else rules.contract_amount


def contract_source(rules: Rules) -> str:
    """Where the contract amount comes from."""
    return rules.contract_source or "契約"


def sums_of(lines: Iterable[LedgerLine]) -> Sum:
    """The lines as they stand, before limits over many."""
    total = Sum()
    for line in lines:
        total.claimed += line.claimed
        total.eligible += line.eligible
    return total


def meters_of(ledger: Ledger) -> list[Meter]:
    """The completeness of the evidence, by category in the order of the document."""
    engine = ledger.rules.profile.expenses
    categories = (engine.categories if engine else None) or {}
    made: dict[str, Meter] = {}
    for line in ledger.lines:
        heading = ledger.rules.headings.get(line.category)
        if heading is not None and heading.refused:
            continue
        if line.category not in made:
            needed = categories[line.category].evidence if line.category in categories else False
            made[line.category] = Meter(line.category, ledger.rules.name_of(line.category), needed)
        made[line.category].count(line.kinds)
    order = {key: at for at, key in enumerate(ledger.rules.headings)}
    return sorted(made.values(), key=lambda one: order.get(one.category, len(order)))


@dataclass(slots=True)
class SourceSum:
    """What one source pays, in yen and lines. Each yen is counted once: a line's sources are never more than it."""

    key: str
    name: str
    amount: int = 0
    lines: int = 0


def by_source(lines: Iterable[LedgerLine]) -> list[SourceSum]:
    """The claimed yen by who pays them; a line without sources is the contract's, what no source names is told apart."""
    made = {key: SourceSum(key, name) for key, name in SOURCES.items()}
    rest = SourceSum("", "財源を書いていない分")
    for line in lines:
        named = line.sources or {CONTRACT: line.claimed}
        for key, amount in named.items():
            made[key].amount += amount
            made[key].lines += 1
        left = line.claimed - sum(named.values())
        if left > 0:
            rest.amount += left
            rest.lines += 1
    found = [one for one in made.values() if one.lines]
    return [*found, rest] if rest.lines else found


def engaged_with(actor: Actor, permission: Permission, today: dt.date) -> set[int] | None:
    """The commissions of a contractor's own engagements; ``None`` for who holds the permission without one."""
    holding = [role for role in actor.held if permission in role.everywhere]
    if actor.system or any(not role.by_engagement for role in holding):
        return None
    grants = Grant.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today), account=actor.account, starts_on__lte=today,
        role__in=[role.key for role in holding],
    ).exclude(engagement_id="")  # fmt: skip
    engagements = Engagement.objects.filter(public_id__in=grants.values_list("engagement_id", flat=True))
    return set(engagements.values_list("commission_id", flat=True))


def may_with(actor: Actor, permission: Permission, commission: Commission, today: dt.date) -> bool:
    """Whether a commission is one that this actor's permission reaches."""
    own = engaged_with(actor, permission, today)
    return own is None or commission.pk in own


def expense_path(expense: Expense) -> str:
    """The path of a line's page."""
    return town_url(expense.authority, "office:expense", public_id=expense.public_id)


def statement_path(statement: ExpenseStatement) -> str:
    """The path of a statement's page."""
    return town_url(statement.authority, "office:expense_statement", public_id=statement.public_id)


def statements_of(commission: Commission) -> list[ExpenseStatement]:
    """Every statement, newest first."""
    return list(ExpenseStatement.objects.filter(commission=commission).select_related("recorded_by").order_by("-id"))


def binders_of(commission: Commission) -> list[AuditBinder]:
    """Every binder, newest first."""
    return list(AuditBinder.objects.filter(commission=commission).order_by("-id"))


def unsettled(lines: Iterable[LedgerLine]) -> list[tuple[LedgerLine, str]]:
    """The lines that a settlement would leave out, each with why."""
    found = []
    for line in lines:
        if line.state == State.ENTERED:
            found.append((line, "市の確認がまだです。"))
        elif line.state == State.RETURNED:
            found.append((line, "差し戻されています。"))
        elif line.eligible and not line.settleable:
            found.append((line, "証拠がありません。"))
        elif not line.rules:
            found.append((line, "いまの定義では判定できません。"))
    return found
