"""What this wing does by itself."""

import datetime as dt

from yui.activities.domain import end_past_opportunities, keep_places_moving
from yui.base.access.actor import system_actor
from yui.base.jobs.registry import every_day, every_minute
from yui.base.tenancy.models import Authority


@every_day("activities.end_past")
def end_past(authority: Authority, today: dt.date) -> int:
    """End what belonged to one date that is over since a week. Doing it twice does nothing."""
    return end_past_opportunities(actor=system_actor(authority, "activities.end_past"))


@every_minute("activities.places")
def move_lines(authority: Authority) -> int:
    """Let offers that nobody answered go on to the next, and end the lines for which it is too late."""
    return keep_places_moving(actor=system_actor(authority, "activities.places"))
