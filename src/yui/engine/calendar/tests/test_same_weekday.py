"""A date of last year, this year."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from yui.engine.calendar import add_months, same_weekday_later


@given(st.dates(dt.date(2000, 1, 1), dt.date(2100, 12, 31)), st.integers(1, 12))
def test_the_weekday_stays_and_the_date_is_near(day, years):
    later = same_weekday_later(day, years)
    assert later.weekday() == day.weekday()
    assert abs((later - add_months(day, 12 * years)).days) <= 3


def test_a_saturday_in_november_is_a_saturday_in_november():
    assert same_weekday_later(dt.date(2025, 11, 29), 1) == dt.date(2026, 11, 28)
    assert same_weekday_later(dt.date(2024, 2, 29), 1) == dt.date(2025, 2, 27)
