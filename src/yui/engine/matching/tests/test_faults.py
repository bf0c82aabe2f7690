"""Bad questions: a line for each fault, all of them at once."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.engine.faults import Faults, written
from yui.engine.matching import answer_recommend
from yui.engine.matching.tests.questions import town
from yui.engine.reading import load
from yui.engine.sentences import line

EMPTY = {"persons": {}, "opportunities": {}}


def faults(question):
    with pytest.raises(Faults) as refusal:
        answer_recommend(question)
    return {written(fault.path): fault.code for fault in refusal.value.faults}


BAD = [
    ([], {"$": "not_object"}),
    ({}, {"persons": "missing", "opportunities": "missing"}),
    (EMPTY | {"k": 0}, {"k": "too_small"}),
    (EMPTY | {"k": 1.0}, {"k": "not_integer"}),
    (EMPTY | {"k": True}, {"k": "not_integer"}),
    (EMPTY | {"direction": "both"}, {"direction": "not_one_of"}),
    (EMPTY | {"why_not": 1}, {"why_not": "not_boolean"}),
    (EMPTY | {"weights": {"tags": 0.5}}, {"weights.tags": "not_integer"}),
    (EMPTY | {"weights": []}, {"weights": "not_object"}),
    (EMPTY | {"tables": {"distance": [[1], ["a", 2], [-1, 2], [1, 2.5]]}},
     {"tables.distance[0]": "not_a_pair", "tables.distance[1][0]": "not_number", "tables.distance[2][0]": "too_small",
      "tables.distance[3][1]": "not_integer"}),
    (EMPTY | {"fairness": {}}, {"fairness.rule": "missing"}),
    (EMPTY | {"fairness": {"rule": "mine"}}, {"fairness.rule": "not_one_of"}),
    (EMPTY | {"fairness": {"rule": "newcomer_share"}}, {"fairness.one_in": "missing"}),
    (EMPTY | {"fairness": {"rule": "price", "rounds": 10**6, "pool": 0, "floor": -1}},
     {"fairness.rounds": "too_large", "fairness.pool": "too_small", "fairness.floor": "too_small"}),
    (EMPTY | {"lottery": {}}, {"lottery.seed": "missing"}),
    (EMPTY | {"lottery": {"seed": 4}}, {"lottery.seed": "not_text"}),
    (EMPTY | {"lottery": {"seed": "\ud800"}}, {"lottery.seed": "not_unicode"}),
    (EMPTY | {"persons": {"a|b": {}, "x" * 201: {}, "c": 3}},
     {"persons.a|b": "id_with_bar", "persons." + "x" * 201: "id_too_long", "persons.c": "not_object"}),
    (EMPTY | {"persons": {"p": {"age": "17", "slots": 3, "stage": 1.5, "place": [91, 0], "reach_km": -1, "resting": "no",
                                "tags": {"t": "1"}, "languages": [1], "blocked": ["a|b"], "load": -1}}},
     {"persons.p.age": "not_integer", "persons.p.slots": "not_array", "persons.p.stage": "not_integer",
      "persons.p.place[0]": "too_large", "persons.p.reach_km": "too_small", "persons.p.resting": "not_boolean",
      "persons.p.tags.t": "not_integer", "persons.p.languages[0]": "not_text", "persons.p.blocked[0]": "id_with_bar",
      "persons.p.load": "too_small"}),
    (EMPTY | {"opportunities": {"o": {"age": 18, "place": [1], "organization": 3, "slots": [1.5, None]}}},
     {"opportunities.o.age": "not_a_pair", "opportunities.o.place": "not_a_pair", "opportunities.o.organization": "not_text",
      "opportunities.o.slots[0]": "not_integer", "opportunities.o.slots[1]": "not_integer"}),
    (EMPTY | {"persons": {"p": {"age": [20, 10]}, "q": {"age": [1, 2, 3]}}}, {"persons.p.age": "reversed", "persons.q.age": "not_a_pair"}),
    (EMPTY | {"persons": {"p": {"place": [float("nan"), float("inf")]}}},
     {"persons.p.place[0]": "not_number", "persons.p.place[1]": "not_number"}),
]  # fmt: skip


@pytest.mark.parametrize(("question", "expected"), BAD)
def test_each_fault_is_named_with_its_path(question, expected):
    assert faults(question) == expected


def test_a_key_given_twice_is_a_fault_wherever_it_stands():
    text = '{"k": 1, "k": 2, "opportunities": {}, "persons": {"p": {"tags": {"t": 1, "t": 1}}, "p": {"tags": {"t": 1, "t": 1}}}}'
    assert faults(load(text)) == {
        "k": "duplicate_key",
        "persons.p": "duplicate_key",
        "persons.p.tags.t": "duplicate_key",
    }


@pytest.mark.parametrize("text", ["", "{", "NaN", "[1,]", '{"k": Infinity}', "[" * 100_000, "1" * 5000])
def test_what_is_no_json_is_one_fault(text):
    with pytest.raises(Faults) as refusal:
        load(text)
    assert [fault.code for fault in refusal.value.faults] == ["not_json"]


def test_other_encodings_are_refused():
    with pytest.raises(Faults) as refusal:
        load('{"名": 1}'.encode("cp932"))
    assert [fault.code for fault in refusal.value.faults] == ["not_utf8"]
    assert load('\ufeff{"名": 1}'.encode()) == {"名": 1}


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@given(st.data())
def test_anything_in_any_place_gives_an_answer_or_lines(data):
    question = town(2, 2)
    person = question["persons"]["p0"]
    opportunity = question["opportunities"]["o0"]
    holder = data.draw(st.sampled_from(["question", "person", "opportunity"]))
    where = {"question": question, "person": person, "opportunity": opportunity}[holder]
    where[data.draw(st.sampled_from(sorted(where)))] = data.draw(anything)
    try:
        json.dumps(answer_recommend(question), allow_nan=False, ensure_ascii=False).encode()
    except Faults as refusal:
        for fault in refusal.faults:
            told = line(fault, "matching")
            assert len(told.splitlines()) == 1 and told.encode()
