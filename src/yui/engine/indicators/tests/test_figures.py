"""Figures: pace, rates, spread, evenness, small cells."""

from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.engine.indicators import compare, gini, hidden, median, p90, permille, published, rate


@pytest.mark.parametrize(
    ("value", "target", "elapsed", "standing"),
    [
        (50, 100, F(1, 2), "on_track"),
        (40, 100, F(1, 2), "on_track"),
        (39, 100, F(1, 2), "behind"),
        (61, 100, F(1, 2), "ahead"),
        (100, 100, F(95, 100), "ahead"),
        (100, 100, F(1), "on_track"),
        (99, 100, F(1), "behind"),
        (0, 100, F(0), "on_track"),
        (5, None, F(1, 2), "none"),
        (5, 0, F(1, 2), "none"),
    ],
)
def test_a_figure_stands_against_an_even_pace(value, target, elapsed, standing):
    assert compare(value, target, elapsed).standing == standing


def test_the_comparison_shows_its_numbers_exactly():
    found = compare(10, 30, F(1, 7))
    assert (found.share, found.expected, found.gap) == (F(1, 3), F(30, 7), F(40, 7))
    with pytest.raises(ValueError, match="elapsed"):
        compare(1, 1, F(3, 2))


def test_rates_of_nothing_are_none():
    assert (rate(1, 3), rate(0, 3), rate(0, 0)) == (F(1, 3), 0, None)
    assert (permille(F(1, 3)), permille(F(1, 2000)), permille(None)) == (333, 1, None)


def test_median_and_p90_of_days():
    assert (median([3, 1, 2]), median([4, 1, 2, 3]), median([])) == (2, F(5, 2), None)
    assert (p90(list(range(1, 11))), p90(list(range(1, 12))), p90([7]), p90([])) == (9, 10, 7, None)


@given(st.lists(st.integers(0, 50), min_size=1))
def test_p90_is_the_least_value_that_nine_tenths_do_not_exceed(days):
    found = p90(days)
    assert sum(day <= found for day in days) * 10 >= 9 * len(days)
    assert all(sum(day <= lower for day in days) * 10 < 9 * len(days) for lower in days if lower < found)


@given(st.lists(st.integers(0, 99), min_size=1, max_size=12))
def test_gini_is_the_mean_difference_over_twice_the_mean(counts):
    apart = sum(abs(a - b) for a in counts for b in counts)
    assert gini(counts) == (F(apart, 2 * len(counts) * sum(counts)) if sum(counts) else 0)
    assert gini([F(count, 3) for count in counts]) == gini(counts) == gini(counts[::-1])


def test_gini_at_its_ends():
    assert (gini([]), gini([0, 0]), gini([4, 4, 4]), gini([0, 0, 0, 8])) == (0, 0, 0, F(3, 4))
    with pytest.raises(ValueError, match="negative"):
        gini([-1, 1])


def test_small_cells_cannot_be_found_by_subtraction():
    counts = {"a": 0, "b": 3, "c": 12, "d": 7, "e": 7}
    assert hidden(counts) == {"b", "d"}
    assert hidden(counts, total_is_shown=False) == {"b"}
    assert hidden({"a": 2, "b": 3, "c": 9}) == {"a", "b"}
    assert published({"a": 0, "b": 5}) == {"a": 0, "b": 5}
    assert published(counts) == {"a": 0, "b": None, "c": 12, "d": None, "e": 7}
