"""Two calls in a real browser, from the announcement to the notice of the result: Kurihara by ranks, Sanda by points in two
stages. Each with a late paper, a question after the cut-off, a tie that stops, a disqualification and what the document
says of explanations.

The house runs inside the test, so that its clock can be put forward.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as house

from tests.journeys.calling import Road, Sign
from tests.journeys.visits import Visit
from yui.base.jobs import worker
from yui.base.tenancy.scope import authority_scope
from yui.config.cli.preparing import compile_translations
from yui.office.calls.models import (
    Applicant,
    Call,
    Disqualification,
    ExplanationRequest,
    Notice,
    Question,
    SelectionRecord,
)
from yui.office.calls.tests.cast import call_town, fill_open_levels
from yui.office.calls.tests.committee_cast import browser as client_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sign_in(browser: Any, live_server: Any, transactional_db: None) -> Iterator[Sign]:
    """``sign_in(account, width, script)``: somebody with a browser of their own; without an account a passer-by."""
    begun: list[Visit] = []

    def begin(account: Any = None, width: int = 390, script: bool = True) -> Visit:
        one = Visit(browser, live_server.url, None, width=width, script=script)
        if account is not None:
            cookie = client_of(account).cookies[house.SESSION_COOKIE_NAME].value
            one.context.add_cookies([{"name": house.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        begun.append(one)
        return one

    yield begin
    for one in begun:
        one.end()
    assert [line for one in begun for line in one.foreign + one.complaints] == []


@pytest.fixture
def road(request: Any, sign_in: Sign, settings: Any, tmp_path: Path) -> Iterator[Road]:
    """The draft of a call on the day of its announcement: ``indirect`` names the town."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.YUI_TODAY = {"kurihara": "2024-05-28", "sanda": "2025-05-28"}[request.param]
    compile_translations()
    town = call_town(request.param, announced=False)
    with authority_scope(town.authority):
        fill_open_levels(town.decides, town.call)
        yield Road(town, sign_in, settings)


def announced(road: Road) -> None:
    """公告する, and a passer-by reads it."""
    road.officer.open(f"{road.desk}announce/")
    road.officer.press("公告する")
    assert Call.objects.get().state == "announced"
    passer_by = road.sign_in()
    assert "応募" in passer_by.open(f"/{road.key}/calls/{road.town.call.public_id}/") and passer_by.fits()


def recomputed(road: Road, folder: Path, kind: str = "select") -> dict[str, Any]:
    """The downloads, and what a process of its own says to the question."""
    record = SelectionRecord.objects.filter(kind=kind).latest("pk")
    base = f"/{road.key}/desk/calls/selections/{record.public_id}/"
    (folder / "asked.json").write_bytes(road.officer.fetch(f"{base}asked.json"))
    words = [sys.executable, "-m", "yui.config.cli", "engine", kind, str(folder / "asked.json")]
    again = subprocess.run(words, capture_output=True, check=True, timeout=60).stdout
    assert again == road.officer.fetch(f"{base}answered.json")
    return dict(json.loads(again))


def late_is_out(road: Road, firm: Applicant) -> None:
    """What the system proposed of who came late, confirmed at the page."""
    assert Disqualification.objects.get(applicant=firm).by_system == "late"
    confirm(road, firm, "期限のあとに届いたため")


def confirm(road: Road, firm: Applicant, words: str) -> None:
    """A proposed disqualification is confirmed at the page, with the words of the notice."""
    road.officer.open(f"/{road.key}/desk/call-applicants/{firm.public_id}/")
    road.officer.tick("answer", "confirm")
    form = road.officer.page.locator("main form", has=road.officer.page.locator('[name="answer"]')).first
    form.locator('[name="reason"]').fill(words)
    with road.officer.page.expect_navigation():
        form.locator("button", has_text="決める").click()
    assert Applicant.objects.get(pk=firm.pk).state == "disqualified"


def firms_now(firms: list[Applicant]) -> list[Applicant]:
    """As they stand."""
    return [Applicant.objects.get(pk=one.pk) for one in firms]


TEN = ("8",) * 10


@pytest.mark.parametrize("road", ["kurihara"], indirect=True)
def test_kurihara_by_ranks(road: Road, tmp_path: Path) -> None:
    announced(road)
    road.on("2024-06-12")
    road.question("2024/6/10", "共同体でも応募できますか。")
    road.question("2024/6/11", "様式はどこにありますか。")
    assert sorted(Question.objects.values_list("state", flat=True)) == ["received", "refused"]
    seats = road.seat(("例示 ひさし", "例示 まもる", "例示 とも", "標本 あきら"))
    road.on("2024-06-21")
    firms = [road.applicant(name) for name in ("架空くらし計画", "例示まちの舎", "見本ちいき工房", "試案おくれ社")]
    for firm in firms[:3]:
        road.arrive(firm, "proposal", "2024/6/20", "16:59:59")
    road.arrive(firms[3], "proposal", "2024/6/20", "17:00:01")
    late_is_out(road, firms[3])
    road.open_seals("proposal")
    for firm, yen in zip(firms[:3], (3_400_000, 3_400_000, 3_410_000), strict=True):
        road.estimate(firm, yen)
    road.eligible(firms[:3])

    visits = road.declare(seats, conflict=(3, 0))
    road.officer.open(f"{road.desk}committee/")
    road.officer.follow("回避", "標本 あきら")
    road.officer.fill(reason="応募者の役員であったため")
    road.officer.press("回避とする")
    visits[3].open(f"/kurihara/committee/{seats[3].public_id}/", status=404)
    road.begin_scoring("proposal")
    high, low = ("9",) * 10, ("7",) * 10
    for number, rows in enumerate(((high, TEN, low), (low, high, TEN), (TEN, TEN, high))):
        for firm, points in zip(firms, rows, strict=False):
            road.score(visits[number], seats[number], firm, points, "proposal", script=number != 2)
    assert "80" not in road.officer.open(f"{road.desk}committee/") and "90" not in road.officer.text()
    for number in (0, 1):
        road.close_sheet(visits[number], seats[number], "proposal")
    visits[2].open(f"/kurihara/committee/sheets/{seats[2].sheets.get().public_id}/")
    assert "順を付けて" in visits[2].text()  # equal totals need the member's own order
    for place, firm in ((1, firms[0]), (2, firms[1])):
        visits[2].page.locator(f'[name="place_{firm.public_id}"]').select_option(str(place))
    visits[2].press("この順にする")
    road.close_sheet(visits[2], seats[2], "proposal")
    road.close_scoring(visits[0], seats[0])

    text = road.compute()
    assert "委員会が協議して決めます" in text  # every rank sum is 6; the third asks for more money
    assert recomputed(road, tmp_path)["tied"] == sorted(firm.public_id for firm in firms[:2])
    road.officer.follow("委員会の決定を書く")
    assert firms[2].public_id not in road.officer.source()
    road.officer.tick("chosen", firms[0].public_id)
    road.officer.fill(reason="地域一体の取組がまさるため")
    road.officer.press("決定を記録する")
    assert "架空くらし計画が候補者になります" in road.compute()
    assert recomputed(road, tmp_path)["winner"] == firms[0].public_id
    assert "決定しました" in road.decide()
    assert Call.objects.get().state == "decided"
    road.notify("result", worker.work_through)
    assert Notice.objects.exclude(sent_at=None).filter(applicant=firms[0], outcome="selected").exists()
    assert "手続きの定めがありません" in road.officer.open(f"{road.desk}explanations/")

    # the winner is found to have lied after the notice: struck from the recorded order, the next one follows
    road.on("2024-07-20")
    road.officer.open(f"/kurihara/desk/call-applicants/{firms[0].public_id}/")
    road.officer.unfold("失格の案を入れる")
    road.officer.page.locator('main select[name="ground"]').select_option(value="falsehood")
    road.officer.fill(evidence="提出された実績が事実とちがう")
    road.officer.press("失格の案を入れる")
    confirm(road, firms[0], "虚偽の記載")
    assert "例示まちの舎が候補者になります" in road.compute()
    road.decide()
    assert Applicant.objects.get(pk=firms[1].pk).state == "selected"


@pytest.mark.parametrize("road", ["sanda"], indirect=True)
def test_sanda_by_points_in_two_stages(road: Road, tmp_path: Path) -> None:
    announced(road)
    road.on("2025-06-05")
    road.question("2025/6/3", "再委託はできますか。")
    road.question("2025/6/4", "様式はどこにありますか。")
    assert sorted(Question.objects.values_list("state", flat=True)) == ["received", "refused"]
    seats = road.seat(("例示 ひさし", "例示 まもる"))
    road.on("2025-06-13")
    firms = [road.applicant(name) for name in ("試案福祉ネット", "架空つながり会", "例示ささえ隊", "見本おくれ会")]
    for firm in firms[:3]:
        road.arrive(firm, "participation", "2025/6/12", "15:59:59")
    road.arrive(firms[3], "participation", "2025/6/12", "16:00:01")
    late_is_out(road, firms[3])
    road.open_seals("participation")
    road.eligible(firms[:3])
    visits = road.declare(seats)
    road.begin_scoring("participation")
    for number, one in enumerate(visits):
        for firm in firms[:3]:
            road.score(one, seats[number], firm, ("5", "4", "4"), "participation", script=True)
        road.close_sheet(one, seats[number], "participation")
    road.close_scoring(visits[0], seats[0])
    assert "3者に提案書を求める" in road.compute("shortlist")
    assert recomputed(road, tmp_path, "shortlist")["cut"] is False
    road.decide("shortlist")
    assert Applicant.objects.filter(state="invited").count() == 3

    road.on("2025-07-09")
    for firm in firms[:3]:
        road.arrive(firm, "proposal", "2025/7/8", "15:30")
    road.open_seals("proposal")
    for firm, yen in zip(firms[:3], (40_000_000, 40_000_000, 41_640_001), strict=True):
        road.estimate(firm, yen)  # the third is above the cap
    over = Disqualification.objects.get(applicant=firms[2])
    assert over.by_system == "over_cap"
    confirm(road, firms[2], "上限額を超えたため")
    road.begin_scoring("proposal")
    points = ("4", "4", "4", "12", "8", "8", "8", "8", "4", "4", "4")
    for number, one in enumerate(visits):
        for firm in firms[:2]:
            road.score(one, seats[number], firm, points, "proposal", script=True)
        road.close_sheet(one, seats[number], "proposal")
    road.close_scoring(visits[0], seats[0])
    assert "委員会が協議して決めます" in road.compute()
    assert recomputed(road, tmp_path)["status"] == "committee_required"
    road.officer.follow("委員会の決定を書く")
    road.officer.tick("chosen", firms[1].public_id)
    road.officer.fill(reason="地域の居場所の案が具体的なため")
    assert "委員会の決定を記録しました" in road.officer.press("決定を記録する")
    assert "架空つながり会が候補者になります" in road.compute()
    road.decide()
    assert [one.state for one in firms_now(firms)] == ["not_selected", "selected", "disqualified", "disqualified"]

    road.on("2025-07-18")
    road.notify("result", worker.work_through)
    road.on("2025-07-24")
    road.officer.open(f"{road.desk}explanations/")
    loser = Notice.objects.get(applicant=firms[0], kind="result")
    road.officer.page.locator('main select[name="notice"]').select_option(value=loser.public_id)
    road.officer.page.locator('main select[name="channel"]').select_option(index=1)
    road.officer.fill(received_on="2025/7/23", received_time="10時00分", text="選ばれなかった理由を知りたい。")
    road.officer.press("記録する")
    asked = ExplanationRequest.objects.get()
    assert asked.verdict == ""
    road.officer.open(f"/sanda/desk/calls/explanations/{asked.public_id}/")
    road.officer.fill(answer="合計が同じでしたので、委員会が協議して決めました。")
    road.officer.press("回答の書面を作る")
    asked.refresh_from_db()
    assert asked.answered_at is not None
