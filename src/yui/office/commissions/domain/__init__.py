"""What can be done with a commission: begin it, appoint, hand in, accept, meet."""

from yui.office.commissions.domain.contractors import appoint_by_mail, engage_contractor
from yui.office.commissions.domain.contracts import (
    appoint_staff,
    dismiss_staff,
    end_engagement,
    start_commission,
    start_engagement,
)
from yui.office.commissions.domain.meetings import call_off_meeting, plan_meeting, record_minutes
from yui.office.commissions.domain.owed import accept_owed, ask_paper, require_complete, return_owed, submit_owed
from yui.office.commissions.domain.reminding import remind_contractors

__all__ = [
    "accept_owed",
    "appoint_by_mail",
    "appoint_staff",
    "ask_paper",
    "call_off_meeting",
    "dismiss_staff",
    "end_engagement",
    "engage_contractor",
    "plan_meeting",
    "record_minutes",
    "remind_contractors",
    "require_complete",
    "return_owed",
    "start_commission",
    "start_engagement",
    "submit_owed",
]
