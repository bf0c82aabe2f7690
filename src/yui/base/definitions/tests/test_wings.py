"""The rules that the wings ask of their own sections."""

import datetime as dt

import pytest

from yui.activities.definition import SECTION as ACTIVITIES
from yui.base.definitions.checks import read_folder
from yui.introductions.definition import LIMITS, answer_due, follow_up_on
from yui.office.definition import due_date, events_of, fiscal_year_of
from yui.people.definition import MOTIFS, missing_for, wording_on

from .conftest import KONAN


@pytest.fixture(scope="module")
def definition():
    return read_folder(KONAN).definition


def test_missing_for_says_what_is_still_missing(definition):
    supporter = definition.people.stage("supporter")
    assert [(m.criterion.key, m.have, m.need) for m in missing_for(supporter, {"took_part": 1})] == [
        ("took_part", 1, 3),
        ("helped_once", 0, 1),
    ]
    assert missing_for(supporter, {"took_part": 3, "helped_once": 1}) == []


def test_the_layers_lead_inwards(definition):
    people = definition.people
    assert people.next_stage("interest").key == "supporter"
    assert people.next_stage("coordinator") is None
    assert {theme.motif for theme in people.themes} == set(MOTIFS)


def test_words_of_a_consent_are_those_of_the_day(definition):
    register = definition.people.purposes[0]
    assert wording_on(register, dt.date(2026, 6, 30)) is None
    assert wording_on(register, dt.date(2026, 7, 1)).version == 1


def test_days_of_an_introduction(definition):
    rules = definition.introductions
    assert answer_due(rules, dt.date(2026, 11, 20)) == dt.date(2026, 11, 27)
    assert follow_up_on(rules, dt.date(2026, 11, 30)) == dt.date(2027, 2, 28)
    assert rules.distance_bands() == [[2, 10], [5, 6], [15, 2]]
    assert [limit.key for limit in rules.limits] == list(LIMITS)
    assert rules.canonical()["除草"] == "草刈り"
    assert set(rules.weights.as_mapping()) == {
        "tags",
        "skills",
        "interests",
        "text",
        "motivation",
        "time",
        "distance",
        "freshness",
    }


def test_papers_fall_due_by_their_rule(definition):
    commission = definition.commission
    papers = {paper.key: paper for paper in commission.papers}
    days = events_of(commission)
    assert due_date(papers["start_notice"].due.value, days) == dt.date(2026, 7, 8)
    assert due_date(papers["completion_notice"].due.value, days) == dt.date(2027, 3, 19)
    assert due_date(papers["minutes"].due.value, days) is None
    assert definition.commission_of("r8") is commission


@pytest.mark.parametrize(("day", "year"), [(dt.date(2027, 3, 31), 2026), (dt.date(2027, 4, 1), 2027)])
def test_fiscal_year_begins_in_april(day, year):
    assert fiscal_year_of(day) == year


def test_sections_know_their_files():
    assert ACTIVITIES.holds("activities.yaml") and not ACTIVITIES.holds("people.yaml")
