"""Registering on the web and from paper."""

import datetime as dt

import pytest

from yui.base import clock
from yui.base.access.actor import actor_for
from yui.base.access.errors import NotPossible, Refused
from yui.base.accounts.models import Account
from yui.base.audit.models import AuditEvent
from yui.people.domain import register_by_proxy, register_person
from yui.people.models import Consent, Contact, Person, PersonChoice, PersonKey, Proxy, Registration, StageChange
from yui.people.models.registrations import Received


def test_a_visitor_registers_and_every_row_is_written(sora):
    answers = sora.answers(contacts=(("phone", "0748000001"), ("mail", "Mihon@example.jp")), contact_way="mail")
    done = register_person(actor=sora.anonymous(), answers=answers)
    person = done.person
    assert (person.display_name, person.kana, person.district) == ("見本 太郎", "ミホン タロウ", sora.district)
    registration = Registration.objects.get(person=person)
    assert (registration.effective_on, registration.received, registration.ended_on) == (clock.today(), "web", None)
    assert set(Consent.objects.filter(person=person).values_list("purpose", "wording_version", "received")) == {
        (purpose, 1, "web") for purpose in ("register", "introduce", "notices", "handover")
    }
    assert list(StageChange.objects.filter(person=person).values_list("stage", "before")) == [("interest", "")]
    assert set(PersonChoice.objects.filter(person=person).values_list("kind", "key")) == {
        ("theme", "fukushi"), ("skill", "reading"), ("slot", "saturday_morning"),
    }  # fmt: skip
    assert set(PersonKey.objects.filter(person=person).values_list("kind", "key")) == {
        ("name", "見本太郎"), ("reading", "みほんたろう"), ("number", "0748000001"), ("tail", "0001"),
        ("mail", "mihon@example.jp"),
    }  # fmt: skip
    event = AuditEvent.objects.get(act="person.registered")
    assert (event.person_id, event.actor, event.details) == (person.public_id, "anonymous", {"received": "web"})


def test_the_browser_goes_on_as_this_person_and_never_as_the_owner_of_the_typed_address(sora):
    victim = sora.register("例示 花子", contacts=(("mail", "hanako@example.jp"),), contact_way="mail")
    answers = sora.answers(contacts=(("mail", "hanako@example.jp"),), contact_way="mail")
    done = register_person(actor=sora.anonymous(), answers=answers)
    assert done.device.email == f"{done.person.public_id}@card.invalid"
    assert not done.device.has_usable_password()
    assert actor_for(done.device, sora.authority).person_ids == {done.person.pk}
    owner = Account.objects.get(email="hanako@example.jp")
    relations = dict(Proxy.objects.filter(account=owner).values_list("person_id", "relation"))
    assert relations == {victim.pk: "self", done.person.pk: "helper"}


def test_with_a_mail_address_the_browser_is_trusted_for_a_day_only(sora):
    answers = sora.answers(contacts=(("mail", "taro@example.jp"),), contact_way="mail")
    done = register_person(actor=sora.anonymous(), answers=answers)
    proxy = Proxy.objects.get(account=done.device)
    assert proxy.ends_on == clock.today() + dt.timedelta(days=1)
    without = register_person(actor=sora.anonymous(), answers=sora.answers(display_name="例示 花子"))
    assert Proxy.objects.get(account=without.device).ends_on is None


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"consents": ("notices",)}, "consent_missing"),
        ({"consents": ("register", "nothing")}, "unknown_purpose"),
        ({"display_name": "　"}, "name_missing"),
        ({"contact_way": ""}, "way_missing"),
        ({"contact_way": "mail"}, "contact_missing"),
        ({"contact_way": "letter"}, "contact_missing"),
        ({"choices": {"skill": ("flying",)}}, "unknown_choice"),
        ({"birth_year": 2015}, "guardian_missing"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_written(sora, given, code):
    with pytest.raises(NotPossible) as refused:
        register_person(actor=sora.anonymous(), answers=sora.answers(**given))
    assert refused.value.code == code
    assert refused.value.sentence
    assert (Person.objects.count(), Account.objects.count()) == (0, 0)


def test_a_minor_registers_with_the_consent_of_a_guardian(sora):
    answers = sora.answers(birth_year=clock.today().year - 12, guardian=True)
    person = register_person(actor=sora.anonymous(), answers=answers).person
    assert set(Consent.objects.filter(person=person).values_list("guardian", flat=True)) == {True}


def test_names_stay_as_they_are_written(sora):
    for name in ("𠮷野 ã太郎", "マリア・エゼンプラ・ダ・シルヴァ・フィクチシア", "㈱髙﨑"):
        person = register_person(actor=sora.anonymous(), answers=sora.answers(display_name=name)).person
        person.refresh_from_db()
        assert person.display_name == name


def test_paper_is_entered_with_who_when_and_how(sora):
    day = clock.today() - dt.timedelta(days=3)
    actor = sora.staff("coordinator")
    person = register_by_proxy(actor=actor, answers=sora.answers(), received=Received.PAPER, received_on=day)
    registration = Registration.objects.get(person=person)
    assert (registration.received, registration.received_by, registration.effective_on) == ("paper", actor.account, day)
    assert registration.recorded_at.astimezone(clock.TOKYO).date() == clock.today()
    assert Consent.objects.filter(person=person, received="paper", effective_on=day).count() == 4


def test_paper_of_tomorrow_and_paper_by_a_resident_are_refused(sora):
    coordinator = sora.staff("coordinator")
    tomorrow = clock.today() + dt.timedelta(days=1)
    with pytest.raises(NotPossible):
        register_by_proxy(actor=coordinator, answers=sora.answers(), received=Received.PAPER, received_on=tomorrow)
    resident = sora.resident(sora.register())
    for actor in (resident, sora.staff("auditor"), sora.anonymous()):
        with pytest.raises(Refused):
            register_by_proxy(actor=actor, answers=sora.answers(), received=Received.PAPER, received_on=clock.today())
    assert Person.objects.count() == 1


def test_consents_are_in_the_words_that_stood_on_the_paper(sora):
    long_ago = dt.date(2020, 1, 1)
    person = register_by_proxy(
        actor=sora.staff("coordinator"), answers=sora.answers(), received=Received.PAPER,
        received_on=clock.today(), wording_day=long_ago,
    )  # fmt: skip
    assert set(Consent.objects.filter(person=person).values_list("wording_version", flat=True)) == {1}


def test_contacts_are_kept_apart_from_the_person(sora):
    person = sora.register(contacts=(("phone", "0748000001"), ("mail", "a@example.jp")))
    assert set(Contact.objects.filter(person=person).values_list("kind", "value")) == {
        ("phone", "0748000001"), ("mail", "a@example.jp"),
    }  # fmt: skip
