"""What is shown of a line while it is typed: the engine's verdict, and what the line would do to the limits."""

from dataclasses import dataclass
from typing import Any

from yui.base.access.errors import NotPossible
from yui.engine.faults import Faults
from yui.office.commissions.models import Commission
from yui.office.expenses.domain import judge_line
from yui.office.expenses.forms.lines import LineForm
from yui.office.expenses.judging import LimitLine, Verdict, line_of
from yui.office.expenses.models import Evidence, Expense
from yui.office.expenses.queries import read_ledger
from yui.office.expenses.rules import Rules


@dataclass(frozen=True, slots=True)
class Tried:
    """``missing``: labels of what has to be written before the engine can judge."""

    verdict: Verdict | None = None
    limits: tuple[LimitLine, ...] = ()
    missing: tuple[str, ...] = ()
    problem: str = ""


def tried(commission: Commission, rules: Rules, form: LineForm, expense: Expense | None = None) -> Tried:
    """The verdict on a bound form. Nothing is kept."""
    if not form.is_valid():
        return Tried(missing=tuple(form.missing))
    written = form.written()
    kinds = tuple(Evidence.objects.filter(expense=expense).values_list("kind", flat=True)) if expense else ()
    said: dict[str, Any] = {key: written[key] for key in ("category", "spent_on", "facts", "sources")}
    try:
        verdict = judge_line(rules, **said, evidence=kinds)
        beside = line_of(0, written["category"], written["spent_on"], written["facts"], written["sources"], kinds)
        ledger = read_ledger(commission, rules, without=expense.pk if expense else None, beside=beside)
    except NotPossible as problem:
        return Tried(problem=problem.sentence)
    except Faults:
        return Tried(problem="ほかの行に、いまの定義で読めないものがあり、上限とくらべられません。")
    limits = tuple(one for one in ledger.limits if one.over or one.near or one.rule == form.heading.key)
    return Tried(verdict, limits)
