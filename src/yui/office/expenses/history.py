"""What happened to a line, and what each edit changed, in words."""

from dataclasses import dataclass
from typing import Any

from yui.office.expenses.models import Expense, ExpenseChange
from yui.office.expenses.rules import SOURCES, Rules
from yui.office.expenses.states import STEPS

FACT_LABELS = {
    "paid": "払った額", "tax": "うち消費税", "rate": "時間単価", "hours": "作業時間", "nights": "泊数", "people": "人数",
    "meals": "うち飲食代", "stays": "1人1泊ごとの額", "cheapest": "最も安い経路の額", "own_supply_cost": "自社調達の原価",
    "consulted_on": "協議した日", "class": "謝金の区分", "minutes": "招く時間（分）", "one_way_km": "片道（km）",
}  # fmt: skip
LABELS = {
    "category": "費目", "spent_on": "使った日", "payee": "払った先", "purpose": "何のために", "ground": "根拠・比較",
    "facts": "額など", "sources": "財源",
}  # fmt: skip
YEN = frozenset({"paid", "tax", "rate", "meals", "cheapest", "own_supply_cost"})


@dataclass(frozen=True, slots=True)
class Moment:
    """A step with its words and what it changed: (field, before, after)."""

    change: ExpenseChange
    words: str
    differences: tuple[tuple[str, str, str], ...]


def moments_of(expense: Expense, rules: Rules) -> list[Moment]:
    """Its steps, newest first."""
    found = ExpenseChange.objects.filter(expense=expense).select_related("by").order_by("-id")
    return [
        Moment(one, STEPS.get(one.step, one.step), _differences(one, rules) if one.step == "edited" else ())
        for one in found
    ]


def _differences(change: ExpenseChange, rules: Rules) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (LABELS.get(name, name), told(name, change.before.get(name), rules), told(name, value, rules))
        for name, value in change.after.items()
    )


def told(name: str, value: Any, rules: Rules) -> str:
    """A field of a line in words."""
    if value in (None, "", {}, []):
        return "なし"
    if name == "category":
        return rules.name_of(value)
    if name == "sources":
        return "、".join(f"{SOURCES.get(key, key)} {amount:,}円" for key, amount in value.items())
    if name == "facts":
        return "、".join(f"{label} {words}" for label, words in facts_told(value))
    return str(value)


def facts_told(facts: dict[str, Any]) -> list[tuple[str, str]]:
    """The facts of a line with their labels."""
    return [(label, _fact(name, facts[name])) for name, label in FACT_LABELS.items() if name in facts]


def _fact(name: str, value: Any) -> str:
    if isinstance(value, list):
        return "、".join(f"{one:,}円" for one in value)
    return f"{value:,}円" if name in YEN else str(value)
