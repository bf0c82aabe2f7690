"""The rules that the office asks of its section of the definition."""

import datetime as dt

import pytest

from yui.base.definitions.checks import read_folder
from yui.base.definitions.commands import folder_of
from yui.office.definition import due_date, events_of, fiscal_year_of


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
