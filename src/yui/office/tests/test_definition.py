"""The rules that the office asks of its section of the definition."""

import datetime as dt
from fractions import Fraction

import pytest

from yui.base.definitions.checks import read_folder
from yui.base.definitions.commands import folder_of
from yui.base.definitions.schema import exact
from yui.office.definition import due_date, events_of, fiscal_year_of, years_of


@pytest.fixture(scope="module")
def commission():
    return read_folder(folder_of("konan")).definition.commission


def test_papers_fall_due_by_their_rule(commission):
    papers = {paper.key: paper for paper in commission.papers}
    days = events_of(commission)
    assert due_date(papers["start_notice"].due.value, days) == dt.date(2026, 7, 8)
    assert due_date(papers["completion_notice"].due.value, days) == dt.date(2027, 3, 19)


def test_what_waits_for_an_event_has_no_day_yet(commission):
    minutes = next(paper for paper in commission.papers if paper.key == "minutes")
    days = events_of(commission)
    assert due_date(minutes.due.value, days) is None
    assert due_date(minutes.due.value, days | {"meeting": dt.date(2026, 11, 20)}) == dt.date(2026, 11, 27)


@pytest.mark.parametrize(("day", "year"), [(dt.date(2027, 3, 31), 2026), (dt.date(2027, 4, 1), 2027)])
def test_fiscal_year_begins_in_april(day, year):
    assert fiscal_year_of(day) == year


@pytest.mark.parametrize("town", ["konan", "kurihara", "sanda", "unnan", "yamaguchi"])
def test_the_budget_and_the_years_of_every_town_fit(town):
    for commission in read_folder(folder_of(town)).definition.commissions:
        years = years_of(commission)
        assert [phase.fiscal_year.value for phase in commission.phases if phase.contracted.value] == years
        if commission.budget and commission.budget.years:
            assert sum(year.limit.value for year in commission.budget.years) == commission.budget.limit.value


def test_sandas_money_is_told_by_fiscal_year():
    budget = read_folder(folder_of("sanda")).definition.commission.budget
    assert {year.fiscal_year.value: year.limit.value for year in budget.years} == {
        2025: 6_980_000,
        2026: 10_860_000,
        2027: 11_900_000,
        2028: 11_900_000,
    }
    assert (budget.limit.value, budget.yearly_binds.value) == (41_640_000, False)


def test_unnans_six_targets_are_exact():
    indicators = read_folder(folder_of("unnan")).definition.commission.indicators
    assert [(one.unit, exact(one.target.value)) for one in indicators] == [
        ("ポイント", Fraction(26, 100)),
        ("人", 150),
        ("人", 2000),
        ("件", 300),
        ("件", 200),
        ("団体", 40),
    ]
    assert {one.basis for one in indicators} == {"increase"}
