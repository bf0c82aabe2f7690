"""What goes when a person is erased: words and wishes. The numbered result stays, because it was published and counted."""

from yui.activities.assignments.models import ManualChange, RankedWish, WishSheet
from yui.activities.assignments.states import REVEALED
from yui.base import clock
from yui.base.access.actor import Actor
from yui.people.models import Person


def erase_in_rounds(*, actor: Actor, person: Person) -> None:
    """The eraser of these tables: called in the transaction in which a person is erased, which asked and records."""
    sheets = WishSheet.objects.filter(person=person)
    sheets.exclude(round__state__in=REVEALED).filter(withdrawn_at=None).update(withdrawn_at=clock.now())
    sheets.update(groups=[])
    RankedWish.objects.filter(sheet__in=sheets).delete()
    ManualChange.objects.filter(sheet__in=sheets).update(words="")
