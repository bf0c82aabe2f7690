"""What this part does by itself."""

import datetime as dt

from yui.base.access.actor import system_actor
from yui.base.jobs.registry import every_day
from yui.base.tenancy.models import Authority
from yui.office.sharing.domain import bring_shared_up_to_date


@every_day("sharing.figures")
def share_figures(authority: Authority, today: dt.date) -> int:
    """The numbers of months that are over, as they are today. Doing it twice changes nothing."""
    return bring_shared_up_to_date(actor=system_actor(authority, "sharing.figures"), today=today)
