"""Bad questions: a line for each fault, all of them at once."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.engine.faults import Faults, written
from yui.engine.matching.assignment import answer_assign
from yui.engine.matching.assignment.answer import ORGAN
from yui.engine.reading import load
from yui.engine.sentences import line

EMPTY = {"persons": {}, "programs": {}}
ONE = {"persons": {"p": {}}, "programs": {"A": {"cap": 1}}}


def faults(question):
    with pytest.raises(Faults) as refusal:
        answer_assign(question)
    return {written(fault.path): fault.code for fault in refusal.value.faults}


BAD = [
    (ONE | {"weights": {"p": 1, "\n|p|A": 2}}, {"weights.p": "not_a_pair_of_ids", "weights.\\n|p|A": "not_a_pair_of_ids"}),
    (ONE | {"weights": {"p|A": True}}, {"weights.p|A": "not_integer"}),
    (ONE | {"weights": {"p|A": 10**30 + 1}}, {"weights.p|A": "too_large"}),
    ([], {"$": "not_object"}),
    ({}, {"persons": "missing", "programs": "missing"}),
    (EMPTY | {"track": "luck"}, {"track": "not_one_of"}),
    (EMPTY | {"orientation": "host"}, {"orientation": "not_one_of"}),
    (EMPTY | {"persons": {"p": {"prefs": ["X"]}}}, {"persons.p.prefs[0]": "unknown_programme"}),
    (ONE | {"persons": {"p": {"prefs": ["A", "A"], "max": -1, "groups": [1]}}},
     {"persons.p.prefs": "named_twice", "persons.p.max": "too_small", "persons.p.groups[0]": "not_text"}),
    (EMPTY | {"programs": {"A": {}, "B": {"cap": -1}, "C": {"cap": 1, "min": 2}, "D": {"cap": 1.5}}},
     {"programs.A.cap": "missing", "programs.B.cap": "too_small", "programs.C.min": "min_above_cap", "programs.D.cap": "not_integer"}),
    (EMPTY | {"programs": {"A": {"cap": 1, "region": "r", "target": -1, "reserve": {"group": "g"}}}},
     {"programs.A.region": "unknown_region", "programs.A.target": "too_small", "programs.A.reserve.n": "missing"}),
    (EMPTY | {"regions": {"r": {"cap": -2}, "s": {}}}, {"regions.r.cap": "too_small", "regions.s.cap": "missing"}),
    (ONE | {"programs": {"A": {"cap": 1, "prio": ["p", ["p"]]}}}, {"programs.A.prio": "named_twice"}),
    (ONE | {"programs": {"A": {"cap": 1, "prio": ["q", 3]}}}, {"programs.A.prio[0]": "unknown_person", "programs.A.prio[1]": "not_text"}),
    (ONE | {"weights": {"p|A": 1.5, "p": 1, "q|A": 1, "p|B": 1, "p|A|": 1}},
     {"weights.p|A": "not_integer", "weights.p": "not_a_pair_of_ids", "weights.q|A": "unknown_person",
      "weights.p|B": "unknown_programme", "weights.p|A|": "not_a_pair_of_ids"}),
    (ONE | {"weights": {"p|A": float("nan")}}, {"weights.p|A": "not_integer"}),
    (ONE | {"lottery": {}}, {"lottery.seed": "missing"}),
    (ONE | {"lottery": {"order": ["p"], "seed": "s"}}, {"lottery": "order_and_seed"}),
    (ONE | {"lottery": {"order": []}}, {"lottery.order": "not_in_order"}),
    (ONE | {"lottery": {"order": ["p", "p"]}}, {"lottery.order": "named_twice"}),
    (EMPTY | {"persons": {"x" * 10**6: {}, "a|b": {}}}, {"persons." + "x" * 10**6: "id_too_long", "persons.a|b": "id_with_bar"}),
]  # fmt: skip


@pytest.mark.parametrize(("question", "expected"), BAD, ids=range(len(BAD)))
def test_each_fault_is_named_with_its_path(question, expected):
    assert faults(question) == expected


def test_a_key_given_twice_is_a_fault():
    text = '{"persons": {"p": {}}, "programs": {"A": {"cap": 1}}, "regions": {"r": {"cap": 1}, "r": {"cap": 2}}, "weights": {"p|A": 1, "p|A": 2}}'
    assert faults(load(text)) == {"regions.r": "duplicate_key", "weights.p|A": "duplicate_key"}


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@given(st.data())
def test_anything_in_any_place_gives_an_answer_or_lines(data):
    person = {"prefs": ["A"], "max": 1, "groups": ["g"]}
    programme = {"cap": 1, "min": 1, "prio": ["p"], "region": "r", "target": 1, "reserve": {"group": "g", "n": 1}}
    question = {
        "track": data.draw(st.sampled_from(["stable", "welfare"])),
        "persons": {"p": person},
        "programs": {"A": programme},
        "regions": {"r": {"cap": 1}},
        "weights": {"p|A": 1},
        "lottery": {"seed": "s"},
    }
    where = data.draw(st.sampled_from([question, person, programme]))
    where[data.draw(st.sampled_from(sorted(where)))] = data.draw(anything)
    try:
        json.dumps(answer_assign(question), allow_nan=False, ensure_ascii=False).encode()
    except Faults as refusal:
        for fault in refusal.faults:
            told = line(fault, ORGAN)
            assert len(told.splitlines()) == 1 and told.encode()


def test_an_id_with_a_line_end_is_read_like_any_other():
    asked = {"persons": {"p\nq": {}}, "programs": {"A": {"cap": 1}}, "weights": {"p\nq|A": 3}, "track": "welfare"}
    assert answer_assign(asked)["matching"] == {"p\nq": ["A"]}
