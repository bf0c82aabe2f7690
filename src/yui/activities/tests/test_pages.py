"""The pages for everyone and for residents: what each shows, to whom, and what bad input is told."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yui.activities.domain import apply_to_opportunity, end_opportunity
from yui.activities.models import Application, Bookmark, FirstMeeting, Tie
from yui.base import clock


def text_of(response):
    return response.content.decode()


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
        ("q=ｴﾎﾝ よむ", {"絵本"}),
        ("q=ぬのぬの", set()),
        ("q=絵本　読む", {"絵本"}),
        ("q=そら市文庫", {"絵本", "防災"}),
        ("q=crianças", {"絵本"}),
        ("q=Phòng chống", {"防災"}),
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


def test_the_word_for_a_theme_in_everyday_speech_finds_it(sora):
    sora.open(title="直売の売り子", choices={"theme": ["nou"]})
    sora.open(title="絵本を読む")
    for typed in ("農業", "のうぎょう", "畑仕事", "農", "agricultura"):
        page = text_of(Client().get("/sora/opportunities/", {"q": typed}))
        assert ("直売の売り子" in page, "絵本を読む" in page) == (True, False), typed


@pytest.mark.parametrize(
    "address", ["/so%00ra/", "/sora/opportunities/%00/", "/_outbox/%00/", "/sora/opportunities/?q=%00"]
)
def test_an_address_with_a_sign_that_no_text_has_is_not_found(sora, settings, address):
    """Also on PostgreSQL, which refuses to look for it."""
    settings.YUI_DEMO = True
    assert Client(raise_request_exception=False).get(address).status_code == 404
