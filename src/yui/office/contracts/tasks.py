"""What contracts do by themselves."""

import datetime as dt

from yui.base.access.actor import system_actor
from yui.base.jobs.registry import every_day
from yui.base.tenancy.models import Authority
from yui.office.contracts.domain import forget_staff


@every_day("contracts.forget")
def forget(authority: Authority, today: dt.date) -> int:
    """Names of a contractor's people whose time of keeping is over."""
    return forget_staff(actor=system_actor(authority, "contracts.forget"), today=today)
