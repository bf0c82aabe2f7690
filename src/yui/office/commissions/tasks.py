"""What commissions do by themselves: reminders, on the first minute of the day in which somebody may be written to."""

import datetime as dt

from yui.base import clock
from yui.base.access.actor import system_actor
from yui.base.jobs.registry import every_minute
from yui.base.tenancy.models import Authority
from yui.office.commissions.domain.reminding import is_day, remind_contractors

_done: dict[int, dt.date] = {}
"""The last day on which this worker has looked through a town; what is told twice is kept out by the rows."""


@every_minute("commissions.remind")
def remind(authority: Authority) -> int:
    """Once a day and by day: without a query until then and after."""
    now = clock.now()
    if not is_day(now) or _done.get(authority.pk) == now.date():
        return 0
    told = remind_contractors(actor=system_actor(authority, "commissions.remind"), now=now)
    _done[authority.pk] = now.date()
    return told
