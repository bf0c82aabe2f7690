"""The pages of hosts and staff: five minutes to open, names but no contacts, each place for its own."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yui.activities.domain import add_session, apply_to_opportunity, submit_opportunity
from yui.activities.models import Activity, Opportunity, Participation, Tie
from yui.base import clock
from yui.base.approvals.domain import return_for_change
from yui.base.approvals.queries import approval_of


def text_of(response):
    return response.content.decode()


def new_activity(town, **changes):
    """What a host types on the one page."""
    given = {
        "host": f"organization-{town.organization.public_id}",
        "title": "土曜の絵本",
        "o_title": "絵本を1冊読む",
        "o_about": "すきな絵本を読みます。",
        "kind": "help",
        "theme": ["kosodate"],
        "day_1": "12月5日" if clock.today().month != 12 else "1月9日",
        "start_1": "午前１０時",
        "end_1": "10時半",
        "place": "見本まちづくりセンター",
        "capacity": "３人",
        "smallest_minutes": "10",
        "first_timers": "on",
        "consideration": ["seated"],
        "then": "submit",
    }
    return {**given, **changes}


def test_five_minutes_from_the_one_page_to_the_towns_desk(sora):
    client = sora.client(sora.host_account)
    assert client.get("/sora/group/activities/new/").status_code == 200
    page = client.post("/sora/group/activities/new/", new_activity(sora), follow=True)
    opportunity = Opportunity.objects.get()
    session = opportunity.session
    assert (opportunity.state, opportunity.capacity, opportunity.smallest_minutes) == ("submitted", 3, 10)
    assert session.starts_at.astimezone(clock.TOKYO).time() == dt.time(10, 0)
    assert session.ends_at.astimezone(clock.TOKYO).time() == dt.time(10, 30)
    assert set(opportunity.choices.values_list("kind", "key")) == {("theme", "kosodate"), ("consideration", "seated")}
    assert "市に出しました" in text_of(page)
    assert approval_of("opportunity", opportunity.public_id).state == "review"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"day_1": "R8.2.30"}, "2026年2月に30日はありません"),
        ({"day_1": "あした"}, "日付として読めません"),
        ({"start_1": "25時"}, "その時刻はありません"),
        ({"start_1": "朝"}, "時刻は「10時30分」や「10:30」"),
        ({"end_1": "9時"}, "おわりの時刻は、はじまりより後"),
        ({"end_1": ""}, "そろえて書いてください"),
        ({"day_1": "", "start_1": "", "end_1": ""}, "「いつでもできる」をえらんで"),
        ({"capacity": "たくさん"}, "数字で書いてください"),
        ({"capacity": "0"}, "1人から"),
        ({"theme": []}, "分野を1つはえらんで"),
        ({"age_from": "30", "age_to": "18"}, "年齢の上と下が逆"),
        ({"closes_on": "2020/1/1"}, "もう過ぎた日です"),
    ],
)
def test_bad_input_gets_a_sentence_at_its_field_and_loses_nothing(sora, changes, sentence):
    client = sora.client(sora.host_account)
    response = client.post("/sora/group/activities/new/", new_activity(sora, o_about="𠮷野のãさん", **changes))
    page = text_of(response)
    assert response.status_code == 200
    assert sentence in page
    assert 'role="alert"' in page
    assert "𠮷野のãさん" in page
    assert not Activity.objects.exists()


def test_a_resident_opens_one_of_their_own_and_not_in_the_groups_name(sora):
    client = sora.client(sora.accounts[0])
    assert client.get("/sora/group/activities/").status_code == 404
    person = f"person-{sora.persons[0].public_id}"
    client.post("/sora/my/activities/new/", new_activity(sora, host=person, then="draft"))
    assert Activity.objects.get().host_person == sora.persons[0]
    foreign = client.post("/sora/my/activities/new/", new_activity(sora))
    assert (foreign.status_code, Activity.objects.count()) == (200, 1)


def test_staff_open_one_on_behalf_and_say_who_began_it(sora):
    client = sora.client(sora.official)
    client.post("/sora/desk/activities/new/", new_activity(sora, initiated_by="contractor", then="draft"))
    assert Activity.objects.get().initiated_by == "contractor"
    assert "土曜の絵本" in text_of(client.get("/sora/desk/activities/"))


def test_a_returned_one_shows_the_towns_words_to_the_host(sora):
    opportunity = sora.open(approve_it=False)
    submit_opportunity(actor=sora.host, opportunity=opportunity)
    return_for_change(
        actor=sora.staff, approval=approval_of("opportunity", opportunity.public_id), comment="場所をくわしく。"
    )
    client = sora.client(sora.host_account)
    address = f"/sora/group/opportunities/{opportunity.public_id}/"
    assert "場所をくわしく。" in text_of(client.get(address))
    client.post(f"{address}step/", {"do": "submit"})
    opportunity.refresh_from_db()
    assert opportunity.state == "submitted"


def test_a_stale_form_shows_both_texts_and_then_saves(sora):
    opportunity = sora.open(approve_it=False)
    client, address = sora.client(sora.host_account), f"/sora/group/opportunities/{opportunity.public_id}/edit/"
    given = {
        "o_title": "わたしの題", "kind": "help", "theme": ["kosodate"], "capacity": "2", "smallest_minutes": "30",
        "session": opportunity.session.public_id, "version": "1", "first_timers": "on",
    }  # fmt: skip
    Opportunity.objects.update(title="ほかの人の題", version=2)
    page = text_of(client.post(address, given))
    assert "ほかの人の題" in page
    assert "わたしの題" in page
    assert 'name="version" value="2"' in page
    client.post(address, {**given, "version": "2"})
    opportunity.refresh_from_db()
    assert (opportunity.title, opportunity.version) == ("わたしの題", 3)


def test_hosts_see_names_of_applicants_and_never_contacts(sora):
    opportunity = sora.open()
    apply_to_opportunity(actor=sora.resident(0), opportunity=opportunity, person=sora.persons[0], message="よろしく")
    mail = sora.accounts[0].email
    host = text_of(sora.client(sora.host_account).get(f"/sora/group/opportunities/{opportunity.public_id}/"))
    officer = text_of(sora.client(sora.official).get(f"/sora/desk/opportunities/{opportunity.public_id}/"))
    assert ("見本 00" in host, "よろしく" in host, mail in host) == (True, True, False)
    assert ("見本 00" in officer, "1人" in officer) == (False, True)


def test_attendance_by_boxes_by_code_and_the_hosts_tap(sora):
    opportunity = sora.open()
    for number in (0, 1):
        apply_to_opportunity(actor=sora.resident(number), opportunity=opportunity, person=sora.persons[number])
    session = sora.begin(opportunity)
    first, second, third = sora.persons
    host, address = sora.client(sora.host_account), f"/sora/group/sessions/{session.public_id}"
    host.post(f"{address}/attendance/", {"came": [first.public_id], f"role-{first.public_id}": "helped"})
    assert list(Participation.objects.values_list("person", "role")) == [(first.pk, "helped")]
    visitor = sora.client(sora.accounts[2])
    assert session.code in text_of(visitor.get(f"/sora/my/attend/{session.code}/"))
    wrong = visitor.post("/sora/my/attend/", {"code": "abc"})
    assert "見つかりませんでした" in text_of(wrong)
    visitor.post(f"/sora/my/attend/{session.code}/", {"code": session.code.upper()})
    assert Participation.objects.get(person=third).how == "qr"
    # The list was drawn before the third came: nobody is lost by saving it.
    host.post(f"{address}/attendance/", {"came": [second.public_id], "before": [first.public_id]})
    assert set(Participation.objects.filter(withdrawn_at=None).values_list("person", flat=True)) == {
        second.pk,
        third.pk,
    }
    host.post(f"{address}/met/", {"met": [third.public_id]})
    assert Tie.objects.get().person == third
    assert session.code in text_of(host.get(f"{address}/poster/"))
    assert sora.client(sora.accounts[0]).get(f"{address}/attendance/").status_code == 404


def test_places_are_closed_to_those_who_have_nothing_there(sora, hinata):
    opportunity = sora.open()
    activity, session = opportunity.activity, opportunity.session
    paths = [
        f"activities/{activity.public_id}/", f"activities/{activity.public_id}/edit/",
        f"opportunities/{opportunity.public_id}/", f"opportunities/{opportunity.public_id}/edit/",
        f"sessions/{session.public_id}/attendance/", f"sessions/{session.public_id}/cancel/",
    ]  # fmt: skip
    for path in paths:
        assert sora.client(sora.host_account).get(f"/sora/group/{path}").status_code == 200
        assert sora.client(sora.coordinator).get(f"/sora/desk/{path}").status_code == 200
        assert sora.client(sora.accounts[0]).get(f"/sora/my/{path}").status_code == 404
        assert sora.client(sora.host_account).get(f"/sora/my/{path}").status_code == 404
        assert sora.client(sora.host_account).get(f"/sora/desk/{path}").status_code == 404
        assert sora.client(hinata.host_account).get(f"/sora/group/{path}").status_code == 404
        assert Client().get(f"/sora/group/{path}").status_code == 302


def test_an_applicant_can_not_reach_the_page_that_declines(sora):
    application = apply_to_opportunity(actor=sora.resident(0), opportunity=sora.open(), person=sora.persons[0])
    for place in ("my", "group", "desk"):
        address = f"/sora/{place}/applicants/{application.public_id}/refuse/"
        assert sora.client(sora.accounts[0]).get(address).status_code == 404
    client = sora.client(sora.host_account)
    address = f"/sora/group/applicants/{application.public_id}/refuse/"
    assert "見本 00" in text_of(client.get(address))
    client.post(address)
    application.refresh_from_db()
    assert application.state == "refused"


def test_a_hidden_persons_name_is_shown_to_staff_only(sora):
    opportunity = sora.open()
    apply_to_opportunity(actor=sora.resident(0), opportunity=opportunity, person=sora.persons[0])
    sora.persons[0].hidden = True
    sora.persons[0].save()
    session = sora.begin(opportunity)
    for path in (f"opportunities/{opportunity.public_id}/", f"sessions/{session.public_id}/attendance/"):
        host = text_of(sora.client(sora.host_account).get(f"/sora/group/{path}"))
        desk = text_of(sora.client(sora.coordinator).get(f"/sora/desk/{path}"))
        assert ("見本 00" in host, "見本 00" in desk) == (False, True)


def test_an_officer_who_may_not_submit_keeps_a_draft(sora):
    client = sora.client(sora.official)
    assert "市に出す" not in text_of(client.get("/sora/desk/activities/new/"))
    client.post("/sora/desk/activities/new/", new_activity(sora, initiated_by="authority", then="submit"))
    assert Opportunity.objects.get().state == "draft"


@pytest.mark.parametrize("page", ["activities/", "activities/{activity}/", "sessions/{session}/attendance/"])
def test_the_lists_of_hosts_cost_the_same_for_one_and_many(sora, page):
    opportunity = sora.open(capacity=30)
    address = "/sora/desk/" + page.format(
        activity=opportunity.activity.public_id, session=opportunity.session.public_id
    )
    client, counts = sora.client(sora.coordinator), []
    for number in (1, 12):
        for _ in range(number):
            sora.open()
            add_session(actor=sora.host, activity=opportunity.activity, plan=sora.session_plan(number + 3))
            person = sora.add_resident()
            apply_to_opportunity(actor=sora.desk, opportunity=opportunity, person=person)
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_an_officer_is_offered_nothing_that_is_refused(sora):
    opportunity = sora.open()
    client = sora.client(sora.official)
    pages = [
        text_of(client.get(f"/sora/desk/opportunities/{opportunity.public_id}/")),
        text_of(client.get(f"/sora/desk/activities/{opportunity.activity.public_id}/")),
    ]
    links = {link for page in pages for link in re.findall(r'href="(/sora/desk/[a-z]+/[a-z0-9]+/[a-z]+/)"', page)}
    assert links
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)
