"""Reading the announcement: the calls of the desk, and the card of this room on the page of a call."""

from typing import Any

from yui.base.access.actor import Actor
from yui.office.calls.models import Call


def announce_card(call: Call, actor: Actor) -> dict[str, Any]:
    """What the card of the announcement shows."""
    return {"may_write": actor.is_staff, "versions": call.versions.count()}
