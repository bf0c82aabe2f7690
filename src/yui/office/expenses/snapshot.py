"""What a statement keeps: the engine's question and answer, words for the codes, and no name of a person.

With ``snapshot["question"]`` a third person asks ``yui engine expenses`` and gets ``snapshot["answer"]``.
"""

from typing import Any

from yui.office.commissions.models import Commission
from yui.office.expenses.budget import planned_cells
from yui.office.expenses.judging import (
    LimitLine,
    answer,
    budget_question,
    contract_line,
    limit_lines,
    question,
)
from yui.office.expenses.models import BudgetEntry, Expense
from yui.office.expenses.queries import contract_amount, contract_source, read_ledger, unsettled
from yui.office.expenses.rules import Rules
from yui.office.expenses.states import State

Snapshot = dict[str, Any]


def of_ledger(commission: Commission, rules: Rules) -> tuple[Snapshot, list[int]]:
    """A settlement: the lines that are checked and may be settled, and their keys. Superseded lines are not in it."""
    ledger = read_ledger(commission, rules, states=(State.ENTERED, State.RETURNED, State.ACCEPTED, State.SETTLED))
    outside = {line.number: why for line, why in unsettled(ledger.lines)}
    lines = [line for line in ledger.lines if line.number not in outside]
    kept = {f"L{line.number}" for line in lines}
    asked = question(rules, [one for one in ledger.asked["lines"] if one["id"] in kept])
    made = _snapshot(commission, rules, asked)
    versions = dict(Expense.objects.filter(commission=commission).values_list("number", "version"))
    made["lines"] = [{"id": line.public_id, "number": line.number, "version": versions[line.number]} for line in lines]
    made["left_out"] = [{"number": number, "why": why} for number, why in sorted(outside.items())]
    return made, [line.pk for line in lines]


def of_budget(commission: Commission, rules: Rules, entries: list[BudgetEntry], phase: str) -> Snapshot:
    """An estimate or an amendment: the budget in force, against the limits over many lines."""
    return _snapshot(commission, rules, budget_question(rules, planned_cells(entries), phase))


def _snapshot(commission: Commission, rules: Rules, asked: dict[str, Any]) -> Snapshot:
    answered = answer(asked)
    amount = contract_amount(commission, rules)
    eligible = sum(one["eligible"] for one in answered["totals"].values())
    limits = limit_lines(rules, answered["limits"]) + contract_line(amount, eligible, contract_source(rules))
    return {
        "question": asked,
        "answer": answered,
        "names": {code: rules.name_of(code) for code in rules.headings if code in answered["totals"]},
        "order": list(rules.headings),
        "limits": [_kept(one) for one in limits],
        "document": rules.document,
        "contract_amount": amount,
        "payable": eligible if amount is None else min(eligible, amount),
        "lines": [],
        "left_out": [],
    }


def _kept(one: LimitLine) -> dict[str, Any]:
    return {
        "rule": one.rule, "name": one.name, "limit": one.limit, "actual": one.actual, "over": one.over,
        "words": one.words, "source": one.source,
    }  # fmt: skip


def rows_of(snapshot: Snapshot) -> list[dict[str, Any]]:
    """By category: claimed, what the rules of single lines left, what limits cut, eligible, ineligible. All sums agree."""
    before: dict[str, int] = {}
    order = {code: at for at, code in enumerate(snapshot.get("order", snapshot["names"]))}
    for line, asked in zip(snapshot["answer"]["lines"], snapshot["question"]["lines"], strict=True):
        before[asked["category"]] = before.get(asked["category"], 0) + line["eligible"]
    return [
        {
            "category": code, "name": snapshot["names"].get(code, code), "claimed": total["claimed"],
            "judged": before.get(code, 0), "cut": before.get(code, 0) - total["eligible"],
            "eligible": total["eligible"], "ineligible": total["ineligible"],
        }
        for code, total in sorted(snapshot["answer"]["totals"].items(), key=lambda one: order.get(one[0], len(order)))
    ]  # fmt: skip


def total_of(rows: list[dict[str, Any]]) -> dict[str, int]:
    """The sums of ``rows_of``."""
    return {key: sum(row[key] for row in rows) for key in ("claimed", "judged", "cut", "eligible", "ineligible")}
