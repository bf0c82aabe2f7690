"""A contract of Sanda: drafted, deposit by the engine, signed, 再委託 allowed; and Konan's flyers, about 2,000 of them."""

import re
from collections.abc import Callable

import pytest

from tests.journeys.visits import Visit

pytestmark = pytest.mark.journey
Begin = Callable[..., Visit]
Command = Callable[..., str]
PDF = {"name": "mihon.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n% a paper\n%%EOF\n"}
TITLE = "見本 参加支援業務委託契約"
FOUR = {"year_2025": "6,980,000", "year_2026": "10,860,000", "year_2027": "11,900,000", "year_2028": "11,900,000"}


def test_a_contract_walks_from_draft_to_engagement(visit: Begin, command: Command) -> None:
    command("definition", "load", "sanda")
    for mail in ("megumi@example.jp", "kiyoshi@example.jp"):
        command("user", "add", mail, "--town", "sanda", "--role", "officer")
    officer, second = in_sanda(visit("officer", 1280)), in_sanda(visit("auditor", 390))
    contract = drafted(officer)
    settled(officer)
    decided(officer, second, contract)
    began(officer, contract)
    lead = in_sanda(visit("contractor_lead", 390))
    allowed(lead, second, contract)


def in_sanda(visitor: Visit) -> Visit:
    """In Sanda."""
    visitor.town = "sanda"
    return visitor


def drafted(officer: Visit) -> str:
    """A town hall types what it knows; the path of the contract."""
    officer.open("/konan/desk/contracts/")
    officer.follow("契約を起案する")
    officer.fill(title=TITLE, amount="41,640,000円", tax="３７８５４５４", starts_on="R7.8.18", ends_on="R11.3.31")
    officer.fill(new_name="一般社団法人 架空のたね")
    officer.tick("head_office_in_town")
    text = officer.press("下書きを作る")
    assert TITLE in text
    assert "1,249,200円" in text  # three hundredths for a local head office
    assert "額を書いてください" in text
    officer.follow("年度ごとの額を書く")
    officer.fill(**FOUR | {"year_2028": "11,900,001"})
    assert "合いません" in officer.press("保存する", status=422)
    officer.fill(**FOUR)
    officer.press("保存する")
    return officer.path()


def settled(officer: Visit) -> None:
    """Waived with ground and evidence."""
    officer.follow("契約保証金を決める")
    officer.fill(paid="", waived="1,249,200", ground="履行保証保険")
    assert "書類" in officer.press("決める", status=422)
    officer.page.locator('input[name="file"]').set_input_files(PDF)
    assert "決まっています" in officer.press("決める")


def decided(officer: Visit, second: Visit, contract: str) -> None:
    """Somebody else decides."""
    officer.follow("決裁に出す")
    assert "決裁中" in officer.press("決裁に出す")
    second.open(contract)
    second.follow("決裁する")
    second.tick("answer", "accept")
    assert "決裁ずみ" in second.press("決める")


def began(officer: Visit, contract: str) -> None:
    """Signing begins the engagement: the register stands, a person of the contractor is appointed."""
    officer.open(contract)
    officer.follow("契約を結ぶ")
    assert "業務が動いています" in officer.press("契約を結んだことを記録する")
    assert "実績報告書" in officer.open("/konan/desk/commission/")
    officer.open("/konan/desk/commission/staff/")
    officer.follow("人に役割を渡す")
    officer.fill(mail="naoki@example.jp", name="想定 直樹")
    officer.tick("role", "contractor_lead")
    officer.press("役割を渡して")


def allowed(lead: Visit, second: Visit, contract: str) -> None:
    """The contractor asks before the work begins; the authority allows whom the form lists."""
    lead.open("/konan/desk/contracts/")
    lead.follow(TITLE)
    assert lead.path() == contract
    lead.follow("再委託を願い出る")
    lead.fill(
        subcontractor="株式会社 例示デザイン", work="印刷", outline="案内の印刷", structure="責任者1人", amount="330000",
        starts_on="令和8年12月10日", ground="機材が要る",
    )  # fmt: skip
    lead.press("市に願い出る")
    lead.follow("株式会社 例示デザイン")
    row = lead.path()
    second.open(row)
    second.follow("承認か差戻しを決める")
    second.tick("answer", "accept")
    assert "様式3" in second.press("決める", status=422)
    second.tick("answer", "return")
    second.fill(comment="様式3に書いてください")
    assert "差戻し" in second.press("決める")
    lead.open(row)
    lead.follow("なおして、もう一度願い出る")
    lead.tick("listed")
    lead.press("もう一度、市に願い出る")
    second.open(row)
    second.follow("承認か差戻しを決める")
    second.tick("answer", "accept")
    second.press("決める")
    assert "承認書" in second.press("承認書（ワード）を作る")
    assert "承認" in lead.open(row)
    assert lead.fits()


def test_about_two_thousand_flyers_are_accepted_and_the_reminder_was_written(visit: Begin) -> None:
    lead, officer = visit("contractor_lead", 390), visit("officer", 1280)
    lead.open("/konan/desk/commission/")
    lead.follow("チラシ")
    flyer = lead.path()
    lead.page.locator('input[name="file"]').set_input_files(PDF)
    lead.fill(handed_in="1950")
    assert "1,950部" in lead.press("市に提出する")
    assert "範囲の中です" in officer.open(flyer)
    officer.tick("answer", "accept")
    assert "受け取りました" in officer.press("決める")
    lead.open("/_outbox/")
    lead.follow("成果物・書類の期限のお知らせ")
    assert re.search(r"期限(が近づいています|を過ぎています)", lead.text())
