"""What a person downloads of applications, and what goes when the person is erased."""

import pytest

from yui.base.access.actor import system_actor
from yui.office.calls.models import Applicant
from yui.office.calls.own_data import CONTACT, call_applications
from yui.office.calls.tests.papers import at, register
from yui.people.domain.erasure import erase_person
from yui.people.models import Person, Proxy


@pytest.fixture
def person(kurihara, monkeypatch):
    """A person whose own account applied."""
    at(monkeypatch, "2024-06-03 10:00")
    firm, _actor = register(kurihara, "firm", representative="見本 太郎", postal="987-0000", telephone="0748-00-0000")
    made = Person.objects.create(authority=kurihara.authority, display_name="見本 太郎", created_at=firm.registered_at)
    Proxy.objects.create(
        authority=kurihara.authority,
        person=made,
        account=firm.account,
        relation=Proxy.Relation.SELF,
        starts_on="2024-06-01",
    )
    return made


def test_the_own_applications_are_in_the_file_of_own_data(person):
    [row] = call_applications(person)
    assert (row["name"], row["representative"], row["state"]) == ("架空firm社", "見本 太郎", "registered")


def test_erasing_empties_the_contact_details_and_keeps_the_application(person, kurihara):
    erase_person(actor=system_actor(kurihara.authority, "test"), person=person)
    firm = Applicant.objects.get()
    assert [getattr(firm, name) for name in CONTACT] == [""] * len(CONTACT)
    assert (firm.name, firm.account) == ("架空firm社", None)
