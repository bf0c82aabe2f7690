"""The weights of a town changed in a real browser: drafted, looked at beforehand, approved by another, published; and the
fairness page printed on one A4.

The house runs inside the test, so that its worker calculates when the test says so.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as house

from tests.founding import konan_data
from tests.journeys.visits import Visit
from yui.base.jobs import worker
from yui.base.tenancy.scope import authority_scope
from yui.config.cli.preparing import compile_translations
from yui.introductions.tests.conftest import TODAY, Cast, make_opportunity, make_person
from yui.introductions.tests.conftest import town as found_town
from yui.introductions.tests.test_pages import signed_in, staff

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
RULES, FAIRNESS = "/sora/desk/fairness/rules/", "/sora/desk/fairness/"
WHY = "分野のことばより、手を貸せることを重く見るため。"
Sign = Callable[..., Visit]


@pytest.fixture
def town(transactional_db: None, settings: Any) -> Cast:
    """One who reads aloud, one who only likes the theme, and forty 出番 like the first."""
    settings.YUI_TODAY, settings.YUI_DEMO = TODAY.isoformat(), True
    compile_translations()
    cast = found_town("sora", konan_data())
    with authority_scope(cast.authority):
        make_person(cast.authority, "見本 太郎", skills=("reading",), district=cast.district)
        make_person(cast.authority, "例示 花子", skills=(), themes=("kyoiku", "kosodate"), district=cast.district)
        for number in range(40):
            title = f"架空の通りで本を読む（{number + 1}回目）"
            make_opportunity(cast.authority, cast.organization, title=title, district=cast.district)
        cast.officer = staff(cast, "officer")  # type: ignore[attr-defined]
    return cast


@pytest.fixture
def sign_in(browser: Any, live_server: Any, town: Cast) -> Iterator[Sign]:
    """``sign_in(account, width, script)``: somebody with a browser of their own; without an account a passer-by."""
    begun: list[Visit] = []

    def begin(account: Any = None, width: int = 1280, script: bool = True) -> Visit:
        one = Visit(browser, live_server.url, None, width=width, script=script)
        if account is not None:
            with authority_scope(town.authority):
                cookie = signed_in(account).cookies[house.SESSION_COOKIE_NAME].value
            one.context.add_cookies([{"name": house.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        begun.append(one)
        return one

    yield begin
    for one in begun:
        one.end()
    assert [line for one in begun for line in one.foreign + one.complaints] == []


def candidates(desk: Visit, town: Cast) -> str:
    """The list for the first 出番, from its first name on."""
    text = desk.open(f"/sora/desk/candidates/{town.opportunity.public_id}/")
    return text[text.index("候補の方（") :]


def first_of(text: str) -> str:
    """Who stands first."""
    return min(("見本 太郎", "例示 花子"), key=text.index)


@pytest.mark.parametrize("script", [True, False])
def test_a_change_of_weights_is_drafted_seen_approved_and_published(town: Cast, sign_in: Sign, script: bool) -> None:
    desk = sign_in(town.coordinator, 390, script)
    officer = sign_in(town.officer, 1280, script)  # type: ignore[attr-defined]
    assert first_of(candidates(desk, town)) == "例示 花子"

    desk.open(RULES)
    desk.follow("変える案を書く")
    desk.fill(weight_tags="0", weight_skills="９．５", reason="")
    wrong = desk.press("案を保存する", status=422)
    assert "0から20までの整数で書いてください。" in wrong and "なぜ変えるのかを書いてください。" in wrong
    assert desk.page.locator('[name="weight_skills"]').input_value() == "９．５"
    desk.fill(weight_skills="９", reason=WHY)
    assert "まだ計算していません" in desk.press("案を保存する")
    here = desk.path()
    assert "計算しています" in desk.press("変わることを計算する")
    worker.work_through()
    seen = desk.open(here)
    assert "席のある出番41件のうち、候補の一覧が変わるのは41件です" in seen and desk.fits()
    desk.unfold("変わる出番を、1つずつ見る")
    assert first_of(desk.text()[desk.text().index("いまの候補") :]) == "例示 花子"
    assert not script or desk.accessible() == []
    assert first_of(candidates(desk, town)) == "例示 花子"  # nothing has changed yet
    desk.open(here)
    desk.press("承認を求める")
    assert "承認を求めました" in desk.source()

    officer.open("/sora/desk/approvals/")
    officer.follow("内容を見る")
    looked = officer.follow("内容を見る")
    assert "分野" in looked and WHY in looked and "見本 太郎" not in officer.source()
    officer.open("/sora/desk/approvals/")
    officer.follow("内容を見る")
    officer.press("承認する")

    assert first_of(candidates(desk, town)) == "見本 太郎" and "第2版" in desk.text()
    public = sign_in(None, 390)
    told = public.open("/sora/fairness/")
    assert WHY in told and "市の担当職員" in told and "令和8年11月20日からのきまり（第2版）" in told
    assert public.fits() and "雛形" not in public.source()
    assert public.accessible() == []


def test_the_fairness_page_is_printed_on_one_sheet(town: Cast, sign_in: Sign, tmp_path: Path) -> None:
    officer = sign_in(town.officer)  # type: ignore[attr-defined]
    officer.open(FAIRNESS)
    assert "いま計算しています" in officer.press("いま計算する")
    worker.work_through()
    text = officer.open(FAIRNESS)
    for said in ("出番のあいだのかたよりは", "団体のあいだのかたよりは", "平均の", "まだ声のかかっていない方は", "上限に達している方は",
                 "点の合計は", "値段（引く点）"):  # fmt: skip
        assert said in text, said
    assert officer.accessible() == []
    officer.follow("A4で印刷する")
    paper = tmp_path / "fairness.pdf"
    officer.page.pdf(path=str(paper), prefer_css_page_size=True, format="A4")
    assert len(re.findall(rb"/Type\s*/Page[^s]", paper.read_bytes())) == 1
