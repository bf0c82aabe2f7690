"""What a contract takes from the definition at its draft, and the deposit that the engine computes from it."""

from typing import Any

from yui.base.definitions import Definition
from yui.engine.selection.deposit import answer_deposit
from yui.office.calls.definition import Call
from yui.office.contracts.rules import kept_of
from yui.office.contracts.yearly import Budget
from yui.office.definition import Commission as CommissionPart
from yui.office.profiles import profile_of

NO_DEPOSIT = "この業務の文書には、契約保証金の定めがありません。財務規則により納めるときは、額を記録します。"


def terms_of(definition: Definition, part: CommissionPart) -> dict[str, Any]:
    """Conditions, rules, limits and what is only planned, as data that stays with the contract."""
    budget, call = part.budget, call_of(definition, part.key)
    return {
        "conditions": [
            {"key": one.key, "kind": one.kind, "name": one.name, "summary": one.summary, "source": one.source or ""}
            for one in part.conditions
        ],
        "contracting": kept_of(part),
        "limit": budget.limit.value if budget else None,
        "limit_source": (budget.limit.source or "") if budget else "",
        "years": {str(one.fiscal_year.value): one.limit.value for one in budget.years} if budget else {},
        "yearly_binds": bool(budget and budget.yearly_binds and budget.yearly_binds.value),
        "planned": [
            {"number": one.number, "fiscal_year": one.fiscal_year.value, "name": one.name}
            for one in part.phases
            if not one.contracted.value
        ],
        "deposit": _deposit_rule(definition, call) if call else None,
        "waived": call.deposit.waived.value if call else "",
        "waived_source": (call.deposit.waived.source or "") if call else "",
        "document": part.document.title,
    }


def call_of(definition: Definition, key: str) -> Call | None:
    """The newest call for a commission."""
    found = [call for call in definition.calls if call.commission == key]
    return found[-1] if found else None


def budget_of(terms: dict[str, Any]) -> Budget:
    """The limits that a contract kept."""
    years = {int(year): limit for year, limit in terms.get("years", {}).items() if limit is not None}
    return Budget(years, terms.get("limit"), bool(terms.get("yearly_binds")))


def least_deposit(terms: dict[str, Any], amount: int, *, local: bool) -> tuple[int | None, list[str]]:
    """The engine's answer: the least deposit in yen with its steps in words; None where no document asks for one."""
    rule = terms.get("deposit")
    if not rule:
        return None, [NO_DEPOSIT]
    profile = {"name": "contract", "title": terms.get("document", ""), "deposit": rule}
    answer = answer_deposit({"profile": profile, "amount": amount, "head_office_in_town": local})
    made, steps = answer["deposit"], answer["steps"]
    assert isinstance(made, int) and isinstance(steps, list)
    return made, [str(step["says"]) for step in steps]


def _deposit_rule(definition: Definition, call: Call) -> dict[str, Any]:
    rule: dict[str, Any] = profile_of(definition, "contract", call)["deposit"]
    return rule
