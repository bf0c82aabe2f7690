"""The `expenses` question as JSON in, JSON out: what `yui engine expenses` prints."""

from collections import Counter

from yui.engine.calendar.written import fiscal_year_label
from yui.engine.expenses.judging import judge
from yui.engine.expenses.limits import apply_limits
from yui.engine.expenses.read import read_question
from yui.engine.expenses.types import RULES, Limit, Question, Result
from yui.engine.steps import Step, told

ORGAN = "expenses"


def answer_expenses(question: object) -> dict[str, object]:
    """Raises Faults."""
    asked = read_question(question)
    return as_json(asked, expenses(asked))


def expenses(asked: Question) -> Result:
    """Judge every line, then the limits over them."""
    lines = [judge(line, asked.rules, asked.profile) for line in asked.lines]
    limits, totals = apply_limits(lines, asked.rules, asked.phase)
    return Result(tuple(lines), tuple(limits), totals)


def as_json(asked: Question, found: Result) -> dict[str, object]:
    """The published shape; money is whole yen."""
    return {
        "lines": [
            {
                "id": line.id,
                "claimed": line.claimed,
                "eligible": line.eligible,
                "ineligible": line.claimed - line.eligible,
                "settleable": line.settleable,
                "rules": line.rules,
            }
            for line in found.lines
        ],
        "limits": [
            {"rule": one.rule, "limit": one.limit, "actual": one.actual, "over": one.over} for one in found.limits
        ],
        "totals": {
            code: {"claimed": total.claimed, "eligible": total.eligible, "ineligible": total.ineligible}
            for code, total in found.totals.items()
        },
        "steps": told(ORGAN, _steps(asked, found)),
        "ignored": list(asked.ignored),
    }


def _steps(asked: Question, found: Result) -> list[Step]:
    phase = f"read_{asked.phase}"
    made = [Step(phase, {"title": asked.profile.title, "profile": asked.profile.name, "lines": len(found.lines)})]
    cited = Counter(rule for line in found.lines for rule in line.rules)
    made += [Step(rule, {"lines": cited[rule]}) for rule in RULES if cited[rule]]
    made += [_limit(asked, one) for one in found.limits]
    claimed = sum(total.claimed for total in found.totals.values())
    eligible = sum(total.eligible for total in found.totals.values())
    made.append(Step("sum", {"claimed": claimed, "eligible": eligible, "ineligible": claimed - eligible}))
    return made


def _limit(asked: Question, one: Limit) -> Step:
    values: dict[str, object] = {"limit": one.limit, "actual": one.actual, "over": one.over}
    category = None if asked.rules.categories is None else asked.rules.categories.get(one.rule)
    if category is None:
        binds = asked.phase in asked.rules.years_bind or not one.over
        name = fiscal_year_label(int(one.rule.removeprefix("year_")))
        rule = "limit_within" if not one.over else "limit_over" if binds else "limit_over_told"
        return Step(rule, {"name": name, **values})
    if category.share_of_total is not None:
        share = category.share_of_total
        rule = "share_over" if one.over else "share_within"
        return Step(rule, {"name": category.name, "share": f"{share.numerator}/{share.denominator}", **values})
    return Step("limit_over" if one.over else "limit_within", {"name": category.name, **values})
