"""気になる, and not any more."""

from django.db import IntegrityError, transaction

from yui.activities.models import Bookmark, Opportunity
from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.record import record
from yui.people.models import Person


def bookmark(*, actor: Actor, opportunity: Opportunity, person: Person) -> Bookmark:
    """Remember an opportunity for a person; twice is the same as once."""
    require(actor, Permission.BOOKMARK_WRITE, person)
    with transaction.atomic():
        try:
            with transaction.atomic():
                made = Bookmark.objects.create(
                    authority=actor.authority, person=person, opportunity=opportunity, effective_on=clock.today()
                )
        except IntegrityError:  # pressed twice
            return Bookmark.objects.get(person=person, opportunity=opportunity, ended_on=None)
        record(actor, "bookmark.made", made, person_id=person.public_id)
    return made


def unbookmark(*, actor: Actor, opportunity: Opportunity, person: Person) -> None:
    """Forget it again; nothing happens where there is none."""
    require(actor, Permission.BOOKMARK_WRITE, person)
    with transaction.atomic():
        for found in Bookmark.objects.filter(person=person, opportunity=opportunity, ended_on=None):
            found.ended_on = clock.today()
            found.save(update_fields=["ended_on"])
            record(actor, "bookmark.ended", found, person_id=person.public_id)
