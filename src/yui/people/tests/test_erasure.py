"""Erasure is real; what was counted stays counted; one's own data in one file; cards."""

import datetime as dt
import io
import json
import zipfile

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection

from yui.base import clock
from yui.base.access.actor import actor_for
from yui.base.access.errors import NotPossible, Refused
from yui.base.accounts.models import Account
from yui.base.audit.chain import seal, verify
from yui.base.audit.models import AuditEvent
from yui.base.definitions import current
from yui.base.measures.registry import figure
from yui.people.callers import find_caller
from yui.people.domain import (
    add_member,
    choose_for_report,
    end_card,
    erase_person,
    export_own_data,
    issue_card,
    log_contact,
    pause,
    register_organization,
    save_draft,
    set_contacts,
    sign_in_by_card,
    update_profile,
)
from yui.people.models import Card, ContactNote, Person, Proxy, Registration

PLANTED = (
    "植込みノ助",
    "ウエコミノスケ",
    "うえこみのすけ",
    "08011112222",
    "ueko@example.jp",
    "植込町9番地",
    "秘密の話",
    "午前は植込み",
)


def stored_texts():
    """Every text of every table, as the database has it."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT * FROM {table}")
            found += [f"{model._meta.label}: {row}" for row in cursor.fetchall()]
    return found


def planted_person(town):
    person = town.register(
        "植込みノ助", kana="ウエコミノスケ", about="秘密の話", contact_when="午前は植込み",
        contacts=(("phone", "08011112222"), ("mail", "ueko@example.jp")), address="植込町9番地",
    )  # fmt: skip
    coordinator = town.staff("coordinator")
    note = log_contact(actor=coordinator, about=person, content="植込みノ助さんの秘密の話", promise="秘密の話の続き")
    heading = current(town.authority).commission.monthly_meeting.monitored[0].key
    choose_for_report(actor=coordinator, note=note, heading=heading, text="70代の方の秘密の話")
    save_draft(actor=town.anonymous(), token="", answers={"display_name": "植込みノ助"}, step=1)
    organization = register_organization(actor=coordinator, values={"name": "見本の会"})
    add_member(actor=coordinator, organization=organization, person=person)
    issue_card(actor=coordinator, person=person)
    pause(actor=coordinator, person=person)
    return person


def test_after_erasure_nothing_planted_is_left_in_any_table(sora):
    person = planted_person(sora)
    owner = Account.objects.get(email="ueko@example.jp")
    actor = actor_for(owner, sora.authority)
    assert [text for text in stored_texts() if "秘密の話" in text]
    erase_person(actor=actor, person=person)
    left = [text for text in stored_texts() for value in PLANTED if value in text]
    assert left == []
    assert not Account.objects.filter(pk=owner.pk).exists()
    person.refresh_from_db()
    assert (person.display_name, person.erased_at is None) == ("", False)
    assert Registration.objects.get(person=person).ended_on == clock.today()
    assert find_caller(actor=sora.staff("coordinator"), typed="うえ") == []
    seal()
    assert verify().holds
    assert AuditEvent.objects.get(act="person.erased").person_id == person.public_id


def test_figures_of_the_past_are_the_same_after_an_erasure(sora):
    today = clock.today()
    person = sora.register(received_on=today)
    log_contact(actor=sora.staff("coordinator"), about=person, content="話した")
    pause(actor=sora.staff("coordinator"), person=person)
    as_of = clock.now()
    keys = (
        "people.registered", "people.registrations_new", "people.in_stages", "people.contact_notes", "people.pauses",
        "people.registrations_ended",
    )  # fmt: skip

    def figures():
        return {key: figure(key, authority=sora.authority, start=today, end=today, as_of=as_of) for key in keys}

    before = figures()
    assert before == {**dict.fromkeys(keys, 1), "people.registrations_ended": 0}
    erase_person(actor=sora.staff("officer"), person=person)
    assert figures() == before
    assert ContactNote.objects.get().content == ""


def test_an_account_that_another_person_needs_stays(sora):
    person = sora.register(contacts=(("mail", "oya@example.jp"),), contact_way="mail")
    child = sora.register("見本 子", contacts=(("mail", "oya@example.jp"),), contact_way="mail")
    account = Account.objects.get(email="oya@example.jp")
    erase_person(actor=actor_for(account, sora.authority), person=person)
    assert list(Proxy.objects.filter(account=account).values_list("person_id", flat=True)) == [child.pk]


def test_only_the_person_and_the_officer_erase(sora):
    person = sora.register()
    other = sora.resident(sora.register("例示 花子"))
    for actor in (other, sora.staff("coordinator"), sora.staff("auditor"), sora.anonymous()):
        with pytest.raises(Refused):
            erase_person(actor=actor, person=person)
    erase_person(actor=sora.staff("officer"), person=person)
    with pytest.raises(NotPossible):
        update_profile(actor=sora.staff("officer"), person=person, version=1, values={"about": "x"})


def test_a_person_takes_home_all_own_data(sora):
    person = planted_like(sora)
    package = export_own_data(actor=sora.resident(person), person=person)
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        content = json.loads(archive.read("own-data.json"))["content"]
        csv = archive.read("contacts.csv").decode("utf-8-sig")
    assert content["person"][0]["name"] == "見本 太郎"
    assert {row["value"] for row in content["contacts"]} == {"0748000001"}
    assert {row["purpose"] for row in content["consents"]} == {"register", "introduce", "notices", "handover"}
    assert content["notes"][0]["content"] == "聞いた話"
    assert '"0748000001"' in csv
    assert AuditEvent.objects.filter(act="contact.read", reason="export", person_id=person.public_id).count() == 1
    with pytest.raises(Refused):
        export_own_data(actor=sora.resident(sora.register("例示 花子")), person=person)
    with pytest.raises(Refused):
        export_own_data(actor=sora.staff("coordinator"), person=person)


def planted_like(town):
    person = town.register()
    log_contact(actor=town.staff("coordinator"), about=person, content="聞いた話")
    return person


@pytest.fixture
def no_tries(db):
    """A cache without tries from before."""
    from django.core.management import call_command

    call_command("createcachetable", verbosity=0)
    cache.clear()


def test_a_card_opens_the_pages_of_one_person(sora, no_tries):
    person = sora.register()
    sora.register("例示 花子")
    printed = issue_card(actor=sora.staff("coordinator"), person=person)
    plain = printed.code.replace("-", "")
    assert printed.card.code_hash != plain
    assert not [text for text in stored_texts() if plain in text]
    written = "　" + printed.code.lower().translate(str.maketrans("0123456789", "０１２３４５６７８９")) + " "
    account = sign_in_by_card(actor=sora.anonymous(), code=written, visitor="192.0.2.1")
    assert actor_for(account, sora.authority).person_ids == {person.pk}
    assert account.email == f"{person.public_id}@card.invalid"


def test_an_old_a_lost_and_an_expired_card_open_nothing(sora, no_tries):
    person, coordinator = sora.register(), sora.staff("coordinator")
    first = issue_card(actor=coordinator, person=person)
    second = issue_card(actor=coordinator, person=person)

    def tried(code):
        with pytest.raises(NotPossible) as refused:
            sign_in_by_card(actor=sora.anonymous(), code=code, visitor=code)
        return refused.value.code

    assert tried(first.code) == "card_unknown"
    Card.objects.filter(pk=second.card.pk).update(expires_on=clock.today() - dt.timedelta(days=1))
    assert tried(second.code) == "card_unknown"
    third = issue_card(actor=coordinator, person=person)
    account = sign_in_by_card(actor=sora.anonymous(), code=third.code, visitor="x")
    end_card(actor=coordinator, person=person)
    assert tried(third.code) == "card_unknown"
    assert actor_for(account, sora.authority).person_ids == frozenset()


def test_guessing_is_stopped(sora, no_tries):
    for _ in range(5):
        with pytest.raises(NotPossible):
            sign_in_by_card(actor=sora.anonymous(), code="AAAA-AAAA", visitor="192.0.2.9")
    with pytest.raises(Refused) as refused:
        sign_in_by_card(actor=sora.anonymous(), code="AAAA-AAAA", visitor="192.0.2.9")
    assert refused.value.code == "too_many_tries"
    card = issue_card(actor=sora.staff("coordinator"), person=sora.register())
    assert sign_in_by_card(actor=sora.anonymous(), code=card.code, visitor="192.0.2.10")


def test_contacts_of_an_erased_person_can_not_come_back(sora):
    person = sora.register()
    erase_person(actor=sora.staff("officer"), person=person)
    with pytest.raises(NotPossible):
        set_contacts(actor=sora.staff("officer"), person=person, contacts=(("phone", "0748000009"),))
    assert Person.objects.get(pk=person.pk).contact_set.count() == 0
