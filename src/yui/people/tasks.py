"""What the wing does by itself each day."""

import datetime as dt

from yui.base.access.actor import system_actor
from yui.base.jobs.registry import every_day
from yui.base.tenancy.models import Authority
from yui.people.domain import drop_old_drafts, find_likeness, forget_journals


@every_day("people.drafts")
def drafts(authority: Authority, today: dt.date) -> int:
    """Forget unfinished registrations whose days are over."""
    return drop_old_drafts(actor=system_actor(authority, "people.drafts"))


@every_day("people.duplicates")
def duplicates(authority: Authority, today: dt.date) -> int:
    """Find registrations that may be one person, however they came in; forget what can not be undone any more."""
    actor = system_actor(authority, "people.duplicates")
    forget_journals(actor=actor)
    return find_likeness(actor=actor)
