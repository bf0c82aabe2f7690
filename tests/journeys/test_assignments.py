"""An oversubscribed programme in a real browser: announced with a sealed lottery, wished for, drawn in the night after the
deadline, published; recomputed on the command line from the downloaded files; who has no place sees why, and two offers.

The house runs inside the test, so that its clock can be put forward.
"""

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as house
from django.test import Client

from tests.journeys.visits import Visit
from yui.activities.assignments.models import Round, SealedSeed, WishSheet
from yui.activities.assignments.sealing import open_seal
from yui.activities.assignments.tasks import days
from yui.activities.tests.conftest import Town, build_town
from yui.base import clock
from yui.base.jobs import worker
from yui.base.tenancy.scope import authority_scope
from yui.config.cli.preparing import compile_translations

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
MONDAY, AFTER = "2026-11-02", "2026-11-10"
OTHERS = ("昔の話を聞かせる", "地図の下書きを手伝う")
Sign = Callable[..., Visit]


@pytest.fixture
def town(transactional_db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Town:
    settings.YUI_TODAY = MONDAY
    compile_translations()
    built = build_town("sora", "そら市", residents=3)
    with authority_scope(built.authority):
        others = [built.open(title=title, capacity=6, days=40 + number) for number, title in enumerate(OTHERS)]
        wanted = [built.open(title=title, capacity=1, days=30 + n) for n, title in enumerate(("炭焼き", "道しるべ"))]
        built.things = SimpleNamespace(wanted=wanted)  # type: ignore[attr-defined]
    monkeypatch.setattr("yui.activities.alternatives._sources", [lambda authority, person: list(others)])
    return built


@pytest.fixture
def sign_in(browser: Any, live_server: Any, town: Town) -> Iterator[Sign]:
    """``sign_in(account, width, script)``: somebody with a browser of their own; without an account a passer-by."""
    begun: list[Visit] = []

    def begin(account: Any = None, width: int = 390, script: bool = True) -> Visit:
        one = Visit(browser, live_server.url, None, width=width, script=script)
        if account is not None:
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


def announce(officer: Visit, town: Town) -> Round:
    """A round of two opportunities with one place each, announced."""
    officer.open("/sora/desk/assignments/new/")
    officer.fill(title="里山プログラムの席決め", opens_on="2026/11/2", closes_on="2026/11/9")
    officer.press("下書きを作る")
    for opportunity in town.things.wanted:  # type: ignore[attr-defined]
        officer.follow("出番を入れる")
        officer.page.locator('main select[name="opportunity"]').select_option(value=opportunity.public_id)
        officer.fill(cap="1")
        officer.press("この出番を入れる")
    assert "受付中" in officer.press("公表する")
    with authority_scope(town.authority):
        return Round.objects.get()


def test_from_the_promise_to_two_offers(town: Town, sign_in: Sign, settings: Any, tmp_path: Path) -> None:
    officer = sign_in(town.official, 1280)
    made = announce(officer, town)
    page = f"/sora/assignments/{made.public_id}/"
    passer_by = sign_in()
    commitment = re.search(r"[0-9a-f]{64}", passer_by.open(page))
    assert commitment and commitment[0] == made.commitment and "明かした種" not in passer_by.text()
    with authority_scope(town.authority):
        seed = open_seal(SealedSeed.objects.get().sealed)

    people = [sign_in(town.accounts[n], 390 if n else 1280, script=n != 1) for n in range(3)]
    for one in people:
        one.open(page)
        one.follow("希望を書く")
        one.choose("wish_1", "炭焼き")
        one.choose("wish_2", "道しるべ")
        assert "希望を受け付けました" in one.press("この順で希望する")
        assert one.fits() and seed not in one.source()
    desk = f"/sora/desk/assignments/{made.public_id}/"
    officer.open(desk)
    assert "3人が希望し、2人が決まります" in officer.press("試しに計算する")
    assert "試しの結果" in officer.text() and seed not in officer.source()

    settings.YUI_TODAY = AFTER  # the night after the deadline
    with authority_scope(town.authority):
        days(town.authority, clock.today())
    officer.open(desk)
    assert "公開ずみ" in officer.press("結果を公開する")
    worker.work_through()

    text = passer_by.open(page)
    assert seed in text and made.commitment in text
    assert hashlib.sha256(f"{made.public_id}|{seed}".encode()).hexdigest() == made.commitment
    for name in ("instance", "check"):
        (tmp_path / f"{name}.json").write_bytes(passer_by.fetch(f"{page}{name}.json"))
    answer = passer_by.fetch(f"{page}answer.json")
    again = engine("assign", tmp_path / "instance.json")
    assert again == answer and hashlib.sha256(again).hexdigest() in text
    assert json.loads(engine("verify", tmp_path / "check.json"))["ok"] is True

    with authority_scope(town.authority):
        left = WishSheet.objects.select_related("person").get(programme=None)
        number = next(n for n, person in enumerate(town.persons) if person.pk == left.person_id)
    mine = people[number]
    mine.open(page)
    told = mine.follow("自分の結果を見る")
    assert "公開のくじで決まりました" in told and all(title in told for title in OTHERS) and left.public_id in told
    assert mine.fits() and mine.accessible() == []
    assert "応募する" in mine.follow(OTHERS[0])


def engine(question: str, path: Path) -> bytes:
    """What ``yui engine`` prints, in a process of its own without a database."""
    words = [sys.executable, "-m", "yui.config.cli", "engine", question, str(path)]
    return subprocess.run(words, capture_output=True, check=True, timeout=60).stdout
