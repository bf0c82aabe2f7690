"""What the wing does by itself each day."""

import datetime as dt

from yui.base.access.actor import system_actor
from yui.base.jobs.registry import every_day
from yui.base.tenancy.models import Authority
from yui.people.domain import drop_old_drafts


@every_day("people.drafts")
def drafts(authority: Authority, today: dt.date) -> int:
    """Forget unfinished registrations whose days are over."""
    return drop_old_drafts(actor=system_actor(authority, "people.drafts"))
