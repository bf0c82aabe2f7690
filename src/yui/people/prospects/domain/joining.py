"""A prospect has registered: the link to the person stays, the values go, the invitation is credited."""

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.record import record
from yui.people.models import Person, Registration
from yui.people.prospects.domain.erasing import empty
from yui.people.prospects.domain.prospects import lock
from yui.people.prospects.models import BenefitShown, Invitation, Prospect, RosterEntry


def join_registered(*, actor: Actor, prospect: Prospect, person: Person) -> Prospect:
    """Link the prospect to the registered person and end it. The latest invitation before counts as having led there;
    without one of their own, that of many by which they came. Their places in candidate lists go over to the person.
    """
    require(actor, Permission.PROSPECT_WRITE, prospect)
    require(actor, Permission.PERSON_READ, person)
    standing = Registration.objects.filter(person=person, ended_on=None).order_by("effective_on").first()
    if person.erased_at is not None or standing is None:
        raise NotPossible("この方は、まだ登録されていません。", "not_registered")
    with transaction.atomic():
        fresh = lock(prospect)
        own = Invitation.objects.filter(prospect=fresh, sent_on__lte=max(standing.effective_on, fresh.effective_on))
        led = own.order_by("-sent_on", "-id").first()
        if led is not None:
            led.registered_on = max(standing.effective_on, led.sent_on)
            led.answered_on, led.outcome = led.answered_on or led.registered_on, Invitation.Outcome.YES
            led.save(update_fields=["registered_on", "answered_on", "outcome"])
        BenefitShown.objects.filter(prospect=fresh).update(person=person)
        RosterEntry.objects.filter(prospect=fresh, ended_on=None).update(prospect=None, person=person)
        fresh.person, fresh.ended_on, fresh.ended_how = person, clock.today(), Prospect.Ending.REGISTERED
        empty(actor=actor, prospect=fresh)
        record(actor, "prospect.registered", fresh, person_id=person.public_id)
    return fresh
