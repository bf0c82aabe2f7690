"""What can be done with a call: every change of it is a verb here."""

from yui.office.calls.domain.announcing import Incomplete, amend_call, announce_call, draft_call
from yui.office.calls.domain.ending import (
    cancel_call,
    choose_paper_screening,
    end_without_candidate,
    postpone_call,
    resume_call,
)
from yui.office.calls.domain.preparing import begin_amendment, change_values, drop_amendment, write_rules
from yui.office.calls.domain.questions import (
    ask_question,
    decline_question,
    draft_answer,
    enter_question,
    publish_answer,
)
from yui.office.calls.domain.versions import FaultyRules

__all__ = [
    "FaultyRules",
    "Incomplete",
    "amend_call",
    "announce_call",
    "ask_question",
    "begin_amendment",
    "cancel_call",
    "change_values",
    "choose_paper_screening",
    "decline_question",
    "draft_answer",
    "draft_call",
    "drop_amendment",
    "end_without_candidate",
    "enter_question",
    "postpone_call",
    "publish_answer",
    "resume_call",
    "write_rules",
]
