"""Applying, waiting, moving up, cancelling, marking."""

import datetime as dt

import pytest

from yui.activities.domain import (
    apply_to_opportunity,
    bookmark,
    cancel_application,
    close_opportunity,
    refuse_application,
    unbookmark,
    update_opportunity,
)
from yui.activities.models import Bookmark
from yui.base import clock
from yui.base.access.errors import NotPossible, Refused
from yui.base.audit.models import AuditEvent
from yui.base.messages.models import Message


def applied(town, opportunity, number):
    return apply_to_opportunity(actor=town.resident(number), opportunity=opportunity, person=town.persons[number])


def states_of(*applications):
    for application in applications:
        application.refresh_from_db()
    return [application.state for application in applications]


def test_places_go_in_the_order_of_arrival_and_the_next_is_asked(sora):
    opportunity = sora.open(capacity=1)
    first, second, third = (applied(sora, opportunity, number) for number in range(3))
    assert states_of(first, second, third) == ["placed", "waiting", "waiting"]
    cancel_application(actor=sora.resident(0), application=first)
    assert states_of(first, second, third) == ["cancelled", "offered", "waiting"]
    asked = Message.objects.get(kind="application_offered")
    assert asked.to_id == sora.persons[1].public_id


def test_more_places_are_offered_to_those_who_wait(sora):
    opportunity = sora.open(capacity=1)
    rows = [applied(sora, opportunity, number) for number in range(3)]
    update_opportunity(actor=sora.host, opportunity=opportunity, version=opportunity.version, values={"capacity": 2})
    assert states_of(*rows) == ["placed", "offered", "waiting"]


def test_applying_twice_is_refused_but_applying_again_after_cancelling_is_not(sora):
    opportunity = sora.open()
    first = applied(sora, opportunity, 0)
    with pytest.raises(NotPossible, match="もう応募しています"):
        applied(sora, opportunity, 0)
    cancel_application(actor=sora.resident(0), application=first)
    assert applied(sora, opportunity, 0).state == "placed"


def test_a_closed_past_late_or_cancelled_opportunity_takes_no_one(sora):
    closed = close_opportunity(actor=sora.host, opportunity=sora.open())
    begun = sora.open()
    sora.begin(begun)
    late = sora.open()
    late.closes_on = clock.today() - dt.timedelta(days=1)
    late.save()
    for opportunity in (closed, begun, late, sora.open(approve_it=False)):
        with pytest.raises(NotPossible, match="募集は、おわりました"):
            applied(sora, opportunity, 0)


def test_nobody_applies_or_cancels_for_another(sora):
    opportunity = sora.open()
    with pytest.raises(Refused):
        apply_to_opportunity(actor=sora.resident(0), opportunity=opportunity, person=sora.persons[1])
    application = applied(sora, opportunity, 0)
    for actor in (sora.resident(1), sora.host):
        with pytest.raises(Refused):
            cancel_application(actor=actor, application=application)


def test_staff_apply_and_cancel_for_somebody_on_the_telephone(sora):
    application = apply_to_opportunity(actor=sora.desk, opportunity=sora.open(), person=sora.persons[0])
    assert AuditEvent.objects.get(act="application.made").actor == sora.coordinator.public_id
    assert cancel_application(actor=sora.desk, application=application).state == "cancelled"


def test_a_host_may_decline_without_a_reason_being_told(sora):
    opportunity = sora.open(capacity=1)
    first, second = applied(sora, opportunity, 0), applied(sora, opportunity, 1)
    refuse_application(actor=sora.host, application=first)
    assert states_of(first, second) == ["refused", "offered"]
    told = Message.objects.get(kind="application_refused")
    assert told.to_id == sora.persons[0].public_id
    with pytest.raises(Refused):
        refuse_application(actor=sora.resident(2), application=second)


def test_age_is_asked_by_year_of_birth_in_favour_of_the_person(sora):
    opportunity = sora.open(age_from=18, age_to=29)
    person = sora.persons[0]
    person.birth_year = clock.today().year - 30  # 29 until the birthday
    person.save()
    assert applied(sora, opportunity, 0).state == "placed"
    older = sora.persons[1]
    older.birth_year = clock.today().year - 31
    older.save()
    with pytest.raises(NotPossible, match="年齢にきまり"):
        applied(sora, opportunity, 1)


def test_the_messages_name_nobody_and_their_subjects_say_nothing(sora):
    opportunity = sora.open()
    applied(sora, opportunity, 0)
    to_person = Message.objects.get(kind="application_received")
    to_host = Message.objects.get(kind="application_to_host")
    assert (to_person.to_kind, to_host.to_kind) == ("person", "organization")
    assert to_host.to_address == sora.organization.mail
    for message in (to_person, to_host):
        assert sora.persons[0].display_name not in message.subject + message.body
        assert opportunity.title not in message.subject
        assert opportunity.title in message.body
    assert "受け付けました" in to_person.body


def test_who_can_not_be_reached_is_no_reason_to_fail(sora):
    sora.persons[0].contact_set.all().delete()
    assert applied(sora, sora.open(), 0).state == "placed"
    assert not Message.objects.filter(kind="application_received").exists()


def test_by_letter_with_the_address_read_for_the_letter(sora):
    person = sora.persons[0]
    person.contact_set.all().delete()
    person.profile.contact_way = "letter"
    person.profile.save()
    from yui.people.models import Residence

    Residence.objects.create(
        authority=sora.authority, person=person, postal_code="520-0000", address="見本県架空市1-1",
        effective_on=clock.today(),
    )  # fmt: skip
    applied(sora, sora.open(), 0)
    letter = Message.objects.get(kind="application_received")
    assert (letter.channel, letter.to_address.splitlines()[1]) == ("letter", "見本県架空市1-1")
    reading = AuditEvent.objects.filter(act="contact.read", person_id=person.public_id).last()
    assert (reading.reason, reading.fields) == ("notice", ["residence.address"])


def test_marking_twice_is_once_and_can_be_undone(sora):
    opportunity = sora.open()
    for _ in range(2):
        bookmark(actor=sora.resident(0), opportunity=opportunity, person=sora.persons[0])
    assert Bookmark.objects.filter(ended_on=None).count() == 1
    unbookmark(actor=sora.resident(0), opportunity=opportunity, person=sora.persons[0])
    assert Bookmark.objects.filter(ended_on=None).count() == 0
    with pytest.raises(Refused):
        bookmark(actor=sora.resident(0), opportunity=opportunity, person=sora.persons[1])
