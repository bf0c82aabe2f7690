"""Who goes where, and why: `types → read → orders → market → deferred/offering → stable`, and for the total fit
`network → solver (insertion) → prices → ties → welfare`; then `account → steps → answer`.

`assign(Question) -> json` for code, `answer_assign(json) -> json` for the command line.
"""

from yui.engine.matching.assignment.answer import answer_assign, assign
from yui.engine.matching.assignment.read import read_question
from yui.engine.matching.assignment.types import Applicant, Lottery, Programme, Question, Reserve

__all__ = ["Applicant", "Lottery", "Programme", "Question", "Reserve", "answer_assign", "assign", "read_question"]
