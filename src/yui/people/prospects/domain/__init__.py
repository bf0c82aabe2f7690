"""What can happen to prospects, hearings, invitations, benefits shown and candidate lists: one function for each verb."""

from yui.people.prospects.domain.benefits import show_benefits
from yui.people.prospects.domain.erasing import end_prospect, forget_old
from yui.people.prospects.domain.hearings import change_hearing, finish_step, hold_hearing
from yui.people.prospects.domain.inviting import answer_invitation, invite, invite_many
from yui.people.prospects.domain.joining import join_registered
from yui.people.prospects.domain.papers import make_roster_excel, make_roster_word
from yui.people.prospects.domain.prospects import add_prospect, change_prospect, touch
from yui.people.prospects.domain.rosters import add_entry, change_entry, make_roster, take_out

__all__ = [
    "add_entry",
    "add_prospect",
    "answer_invitation",
    "change_entry",
    "change_hearing",
    "change_prospect",
    "end_prospect",
    "finish_step",
    "forget_old",
    "hold_hearing",
    "invite",
    "invite_many",
    "join_registered",
    "make_roster",
    "make_roster_excel",
    "make_roster_word",
    "show_benefits",
    "take_out",
    "touch",
]
