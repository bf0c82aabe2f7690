"""What the prospects do by themselves each day."""

import datetime as dt

from yui.base.access.actor import system_actor
from yui.base.jobs.registry import every_day
from yui.base.tenancy.models import Authority
from yui.people.prospects.domain import forget_old


@every_day("prospects.forget")
def forget(authority: Authority, today: dt.date) -> int:
    """Erase prospects without contact for the definition's days."""
    return forget_old(actor=system_actor(authority, "prospects.forget"))
