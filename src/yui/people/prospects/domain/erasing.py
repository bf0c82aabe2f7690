"""Ending and erasing: a prospect's values go at once; the dated rows that were counted stay without them."""

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet

from yui.base import clock
from yui.base.access.actor import Actor, system_actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require, town_of
from yui.base.audit.record import record
from yui.base.definitions import current
from yui.people.models import Person
from yui.people.prospects.domain.prospects import lock
from yui.people.prospects.models import Prospect, RosterEntry

BY_HAND = (Prospect.Ending.DECLINED, Prospect.Ending.WISH)


def end_prospect(*, actor: Actor, prospect: Prospect, how: str) -> Prospect:
    """The person does not want to, or wants to be forgotten. Either way nothing of theirs is kept."""
    require(actor, Permission.PROSPECT_WRITE, prospect)
    if how not in BY_HAND:
        raise NotPossible("終わりのわけを選んでください。", "unknown_ending")
    with transaction.atomic():
        return _erase(actor, lock(prospect), how)


def forget_old(*, actor: Actor) -> int:
    """Erase whoever has not been in contact for the definition's days. Returns how many."""
    require(actor, Permission.PROSPECT_WRITE)
    days = current(town_of(actor)).people.prospects.kept_days.value
    last = clock.today() - dt.timedelta(days=days)
    rows = Prospect.objects.filter(ended_on=None, touched_on__lte=last).exclude(next_on__gte=clock.today())
    count = 0
    for prospect in rows:
        with transaction.atomic():
            _erase(actor, lock(prospect), Prospect.Ending.FORGOTTEN)
            count += 1
    return count


def erase_about_person(*, actor: Actor, person: Person) -> None:
    """The eraser of these tables: called in the transaction in which a registered person is erased."""
    _clear(RosterEntry.objects.filter(Q(person=person) | Q(prospect__person=person)))
    house = system_actor(town_of(actor), "erasure")
    for prospect in Prospect.objects.select_for_update().filter(person=person):
        empty(actor=house, prospect=prospect)


def empty(*, actor: Actor, prospect: Prospect) -> None:
    """Save the row without a value of the person's; part of a verb that asks and records."""
    require(actor, Permission.PROSPECT_WRITE, prospect)
    prospect.name = prospect.kana = prospect.about = prospect.contact = ""
    prospect.source_words = prospect.next_step = ""
    prospect.district = prospect.next_on = None
    prospect.erased_at = clock.now()
    prospect.version += 1
    prospect.save()
    record(actor, "prospect.emptied", prospect)


def _erase(actor: Actor, prospect: Prospect, how: str) -> Prospect:
    _clear(RosterEntry.objects.filter(prospect=prospect))
    prospect.ended_on, prospect.ended_how = clock.today(), how
    empty(actor=actor, prospect=prospect)
    record(actor, "prospect.erased", prospect, details={"how": how})
    return prospect


def _clear(entries: QuerySet[RosterEntry]) -> None:
    entries.filter(ended_on=None).update(ended_on=clock.today())
    entries.update(qualities="", experience="", sources="")
