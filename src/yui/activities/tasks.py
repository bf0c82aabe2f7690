"""What this wing does by itself."""

import datetime as dt

from yui.activities.domain import end_past_opportunities
from yui.base.access.actor import system_actor
from yui.base.jobs.registry import every_day
from yui.base.tenancy.models import Authority


@every_day("activities.end_past")
def end_past(authority: Authority, today: dt.date) -> int:
    """End what belonged to one date that is over since a week. Doing it twice does nothing."""
    return end_past_opportunities(actor=system_actor(authority, "activities.end_past"))
