"""An activity with 8 places and 14 applicants, in a real browser: asked in order, silence and a no go on to the next by
themselves, and whoever is left is told the true reason and shown two things with room.

The house runs inside the test, so that its clock can be put forward.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as house
from django.test import Client

from tests.journeys.visits import Visit
from yui.activities.models import Application
from yui.activities.tasks import move_lines
from yui.activities.tests.conftest import Town, build_town
from yui.base import clock
from yui.base.messages.models import Message
from yui.base.tenancy.scope import authority_scope
from yui.config.cli.preparing import compile_translations

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
MONDAY = "2026-11-02"
PLACES, ASKED = 8, 14
OTHERS = ("昔の話を聞かせる", "地図の下書きを手伝う", "本棚の整理")
Sign = Callable[..., Visit]


@pytest.fixture
def town(transactional_db: None, settings: Any) -> Town:
    settings.YUI_TODAY = MONDAY
    compile_translations()
    built = build_town("sora", "そら市", residents=ASKED)
    with authority_scope(built.authority):
        known = [built.open(title=title, capacity=6, days=25 + number) for number, title in enumerate(OTHERS)]
        built.things = SimpleNamespace(  # type: ignore[attr-defined]
            rice=built.open(title="もちを丸める", capacity=PLACES, days=12, kept_places=1), others=known
        )
    return built


@pytest.fixture
def fits(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """What fits everybody alike: how wishes are weighed is shown elsewhere."""
    things = town.things.others  # type: ignore[attr-defined]
    monkeypatch.setattr("yui.activities.alternatives._sources", [lambda authority, person: list(things)])


@pytest.fixture
def sign_in(browser: Any, live_server: Any, town: Town) -> Iterator[Sign]:
    """``sign_in(account, width, script)``: somebody with a browser of their own."""
    begun: list[Visit] = []

    def begin(account: Any, width: int = 390, script: bool = True) -> Visit:
        one = Visit(browser, live_server.url, None, width=width, script=script)
        with authority_scope(town.authority):
            client: Client = town.client(account)
        cookie = client.cookies[house.SESSION_COOKIE_NAME].value
        one.context.add_cookies([{"name": house.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        begun.append(one)
        return one

    yield begin
    for one in begun:
        one.end()
    assert [line for one in begun for line in one.foreign + one.complaints] == []


def test_eight_places_and_fourteen_who_ask(town: Town, fits: None, sign_in: Sign, settings: Any) -> None:
    rice = town.things.rice  # type: ignore[attr-defined]
    page = f"/sora/opportunities/{rice.public_id}/"
    visits: dict[int, Visit] = {}
    for number in range(ASKED):
        one = sign_in(town.accounts[number], 390 if number % 2 else 1280, script=number % 3 != 0)
        visits[number] = one
        text = one.open(page + "apply/")
        assert ("いまは満員です" in text) == (number >= PLACES), number
        text = one.press("応募する")
        if number >= PLACES:
            assert f"あなたは{number - PLACES + 1}番目です" in text
            assert sum(title in text for title in OTHERS) == 2, "two other things, at once"

    host = sign_in(town.host_account, 1280)
    text = host.open(f"/sora/group/opportunities/{rice.public_id}/")
    assert (text.count("空き待ち"), "空き待ち 6番" in text) == (6, True)
    assert host.fits()

    cancels(visits[0])
    text = visits[8].open("/sora/my/applications/")
    assert "お返事をください" in text
    assert "11月4日" in text
    assert visits[8].fits()
    settings.YUI_TODAY = "2026-11-06"  # nobody answered for two days and more
    worker(town)
    assert "お返事の期限がすぎました" in visits[8].open("/sora/my/applications/")
    assert "もう一度応募できます" in visits[8].text()
    assert "お返事をください" in visits[9].open("/sora/my/applications/")

    assert "あなたの番になりました" in visits[9].follow("お返事をする")
    visits[9].press("今回はやめておく")
    visits[10].open("/sora/my/applications/")
    visits[10].follow("お返事をする")
    visits[10].press("はい、行きます")
    assert states(town) == {"cancelled": 2, "placed": 8, "lapsed": 1, "waiting": 3}
    assert "空き待ち 3番" in visits[13].open("/sora/my/applications/"), "moved up with the line"

    cancels(visits[1])
    by_link = Visit(visits[1].context.browser, host.base, None, width=390, script=False)
    by_link.open(link_of(town, 11))
    assert "席がきまりました" in by_link.press("はい、行きます")
    by_link.end()
    assert states(town)["placed"] == PLACES

    settings.YUI_TODAY = "2026-11-14"  # the day itself
    starts(town, rice)
    worker(town)
    assert states(town) == {"cancelled": 3, "placed": 8, "lapsed": 1, "no_place": 2}
    text = visits[13].open("/sora/my/applications/")
    assert "満員のまま、あなたの順番まで空きが出ませんでした" in text
    shown = [title for title in OTHERS if title in text]
    assert len(shown) == 2
    for title in shown:
        visits[13].open("/sora/my/applications/")
        text = visits[13].follow(title)
        assert "応募する" in text
        assert "あと6人" in text, "a real place, open today"
    with authority_scope(town.authority):
        told = Message.objects.get(kind="application_no_place", to_id=town.persons[13].public_id)
        assert "空き待ちの2番でした" in told.body


def test_two_promises_at_one_hour(town: Town, fits: None, sign_in: Sign) -> None:
    with authority_scope(town.authority):
        other = town.open(title="畑の草とり", days=12)
    for number, script in enumerate((True, False)):
        one = sign_in(town.accounts[number], 390, script)
        one.open(f"/sora/opportunities/{other.public_id}/apply/")
        one.press("応募する")
        rice = town.things.rice  # type: ignore[attr-defined]
        one.open(f"/sora/opportunities/{rice.public_id}/apply/")
        text = one.press("応募する", status=409)
        assert "「畑の草とり」" in text
        assert one.fits()
        one.press("「畑の草とり」を取りやめて、こちらに応募する")
        text = one.open("/sora/my/applications/")
        assert "取りやめました" in text
        assert "受け付けました" in text


def test_last_years_activity_is_copied(town: Town, sign_in: Sign, settings: Any) -> None:
    activity = town.things.rice.activity  # type: ignore[attr-defined]
    settings.YUI_TODAY = "2027-10-20"
    for account, place in ((town.coordinator, "desk"), (town.host_account, "group")):
        one = sign_in(account, 390 if place == "group" else 1280)
        one.open(f"/sora/{place}/activities/new/")
        one.unfold("去年の企画を写す")
        one.page.locator(f'main a[href*="{activity.public_id}/copy/"]').click()
        assert "11月13日" in one.text(), "the same weekday, a year on"
        assert one.fits()
        text = one.press("下書きに写す")
        assert "から写しました" in text
        assert "下書き" in text


def cancels(one: Visit) -> None:
    """Give the place back."""
    one.open("/sora/my/applications/")
    one.follow("取りやめる")
    one.press("取りやめる")


def worker(town: Town) -> None:
    """The minute comes round."""
    with authority_scope(town.authority):
        move_lines(town.authority)


def states(town: Town) -> dict[str, int]:
    """How many applications stand where."""
    with authority_scope(town.authority):
        found: dict[str, int] = {}
        for state in Application.objects.values_list("state", flat=True):
            found[state] = found.get(state, 0) + 1
        return found


def starts(town: Town, opportunity: Any) -> None:
    """Its date is in an hour, by whatever clock the test began."""
    with authority_scope(town.authority):
        session = opportunity.session
        session.starts_at = clock.now() + dt.timedelta(hours=1)
        session.ends_at = session.starts_at + dt.timedelta(hours=1)
        session.save()


def link_of(town: Town, number: int) -> str:
    """The link in the message of an offer."""
    with authority_scope(town.authority):
        body = Message.objects.get(kind="application_offered", to_id=town.persons[number].public_id).body
        return "/sora/offers/" + body.partition("/sora/offers/")[2].split()[0]
