"""An offered place: until when, yes, no, silence, and what those are told who get none."""

import datetime as dt
import re

import pytest

from yui.activities.alternatives import register_alternatives
from yui.activities.desk_items import offers_and_people_without_a_place
from yui.activities.domain import (
    Overlap,
    accept_offer,
    answer_by_link,
    apply_to_opportunity,
    cancel_application,
    end_opportunity,
    keep_places_moving,
    record_attendance,
    refuse_application,
    update_opportunity,
)
from yui.activities.domain.attendance import Attendance
from yui.activities.models import Application, NextThing, Opportunity
from yui.activities.tests.test_applications import applied, states_of
from yui.base import clock
from yui.base.access.actor import system_actor
from yui.base.access.errors import Gone, NotPossible, Refused
from yui.base.audit.models import AuditEvent
from yui.base.messages.models import Message


@pytest.fixture
def fits(monkeypatch):
    """What fits everybody, in this order; as a wing above would say it."""
    found: list[Opportunity] = []
    monkeypatch.setattr("yui.activities.alternatives._sources", [])
    register_alternatives(lambda authority, person: found)
    return found


def house(town):
    return system_actor(town.authority, "activities.places")


def pass_by(application, **time):
    """So much time passes for an offer."""
    Application.objects.filter(pk=application.pk).update(answer_until=application.answer_until - dt.timedelta(**time))


def line(town, capacity, people, **values):
    opportunity = town.open(capacity=capacity, **values)
    while len(town.persons) < people:
        town.add_resident()
    return opportunity, [applied(town, opportunity, number) for number in range(people)]


def test_an_offer_keeps_the_place_until_its_time_and_is_then_the_persons(sora):
    _opportunity, (first, second, third) = line(sora, 1, 3)
    cancel_application(actor=sora.resident(0), application=first)
    second.refresh_from_db()
    assert second.answer_until - second.offered_at >= dt.timedelta(hours=47)
    assert 8 <= second.answer_until.astimezone(clock.TOKYO).hour <= 21
    assert keep_places_moving(actor=house(sora)) == 0
    accept_offer(actor=sora.resident(1), application=second)
    assert states_of(second, third) == ["placed", "waiting"]
    assert Message.objects.get(kind="application_moved_up").to_id == sora.persons[1].public_id
    with pytest.raises(NotPossible, match="もう終わっています"):
        accept_offer(actor=sora.resident(1), application=second)


def test_silence_moves_exactly_the_next_one_up(sora):
    opportunity, rows = line(sora, 1, 4)
    cancel_application(actor=sora.resident(0), application=rows[0])
    rows[1].refresh_from_db()
    pass_by(rows[1], days=5)
    assert keep_places_moving(actor=house(sora)) == 1
    assert keep_places_moving(actor=house(sora)) == 0, "twice is once"
    assert states_of(*rows) == ["cancelled", "lapsed", "offered", "waiting"]
    told = Message.objects.get(kind="application_lapsed")
    assert "もう一度応募できます" in told.body
    assert applied(sora, opportunity, 1).state == "waiting", "may ask again, behind the others"


def test_a_yes_that_comes_too_late_goes_on_to_the_next_by_itself(sora):
    _opportunity, rows = line(sora, 1, 3)
    cancel_application(actor=sora.resident(0), application=rows[0])
    rows[1].refresh_from_db()
    pass_by(rows[1], days=5)
    with pytest.raises(NotPossible, match="期限がすぎた"):
        accept_offer(actor=sora.resident(1), application=rows[1])
    assert states_of(*rows) == ["cancelled", "lapsed", "offered"]


def test_no_is_as_good_as_yes_and_only_ones_own(sora):
    _opportunity, rows = line(sora, 1, 3)
    cancel_application(actor=sora.resident(0), application=rows[0])
    with pytest.raises(Refused):
        accept_offer(actor=sora.resident(2), application=rows[1])
    cancel_application(actor=sora.resident(1), application=rows[1])
    assert states_of(*rows) == ["cancelled", "cancelled", "offered"]
    assert accept_offer(actor=sora.desk, application=rows[2]).state == "placed"
    event = AuditEvent.objects.filter(act="application.placed").last()
    assert event.actor == sora.coordinator.public_id, "what was said on the telephone, written down by staff"


def token_of(message):
    return re.search(r"/offers/([^/\s]+)/", message.body).group(1)


def test_the_link_of_the_message_answers_once_without_signing_in(sora):
    from django.test import Client

    _opportunity, rows = line(sora, 1, 3)
    cancel_application(actor=sora.resident(0), application=rows[0])
    token = token_of(Message.objects.get(kind="application_offered"))
    assert not Application.objects.filter(link_hash=token).exists(), "only its hash is stored"
    page = Client().get(f"/sora/offers/{token}/")
    assert "あなたの番になりました" in page.content.decode()
    assert sora.persons[1].display_name not in page.content.decode()
    answered = Client().post(f"/sora/offers/{token}/", {"answer": "yes"})
    assert "席がきまりました" in answered.content.decode()
    assert states_of(rows[1]) == ["placed"]
    assert Client().get(f"/sora/offers/{token}/").status_code == 410
    assert Client().post(f"/sora/offers/{token}/", {"answer": "no"}).status_code == 410
    assert states_of(rows[1]) == ["placed"]
    with pytest.raises(Gone):
        answer_by_link(actor=house(sora), token="nothing", yes=True)


def test_the_page_behind_the_link_speaks_as_the_message_did(sora):
    from django.test import Client

    sora.persons[1].language = "pt-br"
    sora.persons[1].save(update_fields=["language"])
    _opportunity, rows = line(sora, 1, 3)
    cancel_application(actor=sora.resident(0), application=rows[0])
    token = token_of(Message.objects.get(kind="application_offered"))
    visitor = Client()
    page = visitor.get(f"/sora/offers/{token}/")
    assert (page["Content-Language"], 'lang="pt-BR"' in page.content.decode()) == ("pt-BR", True)
    assert "あなたの番" not in page.content.decode()
    assert visitor.get("/sora/opportunities/")["Content-Language"] == "pt-BR", "what is opened from there follows"
    chosen = Client()
    chosen.cookies["yui-language"] = "vi"
    assert chosen.get(f"/sora/offers/{token}/")["Content-Language"] == "vi", "whoever chose a language keeps it"
    assert Client().get("/sora/opportunities/")["Content-Language"] == "ja"


def test_who_is_called_has_longer_and_stands_on_the_desk(sora):
    person = sora.persons[1]
    person.profile.contact_way = "phone"
    person.profile.save()
    person.contact_set.update(kind="phone", value="090-0000-0001")
    _opportunity, rows = line(sora, 1, 2, days=20)
    cancel_application(actor=sora.resident(0), application=rows[0])
    rows[1].refresh_from_db()
    assert rows[1].by_desk
    assert rows[1].answer_until - rows[1].offered_at >= dt.timedelta(hours=71)
    [item] = offers_and_people_without_a_place(sora.desk, clock.today())
    assert (item.who, item.verb) == (person.display_name, "返事を書く")
    client = sora.client(sora.coordinator)
    assert person.display_name in client.get(item.url).content.decode()
    assert client.post(item.url, {"answer": "yes"}).status_code == 302
    assert states_of(rows[1]) == ["placed"]
    assert list(offers_and_people_without_a_place(sora.desk, clock.today())) == []


def test_places_kept_for_first_timers_are_said_kept_and_released(sora):
    came, fresh = sora.persons[0], sora.persons[1]
    session = sora.begin(sora.open())
    record_attendance(actor=sora.desk, session=session, present=[Attendance(came)])
    opportunity = sora.open(capacity=1, kept_places=1, days=10)
    page = sora.client(sora.accounts[2]).get(f"/sora/opportunities/{opportunity.public_id}/").content.decode()
    assert "はじめての人の席が、あと1人" in page
    assert "参加の記録がない人" in page
    waits = applied(sora, opportunity, 0)
    assert (waits.state, waits.first_timer) == ("waiting", False)
    taken = applied(sora, opportunity, 1)
    assert (taken.state, taken.first_timer) == ("placed", True)
    cancel_application(actor=sora.resident(1), application=taken)
    assert states_of(waits) == ["waiting"]
    Opportunity.objects.filter(pk=opportunity.pk).update(kept_until=clock.today() - dt.timedelta(days=1))
    assert keep_places_moving(actor=house(sora)) == 1
    assert states_of(waits) == ["offered"]
    assert fresh != came


def test_two_dates_at_one_hour_are_refused_with_the_other_named_and_a_choice(sora):
    other = sora.open(title="畑の草とり")
    held = applied(sora, other, 0)
    opportunity = sora.open()
    with pytest.raises(Overlap, match="畑の草とり") as refused:
        applied(sora, opportunity, 0)
    assert refused.value.other == held
    client = sora.client(sora.accounts[0])
    page = client.post(f"/sora/opportunities/{opportunity.public_id}/apply/", {"message": "よろしく"})
    assert page.status_code == 409
    assert "「畑の草とり」を取りやめて、こちらに応募する" in page.content.decode()
    client.post(
        f"/sora/opportunities/{opportunity.public_id}/apply/", {"message": "よろしく", "instead_of": held.public_id}
    )
    assert states_of(held) == ["cancelled"]
    made = Application.objects.get(opportunity=opportunity)
    assert (made.state, made.message) == ("placed", "よろしく")
    later = sora.open(days=8)
    assert applied(sora, later, 0).state == "placed"


def test_nobody_gives_up_the_place_of_another(sora):
    held = applied(sora, sora.open(), 1)
    with pytest.raises(Refused):
        apply_to_opportunity(actor=sora.resident(0), opportunity=sora.open(), person=sora.persons[0], instead_of=held)
    assert states_of(held) == ["placed"]


def test_an_offer_at_the_hour_of_another_promise_asks_which(sora):
    _opportunity, rows = line(sora, 1, 2)
    held = applied(sora, sora.open(title="畑の草とり"), 1)
    cancel_application(actor=sora.resident(0), application=rows[0])
    client = sora.client(sora.accounts[1])
    url = f"/sora/my/applications/{rows[1].public_id}/answer/"
    page = client.post(url, {"answer": "yes"})
    assert page.status_code == 409
    assert "畑の草とり" in page.content.decode()
    assert states_of(rows[1], held) == ["offered", "placed"]
    client.post(url, {"answer": "yes", "instead_of": held.public_id})
    assert states_of(rows[1], held) == ["placed", "cancelled"]


def test_those_without_a_place_are_shown_two_with_room_and_not_all_the_same(sora, fits):
    small, wide, third = (
        sora.open(title=title, capacity=n, days=9 + n) for title, n in (("小", 1), ("広", 5), ("三", 4))
    )
    fits += [small, wide, third]
    _opportunity, rows = line(sora, 1, 3)
    shown = {row: [thing.opportunity.title for thing in row.next_things.all()] for row in rows}
    assert [shown[row] for row in rows] == [[], ["小", "広"], ["広", "三"]]
    body = Message.objects.filter(kind="application_received", to_id=sora.persons[2].public_id).get().body
    assert "2番目" in body
    assert "広" in body
    applied(sora, small, 1)  # full now
    page = sora.client(sora.accounts[1]).get("/sora/my/applications/").content.decode()
    assert "空き待ち 1番" in page
    assert f'{small.public_id}/">小' not in page.partition("空き待ち 1番")[2]


def test_at_the_end_the_true_reason_is_told_and_nobody_is_sent_into_nothing(sora, fits):
    opportunity, rows = line(sora, 1, 3)
    session = opportunity.session
    session.starts_at = clock.now() + dt.timedelta(hours=2)
    session.ends_at = clock.now() + dt.timedelta(hours=3)
    session.save()
    assert keep_places_moving(actor=house(sora)) == 1
    assert keep_places_moving(actor=house(sora)) == 0
    assert states_of(*rows) == ["placed", "no_place", "no_place"]
    bodies = [
        Message.objects.get(kind="application_no_place", to_id=person.public_id).body for person in sora.persons[1:3]
    ]
    assert "満員のまま空きが出なかった" in bodies[0]
    assert ("1番でした" in bodies[0], "2番でした" in bodies[1]) == (True, True)
    assert "ほかに見つかりませんでした" in bodies[0]
    assert {item.who for item in offers_and_people_without_a_place(sora.desk, clock.today())} == {
        p.display_name for p in sora.persons[1:3]
    }
    page = sora.client(sora.accounts[1]).get("/sora/my/applications/").content.decode()
    assert "満員のまま、あなたの順番まで空きが出ませんでした" in page
    assert "コーディネーターが声をかけます" in page


def test_when_the_host_ends_it_who_waits_is_told_so(sora, fits):
    fits.append(sora.open(title="別の日の読書", days=20))
    opportunity, rows = line(sora, 1, 2)
    end_opportunity(actor=sora.host, opportunity=opportunity)
    assert states_of(*rows) == ["placed", "no_place"]
    body = Message.objects.get(kind="application_no_place").body
    assert "募集がおわったので" in body
    assert "別の日の読書" in body


def test_a_declined_person_is_told_what_else_there_is(sora, fits):
    fits.append(sora.open(title="別の日の読書", days=20))
    _opportunity, rows = line(sora, 1, 1)
    refuse_application(actor=sora.host, application=rows[0])
    assert "別の日の読書" in Message.objects.get(kind="application_refused").body
    assert NextThing.objects.count() == 1


def test_a_full_one_that_begins_in_an_hour_is_not_waited_for(sora):
    opportunity, _rows = line(sora, 1, 1)
    session = opportunity.session
    session.starts_at = clock.now() + dt.timedelta(hours=1)
    session.save()
    with pytest.raises(NotPossible, match="空きを待つこともできません"):
        applied(sora, opportunity, 1)


def test_kept_places_are_never_more_than_the_places(sora):
    opportunity = sora.open(capacity=2)
    with pytest.raises(NotPossible, match="はじめての人の席"):
        update_opportunity(
            actor=sora.host, opportunity=opportunity, version=opportunity.version,
            values={"capacity": 2, "kept_places": 3},
        )  # fmt: skip
