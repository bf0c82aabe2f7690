"""Months, working days, eras as written."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yui.engine.calendar import (
    add_months,
    add_working_days,
    age_on,
    days_between,
    fiscal_year,
    fiscal_year_days,
    fiscal_year_label,
    holiday_name,
    is_working_day,
    month_label,
    short_day,
    wareki,
    wareki_with_weekday,
    working_day_on_or_after,
    working_day_on_or_before,
    working_days_between,
)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 11, 20), 3, date(2027, 2, 20)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_months_are_added_with_the_month_end_rule(day, months, then):
    assert add_months(day, months) == then


def test_age_is_counted_in_full_years():
    born = date(2008, 2, 29)
    assert [age_on(day, born) for day in (date(2026, 2, 28), date(2026, 3, 1), date(2028, 2, 29))] == [17, 18, 20]


def test_days_are_written_as_in_city_hall():
    assert wareki(date(2019, 5, 1)) == "令和元年5月1日"
    assert wareki(date(1926, 12, 25)) == "昭和元年12月25日"
    assert wareki(date(1872, 12, 31)) == "1872年12月31日"
    assert wareki_with_weekday(date(2026, 11, 20)) == "令和8年11月20日（金）"
    assert short_day(date(2026, 11, 22)) == "11月22日（日）"


def test_fiscal_years_run_from_april():
    assert [fiscal_year(day) for day in (date(2026, 3, 31), date(2026, 4, 1))] == [2025, 2026]
    assert fiscal_year_days(2026) == (date(2026, 4, 1), date(2027, 3, 31))
    assert [fiscal_year_label(year) for year in (2026, 2019, 2018, 1989, 1988)] == [
        "令和8年度",
        "令和元年度",
        "平成30年度",
        "平成元年度",
        "昭和63年度",
    ]


def test_a_month_has_the_label_of_its_report():
    assert [month_label(*month) for month in ((2026, 11), (2026, 12), (2019, 4), (2019, 5), (1989, 1))] == [
        "令和8年11月分",
        "令和8年12月分",
        "平成31年4月分",
        "令和元年5月分",
        "平成元年1月分",
    ]


def test_holidays_and_the_turn_of_the_year_are_not_worked():
    assert holiday_name(date(2026, 11, 23)) == "勤労感謝の日"
    closed = [date(2026, 11, 23), date(2026, 11, 21), date(2026, 12, 29), date(2027, 1, 3)]
    assert [is_working_day(day) for day in (*closed, date(2026, 12, 28), date(2027, 1, 4))] == [False] * 4 + [True] * 2
    assert is_working_day(date(2026, 12, 29), closed=())
    assert working_day_on_or_after(date(2026, 12, 29)) == date(2027, 1, 4)
    assert working_day_on_or_before(date(2027, 1, 3)) == date(2026, 12, 28)
    assert add_working_days(date(2026, 11, 20), 1) == date(2026, 11, 24)
    assert add_working_days(date(2026, 11, 24), -1) == date(2026, 11, 20)
    assert working_days_between(date(2026, 11, 20), date(2026, 11, 30)) == 5


@settings(deadline=None)  # the first holiday asked for loads the calendar of holidays
@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 30))
def test_working_days_are_counted_as_they_are_added(day, count):
    then = add_working_days(day, count)
    assert working_days_between(day, then) == count
    assert days_between(day, then) >= count
