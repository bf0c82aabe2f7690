"""The council sees what its towns share; a long job shows how far it is, with a script and without."""

from collections.abc import Callable

import pytest

from tests.axe import violations
from tests.journeys.visits import Visit

pytestmark = pytest.mark.journey
Begin = Callable[..., Visit]


def test_the_council_sees_numbers_and_who_does_not_share(visit: Begin, axe: None) -> None:
    for width in (1280, 390):
        officer = visit("council_officer", width)
        assert officer.path() == "/yamaguchi/desk/towns/"
        text = officer.text()
        assert "見本市" in text
        assert "共有していない" in text
        assert officer.links(r"^/(?!yamaguchi|account|static|_)") == [], "no way into a town"
        assert not violations(officer.page)
        officer.page.get_by_role("link", name="双方が「はい」と答えた紹介").click()
        text = officer.text()
        assert "見えている数の合計" in text
        assert text.count("共有していない") >= 2
        assert "山口県民会議" in officer.page.locator("header").first.inner_text()
        for path in ("/konan/desk/", "/konan/desk/figures/", "/konan/desk/people/", "/mihon-shi/"):
            officer.open(path, status=404)


def test_the_town_is_asked_by_name_only_and_shares_nothing_until_it_says_so(visit: Begin, axe: None) -> None:
    council = visit("council_officer", 1280)
    council.open("/yamaguchi/desk/towns/members/")
    assert not violations(council.page)
    council.page.locator('select[name="town"]').select_option("konan")
    council.page.get_by_role("button", name="加える").click()
    council.open("/yamaguchi/desk/towns/")
    row = council.page.locator("tr", has_text="湖南市")
    assert "共有していない" in row.inner_text()
    town = visit("officer", 390)
    assert "山口県民会議" in town.open("/konan/desk/sharing/")
    town.page.get_by_role("link", name="分けあう数字をふやす").click()
    assert not violations(town.page)
    town.page.get_by_label("登録している人（人）").check()
    town.page.get_by_role("button", name="承認を求める").click()
    assert "承認を待っています" in town.text()
    assert not violations(town.page)
    council.page.reload()
    assert "共有していない" in council.page.locator("tr", has_text="湖南市").inner_text()
    town.page.get_by_role("link", name="やめる").click()
    assert not violations(town.page)
    town.page.get_by_role("button", name="分けあうのをやめる").click()
    council.open("/yamaguchi/desk/towns/members/")
    council.page.locator("tr", has_text="湖南市").get_by_role("link", name="はずす").click()
    council.page.get_by_role("button", name="一覧からはずす").click()
    assert "湖南市" not in council.page.locator("table").inner_text()


@pytest.mark.parametrize("script", [True, False])
def test_long_work_is_read_with_and_without_a_script(visit: Begin, axe: None, script: bool) -> None:
    officer = visit("officer", 390, script=script)
    text = officer.open("/konan/desk/jobs/")
    assert "月次報告" in text
    assert "3件をすませました" in text
    assert not script or not violations(officer.page)
    officer.page.get_by_role("link", name="更新").click()
    officer.page.locator("table a").first.click()
    officer.page.wait_for_url("**/desk/jobs/*/")
    officer.page.wait_for_load_state()
    assert not script or not violations(officer.page)
    assert "できたものを見る" in officer.text()
    officer.page.get_by_role("link", name="できたものを見る").click()
    assert "/desk/reports/" in officer.path()
