"""The rules that introductions asks of its section of the definition."""

import datetime as dt

import pytest

from yui.base.definitions.checks import read_folder
from yui.base.definitions.commands import folder_of
from yui.introductions.definition import LIMITS, answer_due, follow_up_on


@pytest.fixture(scope="module")
def rules():
    return read_folder(folder_of("konan")).definition.introductions


@pytest.mark.parametrize(
    ("met", "asked_again"),
    [("2026-11-20", "2027-02-20"), ("2026-11-30", "2027-02-28"), ("2027-11-30", "2028-02-29")],
)
def test_follow_up_is_the_same_day_three_months_later_or_the_months_last(rules, met, asked_again):
    assert follow_up_on(rules, dt.date.fromisoformat(met)) == dt.date.fromisoformat(asked_again)


def test_answers_are_due_after_a_week(rules):
    assert answer_due(rules, dt.date(2026, 12, 28)) == dt.date(2027, 1, 4)


def test_the_engine_gets_its_own_names(rules):
    assert [limit.key for limit in rules.limits] == list(LIMITS)
    assert rules.distance_bands() == [[2, 10], [5, 6], [15, 2]]
    names = {"tags", "skills", "interests", "text", "motivation", "time", "distance", "freshness"}
    assert set(rules.weights.as_mapping()) == names


def test_words_of_the_same_meaning_stand_for_one(rules):
    assert rules.canonical()["除草"] == "草刈り"
