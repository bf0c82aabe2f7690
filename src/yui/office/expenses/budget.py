"""Reading the budget: planned, amended, actual, remaining by category and 年度; and its limits as the engine sees them."""

from collections import defaultdict
from dataclasses import dataclass

from yui.engine.faults import Faults
from yui.office.commissions.models import Commission
from yui.office.commissions.wording import fiscal_year_words
from yui.office.expenses.judging import LimitLine, answer, budget_question, contract_line, limit_lines, year_of
from yui.office.expenses.models import BudgetEntry
from yui.office.expenses.queries import Ledger, contract_amount, contract_source
from yui.office.expenses.rules import Rules

Kind = BudgetEntry.Kind


@dataclass(slots=True)
class Cell:
    """A category in a year, in yen. ``actual``: the eligible yen of the lines, before limits over many."""

    category: str
    name: str
    planned: int = 0
    amended: int = 0
    actual: int = 0

    @property
    def remaining(self) -> int:
        """What is left; negative where more was spent."""
        return self.amended - self.actual

    @property
    def over(self) -> int:
        """By how much more was spent than there is."""
        return max(0, -self.remaining)


@dataclass(slots=True)
class Year:
    """One 年度 of the budget."""

    year: int
    words: str
    cells: list[Cell]
    contract: int | None

    @property
    def total(self) -> Cell:
        """All categories together."""
        made = Cell("", "合計")
        for cell in self.cells:
            made.planned += cell.planned
            made.amended += cell.amended
            made.actual += cell.actual
        return made


def amount_now(commission: Commission, fiscal_year: int, category: str) -> tuple[int, int]:
    """What a category (or with an empty one the contract) stands at in a year, and by how many entries."""
    amount = entries = 0
    for entry in BudgetEntry.objects.filter(commission=commission, fiscal_year=fiscal_year):
        if (entry.kind == Kind.CONTRACT) != (category == ""):
            continue
        if entry.category == category:
            amount, entries = amount + entry.amount, entries + 1
        elif entry.from_category == category:
            amount, entries = amount - entry.amount, entries + 1
    return amount, entries


def read_budget(commission: Commission, ledger: Ledger, entries: list[BudgetEntry]) -> list[Year]:
    """Every year of the term, of the entries and of the lines, in order."""
    rules = ledger.rules
    years = set(range(year_of(commission.starts_on), year_of(commission.ends_on) + 1))
    years |= {entry.fiscal_year for entry in entries} | {line.year for line in ledger.lines if line.eligible}
    found: dict[int, dict[str, Cell]] = defaultdict(dict)
    contracts: dict[int, int] = defaultdict(int)

    def cell(year: int, category: str) -> Cell:
        return found[year].setdefault(category, Cell(category, rules.name_of(category)))

    for entry in entries:
        if entry.kind == Kind.CONTRACT:
            contracts[entry.fiscal_year] += entry.amount
            continue
        here = cell(entry.fiscal_year, entry.category)
        here.amended += entry.amount
        if entry.kind == Kind.PLAN:
            here.planned += entry.amount
        if entry.kind == Kind.TRANSFER:
            cell(entry.fiscal_year, entry.from_category).amended -= entry.amount
    for line in ledger.lines:
        if line.eligible:
            cell(line.year, line.category).actual += line.eligible
    order = {key: at for at, key in enumerate(rules.headings)}
    return [
        Year(
            year, fiscal_year_words(year),
            sorted(found[year].values(), key=lambda one: order.get(one.category, len(order))), contracts.get(year),
        )
        for year in sorted(years)
    ]  # fmt: skip


def planned_cells(entries: list[BudgetEntry]) -> dict[tuple[str, int], int]:
    """The budget in force as (category, 年度) → yen."""
    made: dict[tuple[str, int], int] = defaultdict(int)
    for entry in entries:
        if entry.kind == Kind.CONTRACT:
            continue
        made[entry.category, entry.fiscal_year] += entry.amount
        if entry.kind == Kind.TRANSFER:
            made[entry.from_category, entry.fiscal_year] -= entry.amount
    return dict(made)


def phase_of(entries: list[BudgetEntry]) -> str:
    """A budget is an estimate until something of it was changed."""
    changed = any(entry.kind in (Kind.AMENDMENT, Kind.TRANSFER) for entry in entries)
    return "amendment" if changed else "estimate"


def budget_limits(commission: Commission, rules: Rules, entries: list[BudgetEntry]) -> list[LimitLine]:
    """The limits against the budget in force. What a single line needs, such as nights, is judged when it is entered."""
    try:
        found = answer(budget_question(rules, planned_cells(entries), phase_of(entries)))
    except Faults:  # a category that the definition has no more
        return []
    eligible = sum(one["eligible"] for one in found["totals"].values())
    amount = contract_amount(commission, rules)
    return [*limit_lines(rules, found["limits"]), *contract_line(amount, eligible, contract_source(rules))]


def entries_of(commission: Commission) -> list[BudgetEntry]:
    """Every decision about the budget, oldest first."""
    found = BudgetEntry.objects.filter(commission=commission).select_related("recorded_by")
    return list(found.order_by("effective_on", "id"))
