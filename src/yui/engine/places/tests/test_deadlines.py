"""The last moment to answer: never at night, never shorter than promised, never after the beginning."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.engine.places import Pace, answer_until

TOKYO = ZoneInfo("Asia/Tokyo")
INSTANTS = st.integers(0, 60 * 24 * 20).map(lambda m: dt.datetime(2026, 11, 2, tzinfo=TOKYO) + dt.timedelta(minutes=m))


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=TOKYO)


@given(INSTANTS, st.one_of(st.none(), INSTANTS), st.booleans())
def test_nobody_must_answer_at_night_nor_at_once_nor_after_the_beginning(now, starts_at, by_desk):
    pace = Pace()
    due = answer_until(pace, now, starts_at, by_desk=by_desk)
    if due is None:
        assert starts_at is not None
        assert starts_at - now < dt.timedelta(hours=24)
        return
    assert dt.time(pace.night_to) <= due.time() <= dt.time(pace.night_from)
    assert due - now >= dt.timedelta(hours=pace.shortest_hours)
    assert starts_at is None or due < starts_at


@given(INSTANTS, INSTANTS)
def test_who_is_called_by_the_desk_never_has_less_time(now, starts_at):
    here, there = (answer_until(Pace(), now, starts_at, by_desk=desk) for desk in (False, True))
    assert (here is None) is (there is None)
    assert here is None or there is None or here <= there


@pytest.mark.parametrize(
    ("now", "starts_at", "by_desk", "due"),
    [
        (at(3, 10), at(28, 10), False, at(5, 10)),
        (at(3, 10), at(28, 10), True, at(6, 10)),
        (at(3, 23), at(28, 10), False, at(6, 8)),  # made at night: the two days begin in the morning
        (at(3, 10), at(5, 13), False, at(4, 13)),  # a day before the beginning
        (at(3, 10), at(4, 12), False, at(3, 13)),  # the day is near: three hours
        (at(3, 19), at(4, 14), False, at(4, 9)),  # two hours in the evening, one in the morning
        (at(3, 10), at(3, 13), False, None),
        (at(3, 10), None, False, at(5, 10)),
    ],
)
def test_examples(now, starts_at, by_desk, due):
    assert answer_until(Pace(), now, starts_at, by_desk=by_desk) == due
