"""Dates as people type them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.engine.calendar import DateFault, parse_date, wareki, wareki_with_weekday
from yui.engine.sentences import LANGUAGES, catalogue, places, say

TODAY = date(2026, 11, 20)

READ = {
    "令和8年11月20日": date(2026, 11, 20),
    "令和8年11月20日（金）": date(2026, 11, 20),
    "令和８年１１月２０日": date(2026, 11, 20),
    "㋿8年11月20日": date(2026, 11, 20),
    "R8.11.20": date(2026, 11, 20),
    "ｒ８．１１．２０": date(2026, 11, 20),
    "R8/11/20": date(2026, 11, 20),
    "R081120": date(2026, 11, 20),
    "令8.11.20": date(2026, 11, 20),
    "令和元年5月1日": date(2019, 5, 1),
    "平成31年4月30日": date(2019, 4, 30),
    "S55.1.1": date(1980, 1, 1),
    "昭和64年1月7日": date(1989, 1, 7),
    "大正15年12月25日": date(1926, 12, 25),
    "昭和元年12月25日": date(1926, 12, 25),
    "明治45年7月30日": date(1912, 7, 30),
    "2026/11/20": date(2026, 11, 20),
    "2026-11-20": date(2026, 11, 20),
    "2026年11月20日（金曜日）": date(2026, 11, 20),
    "２０２６／１１／２０": date(2026, 11, 20),
    "2026ー11ー20": date(2026, 11, 20),
    "20261120": date(2026, 11, 20),
    "  2026.1.2 ": date(2026, 1, 2),
    "11/27": date(2026, 11, 27),
    "11月20日": date(2026, 11, 20),
    "11/19": date(2027, 11, 19),
    "2/29": date(2028, 2, 29),
    "１／５": date(2027, 1, 5),
}

REFUSED = {
    "": ("date_empty", {}),
    "　": ("date_empty", {}),
    "あした": ("date_unreadable", {"text": "あした"}),
    "R8.2.30": ("date_no_such_day", {"year": 2026, "month": 2, "day": 30, "last": 28}),
    "2026/13/1": ("date_no_such_month", {"month": 13}),
    "2026/0/1": ("date_no_such_month", {"month": 0}),
    "13/1": ("date_no_such_month", {"month": 13}),
    "2/30": ("date_no_such_day", {"year": 2026, "month": 2, "day": 30, "last": 28}),
    "55.1.1": ("date_year_too_short", {"year": "55"}),
    "昭和65年1月1日": ("date_no_such_year", {"era": "昭和", "last": 64}),
    "R0.1.1": ("date_no_such_year", {"era": "令和", "last": ""}),
    "令和元年4月30日": ("date_outside_era", {"era": "令和", "first": date(2019, 5, 1), "last": ""}),
    "昭和64年1月8日": ("date_outside_era", {"era": "昭和", "first": date(1926, 12, 25), "last": date(1989, 1, 7)}),
    "明治5年1月1日": ("date_before_1873", {}),
    "1850/1/1": ("date_before_1873", {"text": "1850"}),
    "12026/1/1": ("date_unreadable", {"text": "12026"}),
    "令和8年11月20日（木）": ("date_other_weekday", {"weekday": "金"}),
    "2026/11/20 10:00": ("date_unreadable", {"text": "2026/11/20 10:00"}),
}


@pytest.mark.parametrize("text", READ)
def test_a_date_is_read(text):
    assert parse_date(text, today=TODAY) == READ[text]


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_date_is_refused_with_a_code(text):
    with pytest.raises(DateFault) as refusal:
        parse_date(text, today=TODAY)
    assert (refusal.value.code, dict(refusal.value.values)) == REFUSED[text]
    assert all(say("calendar", "faults", refusal.value.code, refusal.value.values, language) for language in LANGUAGES)


def test_a_day_without_year_needs_today():
    with pytest.raises(DateFault) as refusal:
        parse_date("11/27")
    assert refusal.value.code == "date_needs_year"


@given(st.dates(date(1873, 1, 1), date(2200, 12, 31)))
def test_every_written_day_is_read_again(day):
    assert parse_date(wareki(day)) == day
    assert parse_date(wareki_with_weekday(day)) == day
    assert parse_date(day.isoformat()) == day


@given(st.text())
def test_any_text_is_a_day_or_a_fault_with_a_sentence(text):
    try:
        parse_date(text, today=TODAY)
    except DateFault as refusal:
        assert refusal.code in catalogue("calendar")["faults"]


@given(st.integers(1, 12), st.integers(1, 28), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_day_without_year_lies_within_a_year_from_today(month, day, today):
    found = parse_date(f"{month}/{day}", today=today)
    assert today <= found < today + timedelta(days=367) and (found.month, found.day) == (month, day)


def test_each_code_has_a_sentence_with_the_same_values_in_every_language():
    for sentences in catalogue("calendar")["faults"].values():
        assert set(sentences) == set(LANGUAGES)
        assert len({places(template) for template in sentences.values()}) == 1
