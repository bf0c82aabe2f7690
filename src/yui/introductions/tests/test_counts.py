"""Measures, the desk, and the fairness page's figures."""

import datetime as dt

import pytest

from yui.base import clock
from yui.base.measures.desk_items import Kind
from yui.base.measures.registry import figure, rows
from yui.introductions import domain, queries
from yui.introductions.desk_items import introductions_waiting
from yui.introductions.fairness import fairness, hidden_below, percent
from yui.introductions.models import Exposure
from yui.introductions.tests.conftest import account_of, make_person
from yui.introductions.tests.test_road import NO, asked, both_yes
from yui.people.models import Person

NOVEMBER = (dt.date(2026, 11, 1), dt.date(2026, 11, 30))


def count(cast, key, period=NOVEMBER):
    return figure(key, authority=cast.authority, start=period[0], end=period[1])


def test_every_step_is_counted_with_its_rows(sora, taro, settings):
    made = both_yes(sora, taro)
    settings.YUI_TODAY = "2026-11-25"
    domain.record_met(actor=sora.actor(), introduction=made)
    other = asked(sora, make_person(sora.authority, "試案 みのり"))
    domain.answer(actor=sora.actor(), introduction=other, side="person", said=NO)
    keys = ("proposed", "both_yes", "met", "together", "declined")
    assert [count(sora, f"introductions.{key}") for key in keys] == [2, 1, 1, 0, 1]
    assert count(sora, "introductions.persons_asked") == count(sora, "introductions.newcomers_asked") == 2
    [row] = rows("introductions.days_to_meeting", authority=sora.authority, start=NOVEMBER[0], end=NOVEMBER[1])
    assert row.codes == ("days:5",)
    december = (dt.date(2026, 12, 1), dt.date(2026, 12, 31))
    assert count(sora, "introductions.proposed", december) == 0


def test_rows_hold_no_name(sora, taro):
    both_yes(sora, taro)
    for key in ("introductions.proposed", "introductions.persons_asked"):
        for row in rows(key, authority=sora.authority, start=NOVEMBER[0], end=NOVEMBER[1]):
            assert "見本" not in str(row.as_json())


def test_the_desk_shows_what_waits_and_what_is_late(sora, taro, settings):
    asked(sora, taro)
    [line] = introductions_waiting(sora.actor(), clock.today())
    assert (line.kind, line.chip) == (Kind.WAITING, "11月27日まで")
    settings.YUI_TODAY = "2026-11-28"
    [line] = introductions_waiting(sora.actor(), clock.today())
    assert line.kind == Kind.LATE


def test_three_months_later_the_follow_up_is_on_the_desk(sora, taro, settings):
    made = both_yes(sora, taro)
    domain.record_met(actor=sora.actor(), introduction=made)
    assert list(introductions_waiting(sora.actor(), clock.today())) == []
    settings.YUI_TODAY = "2027-02-20"
    [line] = introductions_waiting(sora.actor(), clock.today())
    assert line.kind == Kind.FOLLOW_UP
    domain.follow_up(actor=sora.actor(), introduction=made)
    assert list(introductions_waiting(sora.actor(), clock.today())) == []


def test_whom_nobody_asked_for_half_a_year_stands_on_the_desk_longest_first(sora, settings):
    for name, day in (
        ("見本 一郎", dt.date(2026, 3, 1)),
        ("見本 二郎", dt.date(2026, 2, 1)),
        ("見本 三郎", dt.date(2026, 8, 1)),
    ):
        make_person(sora.authority, name, registered=day)
    names = [row.person.display_name for row in queries.never_asked(sora.authority, clock.today())]
    assert names == ["見本 二郎", "見本 一郎"]
    asked(sora, Person.objects.get(display_name="見本 二郎"))
    names = [row.person.display_name for row in queries.never_asked(sora.authority, clock.today())]
    assert names == ["見本 一郎"]


def test_nobody_but_the_desk_gets_lines(sora, taro):
    asked(sora, taro)
    assert list(introductions_waiting(sora.actor(account_of(sora.authority, taro)), clock.today())) == []
    assert list(introductions_waiting(sora.actor(sora.member), clock.today())) == []


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([12, 3, 9], [12, None, None]),
        ([12, 3, 2], [12, None, None]),
        ([12, 5, 0], [12, 5, 0]),
        ([3], [None]),
        ([], []),
    ],
)
def test_small_cells_are_hidden_and_cannot_be_found_by_subtracting(counts, expected):
    assert hidden_below(counts, 5) == expected


def test_percent_is_whole_and_rounds_halves_up():
    assert [percent(1, 8), percent(1, 3), percent(0, 0)] == [13, 33, 0]


def test_the_page_counts_the_period(sora, taro):
    for number in range(11):
        make_person(sora.authority, f"見本 {number}郎", district=sora.district)
    Person.objects.filter(display_name="雛形 ことは").update(district=sora.district)
    domain.make_candidate_list(actor=sora.actor(), opportunity=sora.opportunity)
    both_yes(sora, taro)
    found = fairness(sora.authority, *NOVEMBER)
    assert (found.asked, found.persons_asked, found.newcomers, found.over_cap) == (1, 1, 1, 0)
    assert found.top_tenth == 100
    assert len(found.lists) == 1
    assert found.newcomers_told is None
    assert [(share.label, share.asked) for share in found.shares] == [("見本学区", None)]


def test_the_gini_counts_what_was_never_shown(sora, taro):
    domain.make_candidate_list(actor=sora.actor(account_of(sora.authority, taro)), person=taro, size=3)
    found = fairness(sora.authority, *NOVEMBER)
    assert (found.never_shown_opportunities, found.gini_opportunities) == (0, 0)
    assert Exposure.objects.filter(act="shown").count() == 1


def test_suggestions_bring_three_reasons_in_the_language_of_the_person(sora, taro):
    taro.language = "pt-br"
    taro.save()
    [one] = queries.suggestions_for(actor=sora.actor(account_of(sora.authority, taro)), person=taro)
    assert one.opportunity == sora.opportunity
    assert len(one.reasons) == 3
    assert "「" not in one.reasons[0]


def test_who_is_left_out_is_named_on_demand_but_never_for_private_reasons(sora, taro):
    from yui.base.access.errors import Refused

    make_person(sora.authority, "試案 みのり", consents=("register",))
    found = queries.left_out(actor=sora.actor(), opportunity=sora.opportunity, limit="consents")
    assert [person.display_name for person in found] == ["試案 みのり"]
    with pytest.raises(Refused):
        queries.left_out(actor=sora.actor(), opportunity=sora.opportunity, limit="blocked")
    with pytest.raises(Refused):
        queries.left_out(actor=sora.actor(sora.member), opportunity=sora.opportunity, limit="consents")
