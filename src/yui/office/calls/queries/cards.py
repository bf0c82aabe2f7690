"""The cards on the page of a call: one for each room, in the order in which a call goes through them.

A room adds its function here and its fragment ``calls/desk/_card_<room>.html``, which finds the answer as ``card``.
"""

from collections.abc import Callable
from typing import Any

from yui.base.access.actor import Actor
from yui.office.calls.models import Call
from yui.office.calls.queries.announcing import announce_card, questions_card
from yui.office.calls.queries.committee import committee_card
from yui.office.calls.queries.notice_lists import notices_card
from yui.office.calls.queries.reception import proposals_card
from yui.office.calls.rules import Announced

CARDS: tuple[tuple[str, Callable[[Call, Announced, Actor], dict[str, Any]]], ...] = (
    ("announce", announce_card),
    ("questions", questions_card),
    ("proposals", proposals_card),
    ("committee", committee_card),
    ("notices", notices_card),
)


def cards_of(call: Call, announced: Announced, actor: Actor) -> list[dict[str, Any]]:
    """Template and answer of each card."""
    return [{"template": f"calls/desk/_card_{room}.html", "card": of(call, announced, actor)} for room, of in CARDS]
