"""A sixth town: Unnan's definition copied, edited, checked and loaded, then the whole road walked in it."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.test_road import (
    answers_by_link,
    answers_by_telephone,
    contacts_are_hidden,
    contacts_are_shown,
    meet_and_begin,
    opens_an_activity,
    takes_part,
)
from tests.journeys.visits import Visit

pytestmark = pytest.mark.journey
Begin = Callable[..., Visit]
Command = Callable[..., str]
ROOT = Path(__file__).resolve().parents[2]
TITLE = "見本の読みきかせの会"
YEAR = (
    ("2025-07-01", "2026-07-01"), ("2026-03-26", "2027-03-26"), ("value: 2025", "value: 2026"),
    ("equals: 2025\n", "equals: 2026\n"), ("weekday: {default: 木", "weekday: {default: 金"),
    ("令和7年7月1日から令和8年3月26日まで", "令和8年7月1日から令和9年3月26日まで"),
)  # fmt: skip
"""The contract of the new town: a year later than the one it was copied from."""


def test_a_sixth_town_copied_from_unnan_walks_the_whole_road(visit: Begin, command: Command, tmp_path: Path) -> None:
    founded(command, tmp_path)
    officer, coordinator = here(visit("officer", 1280)), here(visit("coordinator", 1280))
    passer = here(visit(None))
    passer.open("/konan/")
    assert "見本市 えすこポータル" in passer.source()
    commission_begins(officer)

    person, other, host = here(visit(None)), here(visit(None)), here(visit(None, 1280))
    registers(person, "試案 みのり", "minori@example.jp", "090-0000-6001")
    registers(other, "架空 健一", "kenichi@example.jp", "090-0000-6002")
    registers(host, "雛形 ことは", "kotoha-mihon@example.jp", "090-0000-6003")
    group_is_made(host)
    page = opens_an_activity(host, TITLE, district="木次")
    approved(officer)
    passer = here(visit(None))
    assert TITLE in passer.open("/konan/opportunities/?theme=kosodate&district=kisuki")
    passer.follow(TITLE)
    opportunity = passer.path().rstrip("/").rpartition("/")[2]

    introduction = proposes(coordinator, opportunity)
    secrets = ("minori@example.jp", "090-0000-6001")
    contacts_are_hidden(coordinator, host, introduction, secrets, "試案 みのり")
    answers_by_link(visit(None), "minori@example.jp", host="見本の文庫")
    answers_by_telephone(coordinator, introduction)
    contacts_are_shown(host, introduction, "minori@example.jp")
    meet_and_begin(coordinator, introduction)
    takes_part(person, host, opportunity, page)
    reported(officer)


def here(visitor: Visit) -> Visit:
    """In the new town."""
    visitor.town = "mihon"
    return visitor


def founded(command: Command, place: Path) -> None:
    """Copied under another name, moved to its own year, told what does not fit, mended, loaded; one officer."""
    shutil.copytree(ROOT / "definitions" / "unnan", place / "unnan")
    names = ("--name", "見本市", "--kana", "みほんし", "--latin", "Mihon", "--prefecture", "例示県")
    command("definition", "new", "mihon", "--from", "unnan", *names, definitions=place)
    for name in ("commission-r7.yaml", "source.yaml", "examples.yaml"):
        path = place / "mihon" / name
        text = path.read_text(encoding="utf-8")
        for old, new in YEAR:
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
    told = command("definition", "check", "mihon", definitions=place, fails=True)
    assert re.search(r"mihon/examples\.yaml:\d+: 例と合いません：「令和7年度は契約している」", told)
    examples = place / "mihon" / "examples.yaml"
    mended = examples.read_text(encoding="utf-8").replace("fiscal_year: 2025", "fiscal_year: 2026")
    examples.write_text(mended.replace("令和7年度は契約", "令和8年度は契約"), encoding="utf-8")
    assert "第1版を読み込みました" in command("definition", "load", "mihon", definitions=place)
    command("user", "add", "megumi@example.jp", "--town", "mihon", "--role", "officer")


def commission_begins(officer: Visit) -> None:
    """The contract of the definition begins; a contractor is engaged and its coordinator appointed."""
    officer.open("/konan/desk/commission/start/")
    officer.press("この業務を始める")
    officer.open("/konan/desk/commission/engage/r7/")
    officer.fill(new_name="まちのわ例示社")
    officer.press("受託者に決める")
    officer.open("/konan/desk/commission/staff/")
    officer.follow("人に役割を渡す")
    officer.fill(mail="sakura@example.jp", name="仮名 さくら")
    officer.tick("role", "coordinator")
    officer.press("役割を渡して")
    assert "仮名 さくら" in officer.text()
    figures = officer.open("/konan/desk/figures/")
    assert "0.26ポイントの増加" in figures
    assert figures.count("まだ数えていない") == 6


def registers(resident: Visit, name: str, mail: str, phone: str) -> None:
    """Three pages, in a town in which there is nothing to join yet."""
    resident.open("/konan/register/")
    resident.fill(display_name=name, kana="みのり", mail=mail, phone=phone)
    resident.choose("district", "木次")
    resident.tick("contact_way", "mail")
    resident.press("次へ")
    resident.tick("theme", "kosodate", "kyoiku")
    resident.tick("interest", "with_children")
    resident.tick("skill", "reading")
    resident.tick("slot", "weekday_morning", "weekday_afternoon", "saturday_morning")
    resident.press("次へ")
    for box in resident.page.locator('main input[name^="consent_"]').all():
        box.check(force=True)
    assert f"{name}さん、登録ありがとうございます" in resident.press("登録する")


def group_is_made(host: Visit) -> None:
    """A resident's own group."""
    host.open("/konan/my/organizations/new/")
    host.fill(name="見本の文庫")
    host.choose("district", "木次")
    host.press("この内容で保存する")
    assert "見本の文庫" in host.text()


def approved(officer: Visit) -> None:
    """The officer reads and approves."""
    officer.open("/konan/desk/home/")
    officer.follow("内容を見て承認", TITLE)
    officer.press("承認する")


def proposes(coordinator: Visit, opportunity: str) -> str:
    """Candidates with reasons, a proposal, the question to both."""
    coordinator.open(f"/konan/desk/candidates/{opportunity}/")
    assert coordinator.page.locator("main .yui-cand").count() >= 2
    coordinator.follow("紹介を起こす", "試案 みのり")
    coordinator.fill(why="本を読む声がやさしく、土曜も平日も動ける方です。")
    coordinator.press("提案をつくる")
    coordinator.press("双方にうかがう")
    return coordinator.path()


def reported(officer: Visit) -> None:
    """The month tells what happened in this town, in the report's own words."""
    officer.open("/konan/desk/reports/")
    text = officer.open("/konan/desk/reports/r7/2026-11/")
    assert "ゆいの外で数える指標" in text
    assert "助け合える地域と感じる市民の割合" in text
    assert TITLE in text
    assert "まちのわ例示社" in text
    officer.press("報告")
    officer.open("/konan/desk/reports/r7/2026-11/")
    assert "第1版" in officer.text()
