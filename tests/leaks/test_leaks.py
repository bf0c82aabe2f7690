"""Planted strings: what must not be seen is put where it could be seen, then looked for everywhere."""

import datetime as dt
import io
import logging
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from tests.permissions.addresses import arguments
from tests.permissions.test_sweep import CAST, ROUTES, visitor
from tests.permissions.things import build_things
from yui.base import clock
from yui.base.access.actor import system_actor
from yui.base.audit.chain import seal, verify
from yui.base.measures.registry import figure
from yui.base.messages.models import Message
from yui.base.search.domain import index
from yui.base.tenancy.models import Authority
from yui.base.tenancy.scope import authority_scope, every_town_on_purpose
from yui.config.cli.rows import lines, tables
from yui.introductions.domain.asking import ask_both_sides
from yui.introductions.models import Introduction
from yui.people.domain.erasure import erase_person
from yui.people.models import Contact, ContactNote, Person, Profile, Residence

PHONE, MAIL, ADDRESS, NOTE = "0748-00-7771", "plant-7771@example.jp", "植込町架空7771番地", "植込の記録7771"
WATCHED = ("anonymous", "resident", "organization", "coordinator", "officer", "auditor", "administrator")
PLANTED = (PHONE, PHONE.replace("-", ""), MAIL, ADDRESS, NOTE)
FOREIGN = ("植込 別町", "0748-00-7772", "plant-7772@example.jp", "植込の記録7772")


@pytest.fixture(autouse=True)
def reach_the_database(django_db_blocker):
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="module")
def things(town, django_db_blocker):
    with django_db_blocker.unblock():
        return build_things(town)


def plant(authority, person, phone, mail, address, note):
    with authority_scope(authority):
        Contact.objects.filter(person=person).delete()
        Residence.objects.filter(person=person).delete()
        for kind, value in (("phone", phone), ("mail", mail)):
            Contact.objects.create(
                authority=authority, person=person, kind=kind, value=value, effective_on=clock.today()
            )
        Residence.objects.create(authority=authority, person=person, address=address, effective_on=clock.today())
        ContactNote.objects.create(
            authority=authority, person=person, spoken_at=clock.now(), recorded_at=clock.now(), content=note
        )
        Profile.objects.filter(person=person).update(contact_way="mail")


def text_of(answer) -> str:
    """Whatever came: HTML, JSON, CSV, a calendar, or the text inside a Word or Excel file."""
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return data.decode("utf-8", "replace")


def crawl(town, things, roles):
    """Every GET route with every variant, as each role: (role, path, text)."""
    for role in roles:
        client = visitor(town, role)
        mine = things.own.get(CAST[role][1])
        for route in ROUTES:
            variants = [{**things.other, **mine}, things.other] if mine and route.params else [mine or things.other]
            for variant in variants:
                variant = {**things.other, **variant}
                path = reverse(route.name, kwargs={"town": "konan", **arguments(route, variant)})
                answer = client.get(path)
                yield role, path, f"{path}\n{answer.headers}\n{text_of(answer)}"


@pytest.mark.django_db  # the database is made for marked tests only
def test_both_towns_are_there(town):
    assert [town.konan.key, town.hinata.key] == list(Authority.objects.order_by("-key").values_list("key", flat=True))


class Heard(logging.Handler):
    """Everything that is logged while the pages are asked."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.lines = []

    def emit(self, record):
        self.lines.append(record.getMessage())


@pytest.fixture(scope="module")
def crawled(town, things, django_db_blocker):
    """Both plantings, then one walk over every page: who saw which planted word where, and what was logged."""
    heard, root = Heard(), logging.getLogger()
    with django_db_blocker.unblock():
        person = plant_a_pair(town, things)
        plant_a_foreigner(town)
        level, root.level = root.level, logging.DEBUG
        root.addHandler(heard)
        seen = [
            (role, path, word)
            for role, path, text in crawl(town, things, WATCHED)
            for word in (*PLANTED, *FOREIGN)
            if word in text
        ]
        root.removeHandler(heard)
        root.setLevel(level)
    return person, seen, "\n".join(heard.lines)


def plant_a_pair(town, things):
    with authority_scope(town.konan):
        introduction = things.own["organization"]["introduction"]
        person = Person.objects.get(pk=introduction.person_id)
        plant(town.konan, person, PHONE, MAIL, ADDRESS, NOTE)
        Introduction.objects.filter(pk=introduction.pk).update(state="stopped")
        fresh = Introduction.objects.create(
            authority=town.konan, person=person, opportunity=things.own["organization"]["opportunity"], state="proposed",
            proposed_on=clock.today(), coordinator=town.accounts["coordinator"], why="落ち着いた方です。",
        )  # fmt: skip
        ask_both_sides(actor=system_actor(town.konan, "test"), introduction=fresh)
    return person


def plant_a_foreigner(town):
    with authority_scope(town.hinata):
        person = Person.objects.create(
            authority=town.hinata, display_name=FOREIGN[0], kana="ウエコミ", created_at=clock.now(), birth_year=1960
        )
        Profile.objects.create(authority=town.hinata, person=person)
    plant(town.hinata, person, FOREIGN[1], FOREIGN[2], "", FOREIGN[3])


def test_before_both_yes_the_pairs_contact_is_nowhere(crawled):
    person, seen, logged = crawled
    notes = {"coordinator", "contractor_lead", "officer"}  # what was said on the telephone is theirs to read
    found = [one for one in seen if one[2] in PLANTED and not (one[2] == NOTE and one[0] in notes)]
    assert found == []
    with every_town_on_purpose():
        others = Message.objects.exclude(to_kind="person", to_id=person.public_id)
        told = [
            m.kind for m in others for word in PLANTED if word in m.body or word in m.subject or word in m.to_address
        ]
    assert told == []
    assert [word for word in PLANTED if word in logged] == []
    assert any(word == NOTE for _, _, word in seen)  # the plant is there to be seen where it may be


def test_another_town_is_nowhere(crawled):
    _, seen, _ = crawled
    assert [one for one in seen if one[2] in FOREIGN] == []


def everything_stored() -> str:
    """Every row of every table and every byte of every file."""
    with every_town_on_purpose():
        stored = "\n".join(line for table in tables() for line in lines(table))
    files = b"".join(f.read_bytes() for f in Path(settings.MEDIA_ROOT).rglob("*") if f.is_file())
    return stored + files.decode("utf-8", "replace")


def test_after_erasing_a_person_nothing_of_them_is_found(town):
    name, phone, mail, address, note = (
        "植込 消去",
        "0748-00-7773",
        "plant-7773@example.jp",
        "植込町7773",
        "植込7773の話",
    )
    with authority_scope(town.konan):
        person = Person.objects.order_by("pk")[120]
        person.display_name, person.kana = name, "ウエコミショウキョ"
        person.save()
        index(town.konan, "person", [person.pk])
        plant(town.konan, person, phone, mail, address, note)
        first = (clock.today().replace(day=1) - dt.timedelta(days=1)).replace(day=1)
        last = clock.today().replace(day=1) - dt.timedelta(days=1)
        keys = ("people.registered", "people.registrations_new", "activities.participations", "introductions.proposed")
        before = {key: figure(key, authority=town.konan, start=first, end=last) for key in keys}
        found_by = ("植込消去", "うえこみしようきよ", "うえこみしよき")  # what the index of the search holds
        assert all(word in everything_stored() for word in (name, *found_by))
        erase_person(actor=system_actor(town.konan, "test"), person=person)
        left = [
            word
            for word in (name, *found_by, "ウエコミショウキョ", phone, mail, address, note)
            if word in everything_stored()
        ]
        assert left == []
        assert {key: figure(key, authority=town.konan, start=first, end=last) for key in keys} == before
    while seal():
        pass
    assert verify().holds


def test_erasing_takes_the_words_of_introductions_and_keeps_the_counted_rows(town, things):
    words = ("植込の紹介文7774", "植込の返事7774", "植込の理由7774", "植込の成果7774", "植込の会場7774")
    with authority_scope(town.konan):
        introduction = Introduction.objects.filter(state="working").first()
        Introduction.objects.filter(pk=introduction.pk).update(why=words[0], outcome=words[3], meeting_place=words[4])
        introduction.answers.update(words=words[1], private_reason=words[2])
        introduction.changes.update(private_reason=words[2])
        steps = introduction.changes.count()
        assert all(word in everything_stored() for word in words)
        erase_person(actor=system_actor(town.konan, "test"), person=introduction.person)
        assert [word for word in words if word in everything_stored()] == []
        introduction.refresh_from_db()
        assert (introduction.state, introduction.changes.count()) == ("stopped", steps + 1)
