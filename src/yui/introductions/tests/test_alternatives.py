"""Two next things for somebody without a place keep within the person's own limits; and no meeting at a promised hour."""

import datetime as dt

import pytest

from yui.activities.domain import Overlap, apply_to_opportunity
from yui.activities.models import Application, Session
from yui.base.clock import TOKYO
from yui.introductions import domain
from yui.introductions.models import Exposure
from yui.introductions.tests.conftest import account_of, make_opportunity, make_person
from yui.introductions.tests.test_road import both_yes


def full(sora, **fields):
    """An opportunity whose one place is taken."""
    thing = make_opportunity(sora.authority, sora.organization, "満員の会", capacity=1, **fields)
    apply_to_opportunity(actor=sora.actor(), opportunity=thing, person=make_person(sora.authority, "架空 健一"))
    return thing


def shown(sora, person, thing):
    actor = sora.actor(account_of(sora.authority, person))
    made = apply_to_opportunity(actor=actor, opportunity=thing, person=person)
    assert made.state == "waiting"
    return [row.opportunity.title for row in made.next_things.all()]


def test_what_is_shown_fits_the_limits_has_room_and_is_open(sora, taro):
    thing = full(sora)
    host = sora.organization
    make_opportunity(sora.authority, host, "二十代だけ", age_from=20, age_to=29)
    make_opportunity(sora.authority, host, "いっぱいの会", capacity=1, when_text="毎週")
    filled = make_opportunity(sora.authority, host, "もう一つの満員", capacity=1)
    Application.objects.create(
        authority=sora.authority, person=make_person(sora.authority, "例示 花子"), opportunity=filled, state="placed",
        effective_on=dt.date(2026, 11, 1), recorded_at=dt.datetime(2026, 11, 1, tzinfo=TOKYO),
    )  # fmt: skip
    make_opportunity(sora.authority, host, "閉じた会", state="closed")
    before = Exposure.objects.count()
    titles = shown(sora, taro, thing)
    assert sorted(titles) == ["いっぱいの会", "土曜の朝、絵本を1冊読む"]
    assert Exposure.objects.count() == before, "nobody was chosen for anything"


def test_a_hidden_person_and_one_for_whom_nothing_fits_are_shown_nothing(sora):
    thing = full(sora)
    assert shown(sora, make_person(sora.authority, "秘密 見本", hidden=True), thing) == []
    young = make_person(sora.authority, "試案 みのり", slots=("weekday_evening",))
    assert shown(sora, young, thing) == []


def test_people_without_a_place_are_spread_over_what_has_room(sora):
    thing = full(sora)
    for number in range(5):
        make_opportunity(sora.authority, sora.organization, f"一人だけの会{number}", capacity=1)
    found = [shown(sora, make_person(sora.authority, f"見本 {number}"), thing) for number in range(3)]
    single = [title for titles in found for title in titles if title.startswith("一人だけ")]
    assert len(single) == len(set(single)), "no two are sent to the one chair"
    assert all(len(titles) == 2 for titles in found)


def test_no_meeting_is_set_at_an_hour_that_is_promised(sora, taro):
    made = both_yes(sora, taro)
    at = dt.datetime(2026, 11, 28, 10, 0, tzinfo=TOKYO)
    other = make_opportunity(sora.authority, sora.organization, "畑の草とり")
    other.session = Session.objects.create(
        authority=sora.authority, activity=other.activity, starts_at=at, ends_at=at + dt.timedelta(hours=2)
    )
    other.save()
    apply_to_opportunity(actor=sora.actor(), opportunity=other, person=taro)
    for minutes in (-45, 0, 140):  # the way and the preparation count
        with pytest.raises(Overlap, match="畑の草とり"):
            domain.set_meeting(
                actor=sora.actor(), introduction=made, at=at + dt.timedelta(minutes=minutes), place="例示公民館"
            )
    domain.set_meeting(actor=sora.actor(), introduction=made, at=at + dt.timedelta(hours=3), place="例示公民館")
    made.refresh_from_db()
    assert made.meeting_at == at + dt.timedelta(hours=3)
