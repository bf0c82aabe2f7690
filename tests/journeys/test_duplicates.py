"""A duplicate found while the person is on the telephone; two registrations made one, and made two again."""

from collections.abc import Callable

import pytest

from tests.journeys.visits import Visit

pytestmark = pytest.mark.journey
Begin = Callable[..., Visit]
WAYS = pytest.mark.parametrize(
    ("width", "script"), [(390, True), (390, False), (1280, True), (1280, False)], ids=lambda value: str(value)
)


def types_the_caller(staff: Visit, name: str, kana: str, phone: str) -> None:
    staff.open("/konan/desk/people/new/")
    staff.tick("received", "phone")
    staff.fill(display_name=name, kana=kana, phone=phone, about="声は大きめに")
    staff.tick("contact_way", "phone")


def registers_anyway(staff: Visit, button: str) -> str:
    staff.choose("district", "下田")
    for box in staff.page.locator('main input[name^="consent_"]').all()[:2]:
        box.check(force=True)
    text = staff.press("登録する")
    assert "同じ人かもしれない登録が" in text
    return staff.press(button)


@WAYS
def test_a_double_is_found_while_the_person_is_on_the_telephone(visit: Begin, width: int, script: bool) -> None:
    staff = visit("coordinator", width, script)
    types_the_caller(staff, "架空 けんいち", "", "０９０−００００−０００２")
    text = staff.press("同じ人がいないか確かめる")
    assert "見つかりませんでした" in text, "a family shares its telephone"
    types_the_caller(staff, "架空けん一", "かくう けんいち", "０９０−００００−０００２")
    text = staff.press("同じ人がいないか確かめる")
    assert "架空 健一" in text
    assert "よみが同じ、電話番号が同じ" in text
    assert "住所" not in text.partition("お名前と連絡先")[0]
    for name, value in (
        ("display_name", "架空けん一"),
        ("phone", "０９０−００００−０００２"),
        ("about", "声は大きめに"),
    ):
        assert staff.page.locator(f'main [name="{name}"]').first.input_value() == value
    assert "架空 健一" in staff.follow("さんの登録を開く")
    assert "連絡先を開く" in staff.text()


@WAYS
def test_two_registrations_become_one_and_two_again(visit: Begin, width: int, script: bool) -> None:
    tail = "あいうえ"[(width > 600) * 2 + script]
    name, phone = f"下書 ふたり{tail}", f"0748-00-88{(width > 600) * 2 + script:02d}"
    staff = visit("coordinator", width, script)
    types_the_caller(staff, name, f"したがき ふたり{tail}", phone)
    staff.choose("district", "下田")
    for box in staff.page.locator('main input[name^="consent_"]').all()[:2]:
        box.check(force=True)
    assert name in staff.press("登録する")
    first = staff.path()
    types_the_caller(staff, f"下書　二人{tail}", f"シタガキ　フタリ{tail}", phone)
    text = registers_anyway(staff, "登録して、あとで見くらべる")
    assert "同じ人かもしれない登録が1件あります" in text
    second = staff.path()
    assert "重複かもしれない登録" in staff.open("/konan/desk/")
    assert name in staff.open("/konan/desk/duplicates/")
    staff.open(second)
    text = staff.follow("さんの登録と見くらべる")
    assert "残す登録に移るもの" in text
    assert phone not in staff.source(), "contacts open with a reason only"
    staff.unfold("連絡先も見くらべる")
    staff.page.locator('main select[name="reason"]').select_option(index=1)
    assert phone in staff.press("連絡先を開く")
    staff.page.locator('main input[name="value_display_name"]').last.check(force=True)
    text = staff.press("まとめる")
    assert "1つにまとめました" in text
    merged = staff.path()
    text = staff.open(second)
    assert staff.path() == first
    assert "この登録にまとめられています" in text
    assert f"下書 二人{tail}" in text.replace("　", " ")
    staff.open(merged)
    assert "2つの登録に戻しました" in staff.press("2つの登録に戻す")
    assert name in staff.open(first)
    assert f"下書 二人{tail}" in staff.open(second).replace("　", " ")
    staff.follow("さんの登録と見くらべる")
    assert "別の人としました" in staff.press("これは別の人")
    assert "同じ人かもしれない登録" not in staff.open(second)
