"""Which cost is eligible, to the yen: `read → judging → limits → answer`, and the table of honoraria.

`expenses(Question) -> Result` for code, `answer_…(json) -> json` for the command line.
"""

from yui.engine.expenses.answer import answer_expenses, expenses
from yui.engine.expenses.honorarium import Allowed, allowed, answer_honorarium
from yui.engine.expenses.judging import judge
from yui.engine.expenses.limits import share_limit
from yui.engine.expenses.read import read_question
from yui.engine.expenses.types import RULES, Judged, Limit, Line, Question, Result, Total

__all__ = [
    "RULES",
    "Allowed",
    "Judged",
    "Limit",
    "Line",
    "Question",
    "Result",
    "Total",
    "allowed",
    "answer_expenses",
    "answer_honorarium",
    "expenses",
    "judge",
    "read_question",
    "share_limit",
]
