"""What can happen to a round, its wishes and its result. One verb for each."""

from yui.activities.assignments.domain.changes import change_place
from yui.activities.assignments.domain.drawing import close_and_draw, close_round, draw_lots, try_out
from yui.activities.assignments.domain.publishing import publish_round, settle_sheet
from yui.activities.assignments.domain.rounds import (
    add_programme,
    announce_round,
    call_off_round,
    change_programme,
    change_round,
    make_round,
    open_round,
    remove_programme,
    remove_region,
    set_region,
)
from yui.activities.assignments.domain.wishes import save_wishes, set_standing, withdraw_wishes

__all__ = [
    "add_programme",
    "announce_round",
    "call_off_round",
    "change_place",
    "change_programme",
    "change_round",
    "close_and_draw",
    "close_round",
    "draw_lots",
    "make_round",
    "open_round",
    "publish_round",
    "remove_programme",
    "remove_region",
    "save_wishes",
    "set_region",
    "set_standing",
    "settle_sheet",
    "try_out",
    "withdraw_wishes",
]
