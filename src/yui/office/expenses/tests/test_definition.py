"""Ceilings and honoraria to the yen."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.base.definitions.checks import read_folder
from yui.base.definitions.commands import folder_of
from yui.base.definitions.schema import by_key
from yui.office.expenses.definition import fee_limit, honorarium_limit, lodging_eligible

RULES = read_folder(folder_of("kurihara")).definition.expenses
CEILINGS = {key: category.ceiling for key, category in by_key(RULES.categories).items()}


@pytest.mark.parametrize(
    ("mark", "minutes", "km", "yen"),
    [
        ("A", 1, 0, 9000),
        ("A", 60, 0, 9000),
        ("A", 61, 0, 13500),
        ("A", 90, 0, 13500),
        ("A", 91, 0, 18000),
        ("B", 60, 150, 8000),
        ("B", 60, "150.001", 9600),
        ("B", 60, "299.999", 9600),
        ("B", 60, 300, 12000),
        ("C", 150, 301, 26250),
    ],
)
def test_an_honorarium_follows_the_table(mark, minutes, km, yen):
    assert honorarium_limit(mark, minutes, km, RULES.honorarium) == yen


@given(direct=st.integers(0, 10**9))
def test_the_fee_is_the_most_that_stays_within_a_tenth_of_the_total_with_it(direct):
    fee = fee_limit(direct, CEILINGS["management_fee"])
    assert Fraction(fee) <= Fraction(direct + fee, 10)
    assert Fraction(fee + 1) > Fraction(direct + fee + 1, 10)


@given(paid=st.integers(0, 10**6), nights=st.integers(1, 30), people=st.integers(1, 30))
def test_lodging_is_never_more_than_was_paid_nor_than_the_ceiling(paid, nights, people):
    eligible = lodging_eligible(paid, nights, people, CEILINGS["lodging"])
    assert eligible == min(paid, 11800 * nights * people)


def test_the_categories_carry_the_codes_by_which_lines_are_judged():
    assert [one.key for one in RULES.categories] == [
        "management_fee",
        "personnel",
        "assistants",
        "facility",
        "rental",
        "travel",
        "lodging",
        "communications",
        "consumables",
        "printing",
        "honorarium",
        "other",
    ]
    assert [one.key for one in RULES.refused] == [
        "overhead",
        "equipment",
        "property",
        "works",
        "entertainment",
        "merchandise",
        "gifts",
        "unrelated",
    ]
