"""What can be done with a call: every change of it is a verb here."""

from yui.office.calls.domain.announcing import Incomplete, amend_call, announce_call, draft_call
from yui.office.calls.domain.declaring import Declared, check_requirement, decide_eligibility, declare_eligibility
from yui.office.calls.domain.disqualifying import (
    confirm_disqualification,
    dismiss_disqualification,
    propose_disqualification,
)
from yui.office.calls.domain.ending import (
    cancel_call,
    choose_paper_screening,
    end_without_candidate,
    postpone_call,
    resume_call,
)
from yui.office.calls.domain.leaving import confirm_in_writing, withdraw_applicant
from yui.office.calls.domain.opening import enter_estimate, open_seals, read_paper
from yui.office.calls.domain.preparing import begin_amendment, change_values, drop_amendment, write_rules
from yui.office.calls.domain.questions import (
    ask_question,
    decline_question,
    draft_answer,
    enter_question,
    publish_answer,
)
from yui.office.calls.domain.receiving import Arrived, ask_late_exception, attach_scan, receive_papers
from yui.office.calls.domain.registering import Entry, correct_applicant, register_applicant, register_on_paper
from yui.office.calls.domain.submitting import add_paper, begin_draft, remove_paper, set_estimate, submit_proposal
from yui.office.calls.domain.versions import FaultyRules

__all__ = [
    "Arrived",
    "Declared",
    "Entry",
    "FaultyRules",
    "Incomplete",
    "add_paper",
    "amend_call",
    "announce_call",
    "ask_late_exception",
    "ask_question",
    "attach_scan",
    "begin_amendment",
    "begin_draft",
    "cancel_call",
    "change_values",
    "check_requirement",
    "choose_paper_screening",
    "confirm_disqualification",
    "confirm_in_writing",
    "correct_applicant",
    "decide_eligibility",
    "declare_eligibility",
    "decline_question",
    "dismiss_disqualification",
    "draft_answer",
    "draft_call",
    "drop_amendment",
    "end_without_candidate",
    "enter_estimate",
    "enter_question",
    "open_seals",
    "postpone_call",
    "propose_disqualification",
    "publish_answer",
    "read_paper",
    "receive_papers",
    "register_applicant",
    "register_on_paper",
    "remove_paper",
    "resume_call",
    "set_estimate",
    "submit_proposal",
    "withdraw_applicant",
    "write_rules",
]
