"""Days and times as hosts type them."""

import datetime as dt

import pytest

from yui.activities.times import Unclear, read_day, read_time

TODAY = dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("11月28日", (2026, 11, 28)),
        ("１１／２８（土）", (2026, 11, 28)),
        ("1月9日", (2027, 1, 9)),
        ("R8.11.28", (2026, 11, 28)),
        ("令和8年11月28日", (2026, 11, 28)),
        ("2026/11/28", (2026, 11, 28)),
    ],
)
def test_days(typed, day):
    assert read_day(typed, TODAY) == dt.date(*day)


@pytest.mark.parametrize("typed", ["R8.2.30", "来週", "11月28日（月）", "13/45"])
def test_days_that_can_not_be_read_get_a_sentence(typed):
    with pytest.raises(Unclear, match=r"。$"):
        read_day(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("10時", (10, 0)),
        ("１０時半", (10, 30)),
        ("10:05", (10, 5)),
        ("1330", (13, 30)),
        ("930", (9, 30)),
        ("午後1時30分", (13, 30)),
        ("午前12時", (0, 0)),
        ("18", (18, 0)),
    ],
)
def test_times(typed, time):
    assert read_time(typed) == dt.time(*time)


@pytest.mark.parametrize("typed", ["夕方", "25時", "10:75", "午後15時"])
def test_times_that_can_not_be_read_get_a_sentence(typed):
    with pytest.raises(Unclear, match=r"。$"):
        read_time(typed)
