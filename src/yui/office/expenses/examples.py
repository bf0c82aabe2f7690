"""Examples that have the engine judge expenses: a line, a ceiling over many, a category after the ceilings."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from yui.base.definitions.schema import Example, ExampleFault
from yui.engine.expenses import answer_expenses
from yui.engine.faults import Faults
from yui.engine.sentences import line, say
from yui.office.profiles import profile_of

Given = Mapping[str, Any]
CONTRACT = "契約"
PHASES = {"見積り": "estimate", "変更": "amendment", "精算": "settlement"}


def _judged(definition: Any, given: Given) -> Any:
    """`lines`, or one line as it stands in `given`."""
    lines = given.get("lines") or [{key: value for key, value in given.items() if key != "phase"}]
    question = {
        "profile": profile_of(definition, "examples"),
        "phase": PHASES[given.get("phase", "精算")],
        "lines": [{"id": f"{at}行目"} | _plain(one) for at, one in enumerate(lines, start=1)],
    }
    try:
        return answer_expenses(question)
    except Faults as wrong:
        raise ExampleFault("、".join(line(fault, "expenses") for fault in wrong.faults)) from wrong


def _plain(one: Given) -> dict[str, Any]:
    """A line as the engine reads it. `paid_by`: source → yen, 契約 for the contract."""
    made = {key: value.isoformat() if isinstance(value, date) else value for key, value in one.items()}
    made.pop("of", None)
    paid_by = made.pop("paid_by", {})
    sources = [{"source": "contract" if name == CONTRACT else name, "amount": yen} for name, yen in paid_by.items()]
    return made | ({"sources": sources} if sources else {})


def _eligible(definition: Any, given: Given) -> int:
    return int(_judged(definition, given)["lines"][0]["eligible"])


def _settleable(definition: Any, given: Given) -> bool:
    return bool(_judged(definition, given)["lines"][0]["settleable"])


def _rules(definition: Any, given: Given) -> list[str]:
    codes = _judged(definition, given)["lines"][0]["rules"]
    return [say("expenses", "rules", code, {}) for code in codes[1:] or codes]


def _limit(key: str) -> Example:
    def of(definition: Any, given: Given) -> int:
        for one in _judged(definition, given)["limits"]:
            if one["rule"] == given["of"]:
                return int(one[key])
        raise ExampleFault(f"上限「{given['of']}」はありません。")

    return of


def _category(definition: Any, given: Given) -> int:
    return int(_judged(definition, given)["totals"][given["of"]]["eligible"])


JUDGED_EXAMPLES: dict[str, Example] = {
    "経費：対象になる額": _eligible,
    "経費：精算できる": _settleable,
    "経費：除いたわけ": _rules,
    "経費：上限": _limit("limit"),
    "経費：上限をこえた額": _limit("over"),
    "経費：費目の合計のうち対象": _category,
}
