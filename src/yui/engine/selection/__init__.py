"""One candidate out of all sheets, and what surrounds it: shortlist, clocks, receipt, deposit.

`read → ranks → order → select`; `answer_…(json) -> json` for the command line.
"""

from yui.engine.selection.answer import answer_select
from yui.engine.selection.clocks import answer_receipt, answer_window, refusal
from yui.engine.selection.deposit import answer_deposit, deposit
from yui.engine.selection.read import read_question
from yui.engine.selection.select import select
from yui.engine.selection.shortlist import answer_shortlist, invited
from yui.engine.selection.types import GAPS, REASONS, Decision, Gap, Proposal, Question, Row, Sheet

__all__ = [
    "GAPS",
    "REASONS",
    "Decision",
    "Gap",
    "Proposal",
    "Question",
    "Row",
    "Sheet",
    "answer_deposit",
    "answer_receipt",
    "answer_select",
    "answer_shortlist",
    "answer_window",
    "deposit",
    "invited",
    "read_question",
    "refusal",
    "select",
]
