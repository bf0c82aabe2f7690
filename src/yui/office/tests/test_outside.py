"""Indicators that Yui does not count: written in exactly, with day and source; corrected by a later row."""

import datetime as dt
from decimal import Decimal

import pytest
from django.conf import settings as django_settings

from yui.base import clock
from yui.base.access.errors import NotPossible, Refused
from yui.base.definitions.checks import read_folder
from yui.base.measures.registry import all_measures
from yui.base.tenancy.scope import authority_scope
from yui.office.commissions.domain import start_commission
from yui.office.indicators.domain import enter_figure, withdraw_figure
from yui.office.indicators.models import EnteredFigure, Indicator
from yui.office.indicators.outside import outside_figures
from yui.office.indicators.wording import amount_words, target_words

TOWNS = ["konan", "kurihara", "sanda", "unnan", "yamaguchi"]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DAY = dt.date(2026, 11, 10)
MONTH = dt.date(2026, 11, 1)


def shipped(town):
    return read_folder(django_settings.DEFINITIONS_DIR / town).definition


@pytest.fixture
def begun(sora):
    """Sora with the commission of another town's document, by its key."""

    def begin(town):
        return start_commission(actor=sora.actor(sora.officer), definition=shipped(town))

    return begin


def indicator(commission, key):
    return Indicator.objects.get(commission=commission, key=key)


def enter(sora, one, value, on=DAY, **more):
    return enter_figure(
        actor=sora.actor(sora.officer), indicator=one, effective_on=on, value=Decimal(value), source="集計表", **more
    )


@pytest.mark.parametrize("town", TOWNS)
def test_an_indicator_is_counted_or_says_from_where_its_value_is_written_in(town, db):
    known = {measure.key for measure in all_measures()}
    for one in shipped(town).commission.indicators:
        assert (one.measure in known) != bool(one.entered), one.key


def test_the_six_indicators_of_unnan_stand_with_their_targets_and_are_not_counted_yet(sora, begun):
    figures = outside_figures(begun("unnan"), MONTH)
    assert [(one.indicator.label, one.target_text, one.value_text) for one in figures] == [
        ("助け合える地域と感じる市民の割合", "0.26ポイントの増加", "まだ数えていない"),
        ("えすこ市民の創出数", "150人の増加", "まだ数えていない"),
        ("新規参画者数（ユニークユーザー）", "2,000人の増加", "まだ数えていない"),
        ("ウエルビーイングプラン蓄積数", "300件の増加", "まだ数えていない"),
        ("ウエルビーイングプラン実現数", "200件の増加", "まだ数えていない"),
        ("えすこ共助会議参画団体数", "40団体の増加", "まだ数えていない"),
    ]


@pytest.mark.parametrize(("value", "verdict"), [("0.26", "めやすより早く進んでいます"), ("0.2599", "めやすどおりです")])
def test_a_target_in_hundredths_is_reached_exactly_or_not(sora, begun, on_day, value, verdict):
    commission = begun("unnan")
    commission.starts_on, commission.ends_on = dt.date(2026, 10, 1), dt.date(2026, 11, 30)
    commission.save()
    on_day("2026-11-29")
    one = indicator(commission, "mutual_help")
    one.refresh_from_db()
    assert one.target == Decimal("0.26")
    enter(sora, one, value)
    figure = outside_figures(commission, MONTH)[0]
    assert (figure.value_text, figure.verdict) == (f"{value}ポイント", verdict)


def test_per_area_numbers_stand_beside_each_other(sora, begun):
    commission = begun("yamaguchi")
    one = indicator(commission, "people_per_area")
    assert target_words(one) == "1地域あたり 10人程度"
    enter(sora, one, 12, place="見本地区")
    enter(sora, one, 7, place="例示地区")
    figure = next(f for f in outside_figures(commission, MONTH) if f.indicator == one)
    assert figure.value_text == "例示地区 7人、見本地区 12人"
    assert figure.verdict == "2地域のうち1地域が目標に届きました"
    with pytest.raises(NotPossible, match="地域の名前"):
        enter(sora, one, 3)


def test_a_later_value_of_the_day_counts_and_a_withdrawn_one_does_not(sora, begun):
    commission = begun("unnan")
    one = indicator(commission, "plans")
    first = enter(sora, one, 30)
    second = enter(sora, one, 31)
    assert outside_figures(commission, MONTH)[3].value_text == "31件"
    with pytest.raises(NotPossible):
        withdraw_figure(actor=sora.actor(sora.officer), entered=first, reason="誤り")
    withdraw_figure(actor=sora.actor(sora.officer), entered=second, reason="数えまちがい")
    assert outside_figures(commission, MONTH)[3].value_text == "まだ数えていない"
    assert EnteredFigure.objects.filter(indicator=one).count() == 3


def test_what_is_refused(sora, begun):
    commission = begun("unnan")
    one = indicator(commission, "plans")
    with pytest.raises(NotPossible, match="これからの日"):
        enter(sora, one, 1, on=clock.today() + dt.timedelta(days=1))
    with pytest.raises(NotPossible, match="はじまりより前"):
        enter(sora, one, 1, on=commission.starts_on - dt.timedelta(days=1))
    with pytest.raises(NotPossible, match="記録から数えています"):
        enter(sora, Indicator.objects.get(commission=sora.commission, key="meetings"), 1)
    with pytest.raises(Refused):
        enter_figure(actor=sora.actor(sora.auditor), indicator=one, effective_on=DAY, value=Decimal(1), source="集計表")


def test_an_officer_writes_a_value_in_and_takes_it_back_on_the_page(sora, begun, client):
    commission = begun("unnan")
    one = indicator(commission, "mutual_help")
    client.force_login(sora.officer, backend=BACKEND)
    session = client.session
    session["enrolled"] = True
    session.save()
    listing = f"/{sora.authority.key}/desk/figures/?commission={commission.key}&month=2026-11"  # it ended before
    assert "まだ数えていない" in client.get(listing).content.decode()
    path = f"/{sora.authority.key}/desk/figures/entered/{one.public_id}/"
    kept = client.post(path, {"effective_on": "R8.11.10", "value": "多い", "source": "市民アンケート 3ページ"})
    assert kept.status_code == 422
    assert "市民アンケート 3ページ" in kept.content.decode()
    assert (
        client.post(
            path, {"effective_on": "R8.11.10", "value": "０．３１", "source": "市民アンケート 3ページ"}
        ).status_code
        == 302
    )
    page = client.get(listing).content.decode()
    assert "0.31ポイント" in page
    assert "市民アンケート 3ページ" in page
    with authority_scope(sora.authority):
        row = EnteredFigure.objects.get()
        assert (row.value, row.recorded_by) == (Decimal("0.31"), sora.officer)
    answer = client.post(f"{path.replace(one.public_id, row.public_id)}withdraw/", {"reason": "まちがい"})
    assert answer.status_code == 302
    assert "0.31ポイント" not in client.get(listing).content.decode()


def test_amounts_are_told_without_rounding():
    assert [amount_words(Decimal(text), "点") for text in ("0.2600", "1500", "10.5", "0")] == [
        "0.26点", "1,500点", "10.5点", "0点",
    ]  # fmt: skip
