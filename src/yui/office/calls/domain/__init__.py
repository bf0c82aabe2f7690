"""What can be done with a call: every change of it is a verb here."""

from yui.office.calls.domain.announcing import announce_call, draft_call
from yui.office.calls.domain.declaring import Declared, check_requirement, decide_eligibility, declare_eligibility
from yui.office.calls.domain.disqualifying import (
    confirm_disqualification,
    dismiss_disqualification,
    propose_disqualification,
)
from yui.office.calls.domain.leaving import confirm_in_writing, withdraw_applicant
from yui.office.calls.domain.opening import enter_estimate, open_seals, read_paper
from yui.office.calls.domain.receiving import Arrived, ask_late_exception, attach_scan, receive_papers
from yui.office.calls.domain.registering import Entry, correct_applicant, register_applicant, register_on_paper
from yui.office.calls.domain.submitting import (
    add_paper,
    begin_draft,
    remove_paper,
    set_estimate,
    submit_proposal,
)

__all__ = [
    "Arrived",
    "Declared",
    "Entry",
    "add_paper",
    "announce_call",
    "ask_late_exception",
    "attach_scan",
    "begin_draft",
    "check_requirement",
    "confirm_disqualification",
    "confirm_in_writing",
    "correct_applicant",
    "decide_eligibility",
    "declare_eligibility",
    "dismiss_disqualification",
    "draft_call",
    "enter_estimate",
    "open_seals",
    "propose_disqualification",
    "read_paper",
    "receive_papers",
    "register_applicant",
    "register_on_paper",
    "remove_paper",
    "set_estimate",
    "submit_proposal",
    "withdraw_applicant",
]
