"""The verbs of the introductions wing."""

from yui.introductions.domain.answering import Said, answer, answer_by_link, open_link
from yui.introductions.domain.asking import ask_again, ask_both_sides, remind_waiting
from yui.introductions.domain.lists import make_candidate_list
from yui.introductions.domain.proposing import propose_introduction
from yui.introductions.domain.rules import draft_rules, edit_rules, preview_rules, request_rules, withdraw_rules
from yui.introductions.domain.steps import (
    follow_up,
    record_met,
    record_outcome,
    send_follow_ups,
    set_meeting,
    start_together,
    stop,
)

__all__ = [
    "Said",
    "answer",
    "answer_by_link",
    "ask_again",
    "ask_both_sides",
    "draft_rules",
    "edit_rules",
    "follow_up",
    "make_candidate_list",
    "open_link",
    "preview_rules",
    "propose_introduction",
    "record_met",
    "record_outcome",
    "remind_waiting",
    "request_rules",
    "send_follow_ups",
    "set_meeting",
    "start_together",
    "stop",
    "withdraw_rules",
]
