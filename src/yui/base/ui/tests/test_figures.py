"""Charts tell the same figures in shapes, in words and as rows; filters write dates and money as people do."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from yui.base import clock
from yui.base.ui import charts
from yui.base.ui.templatetags import yui as tags


def test_bars_tell_the_same_figures_three_times() -> None:
    chart = charts.bars(title="紹介", points=[("10月", 11), ("11月", 14)], unit="件", goal=10)
    assert chart.desc == "10月 11件、11月 14件。めやすは 10件。"
    assert chart.rows == (("10月", "11件"), ("11月", "14件"))
    assert chart.shapes.count("<rect") == 2
    assert chart.shapes.count('class="goal"') == 1


def test_nothing_counted_is_a_chart_too() -> None:
    assert "<rect" not in charts.bars(title="紹介", points=[], unit="件").shapes
    assert 'height="0"' in charts.bars(title="紹介", points=[("11月", 0)], unit="件").shapes
    assert charts.spark([]) == ""


def test_words_in_charts_are_escaped() -> None:
    chart = charts.pairs(title="t", rows=[("<b>地区", 1, 2)], names=("a", "b"))
    assert "<b>" not in chart.shapes
    assert "&lt;b&gt;地区" in chart.shapes


def test_moves_down_are_shown_like_moves_up() -> None:
    chart = charts.layers(title="層", items=[charts.Layer("外", 10, 2), charts.Layer("内", 3, -1)])
    assert chart.rows == (("外", "10人", "＋2"), ("内", "3人", "−1"))


@pytest.mark.parametrize(("highest", "step"), [(1, 1), (4, 1), (14, 5), (31, 10), (186, 50), (1200, 500)])
def test_grid_lines_stand_at_round_numbers(highest: int, step: int) -> None:
    assert charts.step_for(highest) == step


def test_dates() -> None:
    day = dt.date(2026, 11, 20)
    assert tags.wareki(day) == "令和8年11月20日"
    assert tags.wareki_day(day) == "11月20日（金）"
    assert tags.wareki_day(dt.date(2026, 11, 23)) == "11月23日（月・祝）"
    assert tags.wareki_full(day) == "令和8年11月20日（金）"
    assert tags.wareki_month(day) == "令和8年11月"
    assert tags.wareki(None) == ""


def test_an_instant_is_shown_as_the_day_in_tokyo() -> None:
    late = dt.datetime(2026, 11, 19, 15, 30, tzinfo=dt.UTC)
    assert tags.wareki(late) == "令和8年11月20日"
    assert tags.clock_time(late) == "0時30分"


def test_days_ago() -> None:
    today = clock.today()
    near = [today + dt.timedelta(days=n) for n in (-3, -1, 0, 1, 4)]
    assert [tags.ago_days(day) for day in near] == ["3日前", "きのう", "今日", "あす", "4日後"]


def test_money() -> None:
    assert [tags.yen(n) for n in (4400, 0, -1000, Decimal("12"), None)] == ["4,400円", "0円", "−1,000円", "12円", ""]
    with pytest.raises(ValueError, match="not whole yen"):
        tags.yen(Decimal("0.5"))


@pytest.mark.parametrize("language", ["ja", "pt-br", "vi"])
def test_numbers_of_pictures_keep_their_point_in_every_language(language: str) -> None:
    with translation.override(language):
        assert tags.percent(66.66) == "66.7"
        assert tags.percent(140) == "100"
