"""Asking about people. Contact data is read here and nowhere else."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q

from yui.base.access.actor import Actor, Subject
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.accounts.models import Account
from yui.base.audit.record import Reason, record_reading
from yui.people.models import Contact, Membership, Person, Proxy


def subjects_of(account: Account, today: dt.date) -> Iterator[Subject]:
    """For whom an account may speak today: its persons, and the organisations in which they are members."""
    proxies = Proxy.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), account=account, starts_on__lte=today)
    person_ids = list(proxies.filter(person__erased_at=None).values_list("person_id", flat=True))
    for pk in person_ids:
        yield ("person", pk)
    own = proxies.filter(relation=Proxy.Relation.SELF).values("person_id")
    members = Membership.objects.filter(
        Q(ended_on=None) | Q(ended_on__gte=today), person_id__in=own, effective_on__lte=today
    ).exclude(role=Membership.Role.MEMBER)
    for pk in members.values_list("organization_id", flat=True).distinct():
        yield ("organization", pk)


def read_contacts(*, actor: Actor, person: Person, reason: Reason) -> list[Contact]:
    """The present contacts of a person. The reading is written into the audit first."""
    require(actor, Permission.CONTACT_READ, person)
    record_reading(actor, person_id=person.public_id, fields=["contact.value", "contact.note"], reason=reason)
    return list(Contact.objects.filter(person=person, ended_on=None))
