"""The pages: what each shows, to whom, and what bad input is told."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yui.activities.domain import apply_to_opportunity, end_opportunity, submit_opportunity
from yui.activities.models import Activity, Application, Bookmark, FirstMeeting, Opportunity, Participation, Tie
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


def test_the_catalogue_shows_open_ones_to_everybody_without_a_persons_name(sora):
    sora.open(title="絵本を1冊読む")
    sora.open(title="まだ下書き", approve_it=False)
    end_opportunity(actor=sora.host, opportunity=sora.open(title="もうおわり"))
    page = text_of(Client().get("/sora/opportunities/"))
    assert "絵本を1冊読む" in page
    assert "まだ下書き" not in page
    assert "もうおわり" not in page
    assert "試案 みのり" not in page
    assert "<b>1件</b>" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("theme=kosodate", {"絵本"}),
        ("theme=bosai", {"防災"}),
        ("theme=kosodate&theme=bosai", {"絵本", "防災"}),
        ("such=seated", {"絵本"}),
        ("such=online", {"防災"}),
        ("such=any_time", {"防災"}),
        ("such=first_timers", {"絵本"}),
        ("district=mihon", {"絵本", "防災"}),
        ("q=ｴﾎﾝ", set()),
        ("q=絵本　読む", {"絵本"}),
        ("q=そら市文庫", {"絵本", "防災"}),
        ("first=R8.13.40", {"絵本", "防災"}),
    ],
)
def test_filters_work_without_script(sora, query, found):
    sora.open(title="絵本を読む")
    sora.open(
        title="防災の電話番",
        session=None,
        any_time=True,
        online=True,
        first_timers=False,
        choices={"theme": ["bosai"]},
    )
    page = text_of(Client().get(f"/sora/opportunities/?{query}"))
    assert {word for word in ("絵本", "防災") if f"{word}を読む" in page or f"{word}の電話番" in page} == found


def test_a_range_of_days_keeps_what_can_be_done_any_time(sora):
    near, far = sora.open(title="来週の出番", days=7), sora.open(title="来月の出番", days=40)
    sora.open(title="いつでもの出番", session=None, any_time=True)
    last = clock.today() + dt.timedelta(days=20)
    page = text_of(Client().get("/sora/opportunities/", {"last": f"{last:%Y/%m/%d}"}))
    assert [t in page for t in ("来週の出番", "来月の出番", "いつでもの出番")] == [True, False, True]
    assert near.session.starts_at < far.session.starts_at


def test_the_catalogue_costs_the_same_for_one_and_thirty(sora):
    counts = []
    for number in (1, 29):
        for _ in range(number):
            sora.open()
        client = Client()
        client.get("/sora/opportunities/")
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get("/sora/opportunities/").status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_pages_of_24_by_next_date(sora):
    for number in range(26):
        sora.open(title=f"出番{number:02d}番", days=40 - number)
    first, second = (text_of(Client().get(f"/sora/opportunities/?page={page}")) for page in (1, 2))
    assert first.index("出番25番") < first.index("出番24番")
    assert "出番00番" not in first
    assert ("出番00番" in second, "出番25番" in second) == (True, False)


def test_an_opportunity_says_everything_and_its_draft_is_seen_by_the_host_only(sora, hinata):
    opportunity = sora.open(capacity=3, about="となりにすわります。")
    page = text_of(Client().get(f"/sora/opportunities/{opportunity.public_id}/"))
    for words in ("となりにすわります。", "見本まちづくりセンター", "あと3人", "30分から", "そら市文庫", "itemscope"):
        assert words in page
    draft = sora.open(approve_it=False)
    address = f"/sora/opportunities/{draft.public_id}/"
    assert Client().get(address).status_code == 404
    assert sora.client(sora.accounts[0]).get(address).status_code == 404
    assert sora.client(hinata.host_account).get(address).status_code == 404
    assert sora.client(sora.host_account).get(address).status_code == 200
    assert Client().get(f"/hinata/opportunities/{opportunity.public_id}/").status_code == 404


def test_the_calendars_hold_dates_and_no_person(sora):
    opportunity = sora.open()
    for address in ("/sora/opportunities/calendar.ics", f"/sora/opportunities/{opportunity.public_id}/calendar.ics"):
        response = Client().get(address)
        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        body = text_of(response)
        assert body.count("BEGIN:VEVENT") == 1
        assert "絵本を1冊読む" in body
        assert "試案" not in body


def test_the_kairanban_has_the_opportunities_and_a_code_to_scan(sora):
    sora.open()
    page = text_of(Client().get("/sora/opportunities/kairanban/?district=mihon"))
    for words in ("絵本を1冊読む", "回 覧", "0748-00-0000", "yui-qr"):
        assert words in page


def test_signing_in_leads_back_to_applying(sora):
    opportunity = sora.open()
    address = f"/sora/opportunities/{opportunity.public_id}/apply/"
    response = Client().get(address)
    assert (response.status_code, response["Location"].endswith(f"?next={address}")) == (302, True)


def test_a_resident_applies_marks_and_cancels_without_script(sora):
    opportunity = sora.open()
    client, base = sora.client(sora.accounts[0]), f"/sora/opportunities/{opportunity.public_id}"
    assert "見本 00さんとして応募します" in text_of(client.get(f"{base}/apply/"))
    page = text_of(client.post(f"{base}/apply/", {"message": "𠮷田です。João"}, follow=True))
    application = Application.objects.get()
    assert (application.state, application.message) == ("placed", "𠮷田です。João")
    assert "応募を受け付けました" in page
    again = client.post(f"{base}/apply/", {"message": "もう一度"})
    assert (again.status_code, "もう応募しています" in text_of(again), "もう一度" in text_of(again)) == (
        409,
        True,
        True,
    )
    for expected in (1, 0):
        client.post(f"{base}/mark/")
        assert Bookmark.objects.filter(ended_on=None).count() == expected
    client.get(f"{base}/mark/")
    assert Bookmark.objects.filter(ended_on=None).count() == 0
    assert "絵本を1冊読む" in text_of(client.get("/sora/my/applications/"))
    client.post(f"/sora/my/applications/{application.public_id}/cancel/")
    application.refresh_from_db()
    assert application.state == "cancelled"


def test_a_closed_one_says_so_and_keeps_what_was_typed(sora):
    opportunity = sora.open()
    end_opportunity(actor=sora.host, opportunity=opportunity)
    client, base = sora.client(sora.accounts[0]), f"/sora/opportunities/{opportunity.public_id}"
    assert "募集はおわりました" in text_of(client.get(f"{base}/"))
    response = client.post(f"{base}/apply/", {"message": "聞きたいこと"})
    assert response.status_code == 409
    assert "募集は、おわりました" in text_of(response)
    assert "聞きたいこと" in text_of(response)


def test_another_persons_application_is_not_there(sora):
    application = apply_to_opportunity(actor=sora.resident(0), opportunity=sora.open(), person=sora.persons[0])
    address = f"/sora/my/applications/{application.public_id}/cancel/"
    assert sora.client(sora.accounts[1]).post(address).status_code == 404
    assert sora.client(sora.host_account).post(address).status_code == 404
    assert Application.objects.get().state == "placed"


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


def test_the_one_question_in_one_tap_then_names_by_mutual_wish(sora):
    opportunity = sora.open()
    for number in (0, 1):
        apply_to_opportunity(actor=sora.resident(number), opportunity=opportunity, person=sora.persons[number])
    session = sora.begin(opportunity)
    clients = [sora.client(sora.accounts[number]) for number in (0, 1)]
    for client in clients:
        client.post("/sora/my/attend/", {"code": session.code})
    address = f"/sora/my/meetings/{session.public_id}/"
    assert "はじめて会った人はいますか？" in text_of(clients[0].get("/sora/my/meetings/"))
    clients[0].post(address, {"answer": "yes"})
    assert FirstMeeting.objects.get().answer == "yes"
    assert "見本 01" not in text_of(clients[0].get(address))
    clients[0].post(address, {"show": "yes"})
    clients[1].post(address, {"show": "yes"})
    assert "見本 01" in text_of(clients[0].get(address))
    clients[0].post(address, {"answer": "yes", "met": [sora.persons[1].public_id], "met_host": "on"})
    assert {(t.other_person, t.other_organization) for t in Tie.objects.all()} == {
        (sora.persons[1], None),
        (None, sora.organization),
    }
    clients[1].post(address, {"show": "no"})
    told = text_of(clients[1].get(address))
    assert sora.client(sora.accounts[2]).get(address).status_code == 404
    assert "見本 00" not in told


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
