"""What these tables give a person who downloads all their own data, and what goes when the person is erased.

An application belongs to an organisation; a person is in it as the account that applies. The papers and sums are kept for
the years of the call, the contact details go with the person.
"""

from typing import Any

from yui.base.access.actor import Actor
from yui.base.audit.record import record
from yui.office.calls.models import Applicant
from yui.people.domain.erasure import register_eraser
from yui.people.domain.own_data import register_own_data
from yui.people.models import Person, Proxy

Rows = list[dict[str, Any]]
CONTACT = ("representative", "postal", "mail", "telephone")


def call_applications(person: Person) -> Rows:
    """Each call in which the person's own account applied."""
    columns = ("call__title", "public_id", "name", "form", *CONTACT, "registered_at", "state")
    return list(_own(person).values(*columns))


def erase_contact(actor: Actor, person: Person) -> None:
    """Empty the contact details of the applications of the person's own account; the account itself goes afterwards."""
    for applicant in _own(person):
        for name in CONTACT:
            setattr(applicant, name, "")
        applicant.save(update_fields=CONTACT)
        record(actor, "applicant.erased", applicant, person_id=person.public_id, fields=CONTACT)


def register() -> None:
    """Tell the people wing; called once when the application is ready."""
    register_own_data(call_applications.__name__, call_applications)
    register_eraser(erase_contact)


def _own(person: Person) -> Any:
    accounts = Proxy.objects.filter(person=person, relation=Proxy.Relation.SELF).values("account_id")
    return Applicant.objects.filter(account_id__in=accounts).order_by("registered_at", "id")
