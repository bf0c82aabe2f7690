"""Bad questions: every fault at once, each with its path, and never another exception."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yui.engine.expenses import answer_expenses, answer_honorarium
from yui.engine.faults import Faults, written
from yui.engine.reading import load
from yui.engine.selection import answer_deposit, answer_receipt, answer_select, answer_shortlist, answer_window
from yui.engine.selection.tests.cases import call, changed
from yui.engine.sentences import line

GOOD = call("kurihara", {"M1": {"A": 90, "B": 80}})
TWO_STAGES = call("sanda", {"M1": {"A": 60, "B": 50}})
LONG = "x" * 1_000_000
DEPOSIT = {"profile": "sanda", "amount": 1}
WINDOW = {"profile": "sanda", "clock": "explanation", "notice_date": "2025-07-18"}
RECEIPT = {"profile": "sanda", "deadline": "2025-07-08T16:00:00+09:00", "received_at": "2025-07-08T16:00:00+09:00",
           "channel": "mail"}  # fmt: skip


def faults(answer, question):
    with pytest.raises(Faults) as refusal:
        answer(question)
    for fault in refusal.value.faults:
        told = line(fault, "selection")
        assert "\n" not in told and len(told) < 1000
    return {written(fault.path): fault.code for fault in refusal.value.faults}


SELECT = [
    (None, {"$": "not_object"}),
    ([], {"$": "not_object"}),
    ({}, {"profile": "missing"}),
    (GOOD | {"profile": "konan"}, {"profile": "not_one_of"}),
    (GOOD | {"profile": 3}, {"profile": "not_object"}),
    (GOOD | {"profile": "unnan"}, {"profile": "no_such_rules"}),
    ({"profile": "kurihara"}, {"proposals": "missing", "members": "missing"}),
    (GOOD | {"members": []}, {"members": "empty_list", "sheets.M1": "unknown_id"}),
    (GOOD | {"members": ["M1", "M1"]}, {"members[1]": "twice"}),
    (GOOD | {"members": ["M1", None, 3, ""]},
     {"members[1]": "not_text", "members[2]": "not_text", "members[3]": "empty_text"}),
    (GOOD | {"members": "M1"}, {"members": "not_array"}),
    (GOOD | {"proposals": {}}, {"proposals": "not_array"}),
    (changed(GOOD, "B", id="A"), {"proposals[1].id": "twice", "sheets.M1.B": "unknown_id"}),
    (changed(GOOD, "B", estimate=-1), {"proposals[1].estimate": "too_small"}),
    (changed(GOOD, "B", estimate=True), {"proposals[1].estimate": "not_integer"}),
    (changed(GOOD, "B", estimate=3.5), {"proposals[1].estimate": "not_integer"}),
    (changed(GOOD, "B", estimate="3000000"), {"proposals[1].estimate": "not_integer"}),
    (changed(GOOD, "B", estimate=None), {"proposals[1].estimate": "missing"}),
    (changed(GOOD, "B", withdrawn="yesterday"), {"proposals[1].withdrawn": "not_one_of"}),
    (changed(GOOD, "B", disqualified=True), {"proposals[1].disqualified": "not_text"}),
    (changed(GOOD, "B", estimate_unsuitable=1),
     {"proposals[1].estimate_unsuitable": "not_boolean"}),
    (changed(GOOD, "B", applicant=None), {"proposals[1].applicant": "missing"}),
    (changed(GOOD, "B", id=LONG), {"proposals[1].id": "id_too_long", "sheets.M1.B": "unknown_id"}),
    (changed(TWO_STAGES, "B", stage1=None), {"proposals[1].stage1": "missing"}),
    (changed(TWO_STAGES, "B", stage1=16), {"proposals[1].stage1": "too_large"}),
    (changed(TWO_STAGES, "B", stage1=9.5), {"proposals[1].stage1": "not_exact"}),
    (GOOD | {"cap": -1}, {"cap": "too_small"}),
    (GOOD | {"cap": False}, {"cap": "not_integer"}),
    (GOOD | {"sheets": []}, {"sheets": "not_object"}),
    (GOOD | {"sheets": {"M1": 5}}, {"sheets.M1": "not_object"}),
    (GOOD | {"sheets": {"M2": {}}}, {"sheets.M2": "unknown_id"}),
    (GOOD | {"sheets": {"M1": {"Z": {"total": 1}}}}, {"sheets.M1.Z": "unknown_id"}),
    (GOOD | {"sheets": {"M1": {"A": 90}}}, {"sheets.M1.A": "not_object"}),
    (GOOD | {"sheets": {"M1": {"A": {"total": 90.0}}}}, {"sheets.M1.A.total": "not_exact"}),
    (GOOD | {"sheets": {"M1": {"A": {"total": True}}}}, {"sheets.M1.A.total": "not_exact"}),
    (GOOD | {"sheets": {"M1": {"A": {"total": "NaN"}}}}, {"sheets.M1.A.total": "not_exact"}),
    (GOOD | {"sheets": {"M1": {"A": {"total": "1e2"}}}}, {"sheets.M1.A.total": "not_exact"}),
    (GOOD | {"sheets": {"M1": {"A": {"total": "６０"}}}}, {"sheets.M1.A.total": "not_exact"}),
    (GOOD | {"sheets": {"M1": {"A": {"total": "405/7"}}}}, {"sheets.M1.A.total": "not_exact"}),
    (GOOD | {"sheets": {"M1": {"A": {"total": 10**31}}}}, {"sheets.M1.A.total": "too_large"}),
    (GOOD | {"sheets": {"M1": {"A": {"items": [1]}}}}, {"sheets.M1.A.items": "not_object"}),
    (GOOD | {"sheets": {"M1": {"A": {"items": {"i1": 1.5}}}}}, {"sheets.M1.A.items.i1": "not_exact"}),
    (GOOD | {"orders": {"M1": ["A", "Z"]}}, {"orders.M1[1]": "unknown_id"}),
    (GOOD | {"orders": {"M1": ["A", "A"]}}, {"orders.M1[1]": "twice"}),
    (GOOD | {"orders": {"M7": ["A"]}}, {"orders.M7": "unknown_id"}),
    (GOOD | {"orders": {"M1": "AB"}}, {"orders.M1": "not_array"}),
    (GOOD | {"committee_decision": "Z"}, {"committee_decision": "unknown_id"}),
    (GOOD | {"committee_decision": 5}, {"committee_decision": "not_text"}),
]  # fmt: skip
OTHERS = [
    (answer_deposit, DEPOSIT | {"amount": -1}, {"amount": "too_small"}),
    (answer_deposit, DEPOSIT | {"amount": 1.5}, {"amount": "not_integer"}),
    (answer_deposit, DEPOSIT | {"amount": None}, {"amount": "missing"}),
    (answer_deposit, DEPOSIT | {"head_office_in_town": "yes"}, {"head_office_in_town": "not_boolean"}),
    (answer_window, WINDOW | {"notice_date": "2025-02-30"}, {"notice_date": "not_a_day"}),
    (answer_window, WINDOW | {"notice_date": "2025-07-18T00:00:00"}, {"notice_date": "not_a_day"}),
    (answer_window, WINDOW | {"notice_date": "20250718"}, {"notice_date": "not_a_day"}),
    (answer_window, WINDOW | {"notice_date": "9999-12-31"}, {"notice_date": "not_a_day"}),
    (answer_window, WINDOW | {"notice_date": 20250718}, {"notice_date": "not_a_day"}),
    (answer_window, {"profile": "sanda"}, {"clock": "missing", "notice_date": "missing"}),
    (answer_window, WINDOW | {"clock": "lunch"}, {"clock": "not_one_of"}),
    (answer_receipt, RECEIPT | {"deadline": "2025-07-08T16:00:00"}, {"deadline": "no_offset"}),
    (answer_receipt, RECEIPT | {"deadline": "2025-02-30T16:00:00+09:00"}, {"deadline": "not_an_instant"}),
    (answer_receipt, RECEIPT | {"received_at": "2025-07-08T25:00:00+09:00"}, {"received_at": "not_an_instant"}),
    (answer_receipt, RECEIPT | {"received_at": "2025-07-08"}, {"received_at": "not_an_instant"}),
    (answer_receipt, RECEIPT | {"received_at": "2025-07-08T10:00:00+99:00"}, {"received_at": "not_an_instant"}),
    (answer_receipt, RECEIPT | {"received_at": 0}, {"received_at": "not_an_instant"}),
    (answer_receipt, RECEIPT | {"channel": "pigeon"}, {"channel": "not_one_of"}),
    (answer_receipt, RECEIPT | {"channel": None}, {"channel": "missing"}),
    (answer_receipt, RECEIPT | {"kind": "gift"}, {"kind": "not_one_of"}),
    (answer_shortlist, {"profile": "sanda"}, {"qualified": "missing"}),
    (answer_shortlist, {"profile": "sanda", "qualified": [{"id": "A", "stage1": 16}, {"id": "B"}, None]},
     {"qualified[0].stage1": "too_large", "qualified[1].stage1": "missing", "qualified[2]": "not_object"}),
    (answer_shortlist, {"profile": "sanda", "qualified": [{"id": "A", "stage1": 1}, {"id": "A", "stage1": 1}]},
     {"qualified[1].id": "twice"}),
]  # fmt: skip


@pytest.mark.parametrize(("question", "expected"), SELECT, ids=range(len(SELECT)))
def test_a_bad_selection_is_told_place_by_place(question, expected):
    assert faults(answer_select, question) == expected


@pytest.mark.parametrize(("answer", "question", "expected"), OTHERS, ids=range(len(OTHERS)))
def test_another_bad_question_is_told_place_by_place(answer, question, expected):
    assert faults(answer, question) == expected


def test_a_key_of_a_megabyte_is_not_repeated():
    found = faults(answer_select, GOOD | {"sheets": {LONG: {}}, "orders": {LONG: []}})
    assert set(found.values()) == {"unknown_id"}


def test_a_key_given_twice_is_a_fault():
    text = json.dumps(GOOD).replace('"A": {', '"A": {"total": 61}, "A": {', 1)
    assert faults(answer_select, load(text)) == {"sheets.M1.A": "duplicate_key"}


def test_unknown_keys_are_named_and_change_nothing():
    more = json.loads(json.dumps(GOOD | {"colour": "red"}))
    more["proposals"][0]["mood"] = None
    more["sheets"]["M1"]["A"]["by"] = "hand"
    answer, plain = answer_select(more), answer_select(GOOD)
    assert answer.pop("ignored") == ["colour", "proposals[0].mood", "sheets.M1.A.by"]
    assert plain.pop("ignored") == []
    assert answer == plain


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.just("A"), st.just("M1")),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=6,
)
KEYS = ["cap", "proposals", "members", "sheets", "orders", "committee_decision", "profile", "clock", "notice_date",
        "deadline", "received_at", "channel", "amount", "qualified", "class", "minutes", "paid", "lines", "phase"]  # fmt: skip
ANSWERS = [answer_select, answer_shortlist, answer_window, answer_receipt, answer_deposit, answer_honorarium,
           answer_expenses]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    answer=st.sampled_from(ANSWERS),
    base=st.sampled_from([GOOD, TWO_STAGES, WINDOW, RECEIPT, DEPOSIT]),
    change=st.dictionaries(st.sampled_from(KEYS), JSON, max_size=4),
)
def test_any_json_is_answered_or_refused(answer, base, change):
    try:
        found = answer(base | change)
    except Faults as wrong:
        assert wrong.faults
    else:
        assert found["steps"]
        assert "." not in json.dumps(list(_numbers(found)))


def _numbers(value):
    if isinstance(value, dict):
        for inner in value.values():
            yield from _numbers(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _numbers(inner)
    elif not isinstance(value, str):
        yield value
