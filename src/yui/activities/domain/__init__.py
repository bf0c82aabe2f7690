"""What can happen to activities, opportunities, applications, attendance and ties. One verb for each."""

from yui.activities.domain.activities import (
    ActivityPlan,
    SessionPlan,
    add_session,
    cancel_session,
    end_activity,
    open_activity,
    update_activity,
)
from yui.activities.domain.applications import apply_to_opportunity, cancel_application, refuse_application
from yui.activities.domain.attendance import Attendance, attend_by_code, record_attendance
from yui.activities.domain.bookmarks import bookmark, unbookmark
from yui.activities.domain.copying import copy_activity
from yui.activities.domain.meetings import answer_first_meeting, answer_first_meeting_as_host, show_name
from yui.activities.domain.offers import accept_offer, answer_by_link, keep_places_moving, open_offer
from yui.activities.domain.opportunities import (
    OpportunityPlan,
    add_opportunity,
    close_opportunity,
    end_opportunity,
    end_past_opportunities,
    reopen_opportunity,
    submit_opportunity,
    take_back_opportunity,
    update_opportunity,
)
from yui.activities.domain.overlaps import Overlap

__all__ = [
    "ActivityPlan",
    "Attendance",
    "OpportunityPlan",
    "Overlap",
    "SessionPlan",
    "accept_offer",
    "add_opportunity",
    "add_session",
    "answer_by_link",
    "answer_first_meeting",
    "answer_first_meeting_as_host",
    "apply_to_opportunity",
    "attend_by_code",
    "bookmark",
    "cancel_application",
    "cancel_session",
    "close_opportunity",
    "copy_activity",
    "end_activity",
    "end_opportunity",
    "end_past_opportunities",
    "keep_places_moving",
    "open_activity",
    "open_offer",
    "record_attendance",
    "refuse_application",
    "reopen_opportunity",
    "show_name",
    "submit_opportunity",
    "take_back_opportunity",
    "unbookmark",
    "update_activity",
    "update_opportunity",
]
