"""催促: before and after the day, by day only, once."""

import datetime as dt

import pytest

from yui.base import clock
from yui.base.access.actor import system_actor
from yui.base.messages.models import Message
from yui.office.commissions.domain import remind_contractors
from yui.office.commissions.models import Deliverable, OwedReminder, Paper

pytestmark = pytest.mark.django_db


def at(day, hour):
    return dt.datetime(2026, 11, day, hour, tzinfo=clock.TOKYO)


@pytest.fixture
def konan(town, on_day):
    on_day("2026-07-01")
    konan = town()
    contract = konan.signed()
    konan.lead(contract)
    Deliverable.objects.update(state="accepted")
    Paper.objects.update(state="accepted")
    Paper.objects.filter(key="schedule").update(state="owed", due_on=dt.date(2026, 11, 24))
    return konan


def remind(konan, now):
    return remind_contractors(actor=system_actor(konan.authority, "commissions.remind"), now=now)


def test_one_mail_before_and_one_after_and_never_at_night(konan):
    sent = [
        remind(konan, at(day, hour))
        for day, hour in ((16, 9), (17, 3), (17, 7), (17, 8), (17, 9), (20, 9), (26, 9), (27, 22), (27, 12), (28, 12))
    ]
    assert sent == [0, 0, 0, 1, 0, 0, 0, 0, 1, 0]
    assert list(OwedReminder.objects.values_list("step", flat=True)) == ["soon", "late"]


def test_the_mail_names_what_is_owed_and_where_and_its_subject_tells_nothing(konan):
    remind(konan, at(20, 9))
    message = Message.objects.get(kind="owed_reminder")
    paper = Paper.objects.get(key="schedule")
    assert paper.title in message.body
    assert f"/konan/desk/commission/papers/{paper.public_id}/" in message.body
    assert "令和8年11月24日" in message.body
    assert paper.title not in message.subject
    assert message.to_address.startswith("lead")


def test_a_new_day_is_reminded_of_anew_and_what_was_handed_in_is_not(konan):
    remind(konan, at(20, 9))
    Paper.objects.filter(key="schedule").update(due_on=dt.date(2026, 11, 25))
    assert remind(konan, at(20, 10)) == 1
    Paper.objects.filter(key="schedule").update(state="submitted")
    assert remind(konan, at(29, 10)) == 0
