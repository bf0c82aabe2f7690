"""The rules that a call is made of: cut-offs, windows, deposits, the floor."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from yui.base.definitions.checks import read_folder
from yui.base.definitions.commands import folder_of
from yui.office.calls.examples import EXAMPLES
from yui.office.calls.schedule import TOKYO, Moment, answer_ends, asking_ends, cut_off, day_of, in_time

SANDA = read_folder(folder_of("sanda")).definition
KURIHARA = read_folder(folder_of("kurihara")).definition


def moment(text):
    return Moment(key="due", name="期限", closes={"default": text, "note": "試し"}).closes.value


@pytest.mark.parametrize(
    ("text", "day", "end"),
    [
        ("2024-06-20（木） 17:00", dt.date(2024, 6, 20), dt.datetime(2024, 6, 20, 17, tzinfo=TOKYO)),
        ("2024-06-20（木）", dt.date(2024, 6, 20), None),
        (dt.date(2024, 6, 20), dt.date(2024, 6, 20), None),
        ("2024-07 上旬", None, None),
    ],
)
def test_a_moment_is_kept_as_it_is_written(text, day, end):
    when = moment(text)
    assert (day_of(when), cut_off(when)) == (day, end)


@pytest.mark.parametrize(
    "text", ["2024-06-20（金）", "2024-02-30", "2024-06-20 25:00", "7月上旬", "2024-13 上旬", 5, None]
)
def test_what_is_no_moment_is_refused(text):
    with pytest.raises(ValidationError):
        moment(text)


def test_the_last_instant_is_in_or_out_as_the_call_says():
    when, last = "2024-06-20（木） 17:00", dt.datetime(2024, 6, 20, 17, tzinfo=TOKYO)
    assert in_time(when, last, last_instant_in=True)
    assert not in_time(when, last, last_instant_in=False)
    assert not in_time(when, last + dt.timedelta(seconds=1), last_instant_in=True)
    assert in_time("2024-06-20", dt.datetime(2024, 6, 20, 14, 59, tzinfo=dt.UTC), last_instant_in=True)
    with pytest.raises(ValueError, match="no cut-off"):
        in_time("2024-07 上旬", last, last_instant_in=True)


def test_both_windows_count_calendar_days_from_the_date_of_the_notice():
    window = {notice.key: notice for notice in SANDA.calls[0].notices}["result"].explanation
    assert asking_ends(dt.date(2025, 7, 18), window) == dt.date(2025, 7, 25)
    assert answer_ends(dt.date(2025, 7, 18), window) == dt.date(2025, 8, 4)


@given(amount=st.integers(0, 10**10))
def test_a_deposit_is_never_less_than_its_share_nor_a_yen_more(amount):
    found = EXAMPLES["公募：契約保証金"](SANDA, {"amount": amount, "local": True})
    assert amount * 3 <= found * 100 < amount * 3 + 100


@given(points=st.lists(st.integers(0, 100), min_size=1, max_size=9))
def test_the_mean_is_compared_exactly(points):
    reached = EXAMPLES["公募：最低基準に届く"](SANDA, {"points": points})
    assert reached == (sum(points) * 10 >= 6 * 100 * len(points))


def test_the_profiles_differ_where_the_documents_do():
    ours, theirs = KURIHARA.calls[0].selection, SANDA.calls[0].selection
    assert (ours.aggregation.value, theirs.aggregation.value) == ("rank_sum", "total")
    assert [tie.rule for tie in ours.ties] == ["lower_estimate", "committee"]
    assert [tie.rule for tie in theirs.ties] == ["higher_points", "lower_estimate", "committee"]
    assert (ours.runner_up.value, theirs.runner_up.value) == ("next_recorded", "staff_decides")
    assert (ours.shortlist, theirs.shortlist.choose.value) == (None, 5)


def test_a_town_without_calls_has_none():
    definition = read_folder(folder_of("unnan")).definition
    assert definition.calls == ()
    assert definition.programmes is None
    assert definition.expenses is not None
