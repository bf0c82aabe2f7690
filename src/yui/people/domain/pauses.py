"""いまはお休み: a person rests from today, until a day or until they say so. Nobody asks why."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.record import record
from yui.people.domain.profile import lock
from yui.people.models import Pause, Person
from yui.people.queries import current_pause


def pause(*, actor: Actor, person: Person, until: dt.date | None = None) -> Pause:
    """Rest until a day (included), or without one until resumed. A rest that runs already is replaced."""
    require(actor, Permission.PERSON_WRITE, person)
    today, now = clock.today(), clock.now()
    if until is not None and until < today:
        raise NotPossible(_("お休みの終わりは、今日からあとの日にしてください。"), "until_past")
    with transaction.atomic():
        person = lock(person)
        _lift(current_pause(person, today))
        row = Pause.objects.create(
            authority_id=person.authority_id, person=person, starts_on=today, until=until, recorded_at=now
        )
        record(actor, "person.paused", row, person_id=person.public_id)
    return row


def resume(*, actor: Actor, person: Person) -> None:
    """Come back today. Without a rest nothing happens."""
    require(actor, Permission.PERSON_WRITE, person)
    with transaction.atomic():
        person = lock(person)
        row = current_pause(person, clock.today())
        if row is None:
            return
        _lift(row)
        record(actor, "person.resumed", row, person_id=person.public_id)


def _lift(row: Pause | None) -> None:
    if row is not None:
        row.lifted_on = clock.today()
        row.lifted_recorded_at = clock.now()
        row.save(update_fields=["lifted_on", "lifted_recorded_at"])
