"""What residents do besides the road: paper, rest, farewell; and what bad input and old pages answer."""

from collections.abc import Callable

import pytest

from tests.journeys.test_road import registers
from tests.journeys.visits import Visit

pytestmark = pytest.mark.journey
Begin = Callable[..., Visit]
WAYS = pytest.mark.parametrize(
    ("width", "script"), [(390, True), (390, False), (1280, True), (1280, False)], ids=lambda value: str(value)
)


@WAYS
def test_a_paper_form_is_entered_by_staff(visit: Begin, width: int, script: bool) -> None:
    which = (width > 600) * 2 + script
    name, number = f"試案 かみ{'あいうえ'[which]}", f"074800{'1234'[which] * 4}"
    staff = visit("coordinator", width, script)
    staff.open("/konan/desk/people/new/")
    staff.tick("received", "paper")
    staff.fill(
        received_on="R8.11.17",
        display_name=name,
        kana=f"カミ{'アイウエ'[which]}",
        phone=f"０７４８−００−{'１２３４'[which] * 4}",
    )
    staff.choose("district", "下田")
    staff.tick("contact_way", "phone")
    for box in staff.page.locator('main input[name^="consent_"]').all()[:3]:
        box.check(force=True)
    text = staff.press("登録する")
    assert name in text
    assert "紙で登録" in text
    assert "受けた人：仮名 さくら" in text
    assert number not in staff.source().replace("-", ""), "contacts open with a reason only"
    staff.page.locator('main select[name="reason"]').select_option(index=1)
    assert number in staff.press("連絡先を開く").replace("-", "")


@WAYS
def test_bad_input_is_told_at_the_field_and_kept(visit: Begin, width: int, script: bool) -> None:
    staff = visit("coordinator", width, script)
    staff.open("/konan/desk/people/new/")
    staff.page.locator("main form").first.evaluate("form => { form.noValidate = true; }") if script else None
    typed = {
        "received_on": "R8.2.30",
        "display_name": "𠮷野 ã 見本",
        "phone": "０７４８−００−０００",
        "birth_year": "昭和１００年",
        "postal_code": "５２０",
        "about": "「改行\nと 𠮷 と ã」",
    }
    staff.fill(**typed)
    staff.tick("contact_way", "phone")
    staff.press("登録する")
    shown = staff.page.locator("main")
    for name, value in typed.items():
        assert shown.locator(f'[name="{name}"]').first.input_value() == value, name
    for name in ("received_on", "phone", "birth_year", "postal_code", "district"):
        assert shown.locator(f'[name="{name}"]').first.get_attribute("aria-invalid") == "true", name
    assert "2月30日" in staff.text() or "日付" in staff.text() or "ありません" in staff.text()


@WAYS
def test_a_rest_and_a_return(visit: Begin, width: int, script: bool) -> None:
    resident = visit("newcomer", width, script)
    resident.open("/konan/my/pause/")
    resident.page.locator('main input[name="rest"]').first.check(force=True)
    resident.page.locator('main button[name="pause"]').click()
    resident.page.wait_for_url("**/my/")
    resident.open("/konan/my/pause/")
    resident.page.locator('main button[name="resume"]').click()
    resident.page.wait_for_url("**/my/")
    resident.open("/konan/my/pause/")
    assert resident.page.locator('main button[name="resume"]').count() == 0


def test_whoever_deletes_is_gone_and_the_past_stays(visit: Begin) -> None:
    name, staff = "下書 さよならこ", visit("coordinator", 1280)
    past = staff.open("/konan/desk/reports/r8/2026-10/").partition("数字\n")[2].partition("来月の予定")[0]
    person = visit(None, 390, False)
    registers(person, name, "sayonara@example.jp", "090-0000-9999")
    assert name in search(staff, "ならこ")
    address = staff.page.locator("main a", has_text="開く").first.get_attribute("href") or ""
    assert name in staff.open(address)
    person.open("/konan/my/delete/")
    person.fill(word="やめます")
    assert "「消します」" in person.press("登録を消す")
    person.fill(word="消します")
    person.press("登録を消す")
    assert person.path() == "/konan/"
    assert name not in search(staff, "ならこ")
    assert name not in search(staff, "9999")
    assert name not in staff.open(address)
    assert "この登録は、ご本人の申し出で消されています" in staff.text()
    person.open("/konan/my/")
    assert "/account/" in person.path(), "signed out"
    now = staff.open("/konan/desk/reports/r8/2026-10/").partition("数字\n")[2].partition("来月の予定")[0]
    assert past == now
    assert past


def search(staff: Visit, typed: str) -> str:
    """What the caller search finds."""
    staff.open("/konan/desk/people/")
    staff.fill(typed=typed)
    staff.press("さがす")
    return str(staff.page.locator("main #find, main [aria-labelledby=find]").first.inner_text())


@WAYS
def test_an_old_or_broken_link_says_so(visit: Begin, width: int, script: bool) -> None:
    passer = visit(None, width, script)
    text = passer.open("/konan/answer/abcdefghijklmnopqrstuvwx/", status=410)
    assert "このリンクは、もう使えません" in text
    assert "0748-00-0000" in passer.source()
    passer.open("/konan/opportunities/aaaaaaaaaaaa/", status=404)
    assert "0748-00-0000" in passer.source()


@WAYS
def test_an_opportunity_that_closed_meanwhile(visit: Begin, width: int, script: bool) -> None:
    host, resident = visit("organization", width, script), visit("resident", width, script)
    host.open("/konan/group/activities/?state=open")
    host.open(host.links(r"/group/activities/(?!new)\w+/$")[0])
    mine = host.links(r"/group/opportunities/\w+/$")
    for address in mine:
        host.open(address)
        if host.page.locator('main button[value="close"]').count():
            break
    public = address.replace("/group/", "/")
    resident.open(f"{public}apply/")
    host.press("募集をとめる")
    text = resident.press("応募する", status=409)
    assert "募集" in text
    visit(None, width, script).open(public)
    host.open(address)
    host.page.locator('main button[value="reopen"]').click()
    host.page.wait_for_load_state()


@WAYS
def test_a_stale_form_shows_both_texts(visit: Begin, width: int, script: bool) -> None:
    here, there = visit("resident", width, script), visit("resident", width, script)
    here.open("/konan/my/profile/")
    there.open("/konan/my/profile/")
    first, second = f"さきに書いた{width}{script}", f"あとから書いた{width}{script}"
    there.fill(about=first)
    there.page.locator("main form button").first.click()
    there.page.wait_for_url("**/my/")
    here.fill(about=second)
    here.page.locator("main form button").first.click()
    here.page.wait_for_load_state()
    text = here.text()
    assert "ほかの人が先に書きかえました" in text
    assert first in text
    assert second in text
    assert here.page.locator('main [name="about"]').input_value() == second
