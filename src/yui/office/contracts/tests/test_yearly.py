"""複数年度 and 程度: pure rules."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from yui.office.commissions.quantities import range_of
from yui.office.contracts.yearly import Budget, judge_years, years_between

SANDA = Budget({2025: 6_980_000, 2026: 10_860_000, 2027: 11_900_000, 2028: 11_900_000}, 41_640_000, binds=False)
FOUR = {2025: 6_980_000, 2026: 10_860_000, 2027: 11_900_000, 2028: 11_900_000}


def codes(amount, years, covered, budget):
    return [(finding.code, finding.stops) for finding in judge_years(amount, years, covered, budget)]


def test_the_four_years_of_sanda_sum_to_their_limit():
    assert codes(41_640_000, FOUR, [2025, 2026, 2027, 2028], SANDA) == []


def test_a_year_above_its_limit_is_pointed_out_or_refused_as_the_town_says():
    shifted = FOUR | {2025: 7_000_000, 2026: 10_840_000}
    assert codes(41_640_000, shifted, sorted(FOUR), SANDA) == [("year_over", False)]
    binding = Budget(SANDA.years, SANDA.limit, binds=True)
    assert codes(41_640_000, shifted, sorted(FOUR), binding) == [("year_over", True)]


def test_the_total_above_the_limit_stops():
    assert codes(41_640_001, FOUR | {2028: 11_900_001}, sorted(FOUR), SANDA) == [
        ("year_over", False),
        ("total_over", True),
    ]


def test_a_year_that_is_only_planned_can_hold_no_amount():
    assert codes(300, {2026: 100, 2027: 200}, [2026], Budget({})) == [("outside", True)]


def test_a_missing_year_and_a_wrong_sum_stop():
    assert codes(300, {2026: 300}, [2026, 2027], Budget({})) == [("missing", True)]
    assert codes(301, {2026: 300}, [2026], Budget({})) == [("sum", True)]


def test_the_fiscal_year_turns_in_april():
    assert years_between(dt.date(2026, 3, 31), dt.date(2026, 4, 1)) == [2025, 2026]


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=6))
def test_amounts_that_sum_and_have_no_limits_are_always_possible(amounts):
    years = dict(enumerate(amounts, start=2026))
    assert codes(sum(amounts), years, sorted(years), Budget({})) == []


def test_about_two_thousand():
    about = range_of(2000, 10)
    judged = [about.judge(count) for count in (1799, 1800, 1950, 2200, 2201)]
    assert judged == ["too_few", "fits", "fits", "fits", "too_many"]


def test_without_about_the_number_itself_is_the_least_and_more_is_never_too_many():
    assert [range_of(5, None).judge(count) for count in (4, 5, 500)] == ["too_few", "fits", "fits"]


@given(st.integers(1, 10**6), st.integers(1, 50))
def test_what_was_asked_for_always_fits(count, percent):
    assert range_of(count, percent).judge(count) == "fits"
    assert range_of(count, percent).least <= count
