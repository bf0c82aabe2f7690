"""A call in a real browser: announced, amended, asked too late, answered by two officers, cancelled and told to all.

The house runs inside the test, so that its clock can be put forward.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as house

from tests.journeys.visits import Visit
from yui.base.messages.models import Message
from yui.base.tenancy.scope import authority_scope
from yui.config.cli.preparing import compile_translations
from yui.office.calls.tests.cast import CallTown, applicant, call_town
from yui.office.calls.tests.test_pages import client_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
BEGAN, AFTER_QUESTIONS = "2024-05-28", "2024-06-11"
Sign = Callable[..., Visit]


@pytest.fixture
def town(transactional_db: None, settings: Any, tmp_path: Any) -> CallTown:
    settings.YUI_TODAY, settings.MEDIA_ROOT = BEGAN, tmp_path / "files"
    compile_translations()
    built = call_town("kurihara", announced=False)
    with authority_scope(built.authority):
        for name, mail in (("hito", "hito@example.jp"), ("futa", "futa@example.jp")):
            firm = applicant(built, name)
            firm.mail = mail
            firm.save()
    return built


@pytest.fixture
def sign_in(browser: Any, live_server: Any, town: CallTown) -> Iterator[Sign]:
    """Somebody with a browser of their own; without an account a passer-by."""
    begun: list[Visit] = []

    def begin(account: Any = None, width: int = 390) -> Visit:
        one = Visit(browser, live_server.url, None, width=width, script=True)
        if account is not None:
            with authority_scope(town.authority):
                cookie = client_of(account).cookies[house.SESSION_COOKIE_NAME].value
            one.context.add_cookies([{"name": house.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        begun.append(one)
        return one

    yield begin
    for one in begun:
        one.end()
    assert [line for one in begun for line in one.foreign + one.complaints] == []


def told(town: CallTown, words: str) -> list[str]:
    """To whom a message with these words went."""
    with authority_scope(town.authority):
        found = Message.objects.filter(kind="call_told", body__contains=words)
        return sorted(found.values_list("to_address", flat=True))


def enter(officer: Visit, desk: str, channel: str, time: str) -> str:
    """Enter a question that came on the last day; the page it leads to."""
    officer.open(f"{desk}questions/new/")
    officer.tick("channel", channel)
    officer.fill(
        day="令和6年6月10日",
        time=time,
        asker="株式会社 見本まちづくり",
        text="見本まちづくりです。様式は変えられますか。",
    )
    return officer.press("書き入れる")


def test_from_the_announcement_to_the_end_that_everybody_learns_of(
    town: CallTown, sign_in: Sign, settings: Any
) -> None:
    page, desk = f"/kurihara/calls/{town.call.public_id}/", f"/kurihara/desk/calls/{town.call.public_id}/"
    everybody = ["futa@example.jp", "hito@example.jp"]
    officer, second, passer_by = sign_in(town.officer, 1280), sign_in(town.second, 1280), sign_in()
    passer_by.open(page, 404)

    officer.open(desk)
    officer.follow("公告の前にたしかめる")
    assert "公告しました" in officer.press("公告する")
    told_there = passer_by.open(page)
    assert "令和6年6月20日（木）17時" in told_there and "令和6年7月上旬" in told_there and "3,465,000円" in told_there
    assert passer_by.fits() and passer_by.accessible() == []

    officer.press("変更の用意を始める")
    officer.follow("値をなおす")
    officer.fill(closes_proposals="令和6年6月24日（月） 17時", source="令和6年度 変更公告")
    officer.press("保存する")
    officer.follow("用意している変更")
    officer.fill(reason="会場の都合のため")
    assert "変更を公表しました" in officer.press("変更を公表する")
    told_there = passer_by.open(page)
    assert "第 2 版" in told_there and "会場の都合のため" in told_there and "令和6年6月24日（月）17時" in told_there
    assert told(town, "会場の都合のため") == everybody

    settings.YUI_TODAY = AFTER_QUESTIONS
    refused = enter(officer, desk, "email", "17:00:01")
    assert "受け付けなかった質問です" in refused and "17:00:01" in refused
    enter(officer, desk, "email", "17:00:00")
    officer.fill(masked="見本まちづくりです。様式は変えられますか。", answer="様式第3号は、変えられません。")
    assert "質問者の名前が" in officer.press("承認に回す")
    officer.fill(masked="様式は変えられますか。", answer="様式第3号は、変えられません。")
    assert "承認を待っています" in officer.press("承認に回す")
    question = officer.path()
    second.open(question)
    second.follow("承認のページを開く")
    second.press("承認する")
    second.open(question)
    assert "公表しました" in second.press("質問と回答を公表する")
    told_there = passer_by.open(page)
    assert "様式第3号は、変えられません。" in told_there and "見本まちづくり" not in told_there

    officer.open(f"{desk}acts/cancel/")
    officer.fill(reason="予算が変わったため")
    assert "取りやめました" in officer.press("取りやめる")
    assert "予算が変わったため" in passer_by.open(page)
    assert told(town, "予算が変わったため") == everybody
