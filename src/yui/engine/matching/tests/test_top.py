"""The compiled tier lists what the plain tier lists, in both directions, on any number of threads."""

from hashlib import sha256

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yui.engine import tiers
from yui.engine.matching import answer_recommend, read_instance, recommend
from yui.engine.matching.columns import Columns
from yui.engine.matching.tests.questions import questions, town
from yui.engine.matching.top import Arrays
from yui.engine.matching.types import LIMITS

pytestmark = pytest.mark.skipif(not tiers.installed(), reason="numba is not installed")
PLAIN = st.just({"rule": "none"})


def lists(question, k, threads=1):
    instance = read_instance(question)
    columns = Columns(instance)
    arrays = Arrays(instance, columns)
    assert arrays.exact
    found = arrays.top(k, threads)
    mine, theirs = columns.person_names, columns.opportunity_names
    if instance.direction == "opportunity":
        mine, theirs = theirs, mine
    listed = {
        name: [(theirs[at], int(score)) for at, score in zip(row, points, strict=True) if at >= 0]
        for name, row, points in zip(mine, found.ids.tolist(), found.scores, strict=True)
    }
    return listed, {name: int(n) for name, n in zip(LIMITS, found.excluded, strict=True) if n}


@settings(max_examples=300, deadline=None)
@given(questions(PLAIN), st.integers(1, 7), st.integers(1, 3))
def test_small_questions(question, k, threads):
    question["k"] = k
    plain = recommend(read_instance(question))
    listed, excluded = lists(question, k, threads)
    assert listed == {name: [(e.id, e.score) for e in entries] for name, entries in plain.lists.items()}
    assert excluded == plain.excluded_by


@settings(max_examples=100, deadline=None)
@given(
    questions(st.fixed_dictionaries({"rule": st.just("price"), "rounds": st.integers(0, 6), "pool": st.integers(1, 9)}))
)
def test_prices_are_those_of_the_plain_tier(question):
    question.setdefault("k", 2)
    plain = answer_recommend(question)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tiers, "LARGE", 0)
        assert answer_recommend(question) == plain


@pytest.mark.parametrize("direction", ["person", "opportunity"])
@pytest.mark.parametrize("threads", [1, 2])
def test_a_town(direction, threads):
    question = town(300, 150, direction=direction)
    plain = recommend(read_instance(question))
    listed, excluded = lists(question, 5, threads)
    assert listed == {name: [(e.id, e.score) for e in entries] for name, entries in plain.lists.items()}
    assert excluded == plain.excluded_by


@pytest.mark.parametrize("times", [1, 100, 10**7])
@pytest.mark.parametrize("drawn", [True, False])
def test_several_blocks_in_numbers_of_every_width(times, drawn):
    question = town(20, 4500)
    if not drawn:
        del question["lottery"]
    for side in ("persons", "opportunities"):
        for row in question[side].values():
            row["skills"] = {key: value * times for key, value in row["skills"].items()}
    plain = recommend(read_instance(question))
    listed, excluded = lists(question, 5)
    assert listed == {name: [(e.id, e.score) for e in entries] for name, entries in plain.lists.items()}
    assert excluded == plain.excluded_by


@pytest.mark.parametrize("rule", [{"rule": "none"}, {"rule": "price", "rounds": 6, "pool": 12, "floor": 1}])
@pytest.mark.parametrize("direction", ["person", "opportunity"])
def test_whole_answers_are_the_same_bytes(direction, rule, monkeypatch):
    question = town(120, 60, direction=direction, fairness=rule)
    plain = answer_recommend(question)
    monkeypatch.setattr(tiers, "LARGE", 0)
    assert answer_recommend(question) == plain


@pytest.mark.parametrize("direction", ["person", "opportunity"])
def test_parts_are_those_of_the_plain_tier(direction):
    instance = read_instance(town(200, 90, direction=direction))
    plain, arrays = recommend(instance), Arrays(instance, Columns(instance))
    top = arrays.top(5)
    told = arrays.told(top)
    for row, entries in enumerate(plain.lists.values()):
        for at, entry in enumerate(entries):
            parts = told.of(row, at, int(top.ids[row, at]))
            assert [(p.term, p.value) for p in parts] == [(p.term, p.value) for p in entry.parts]
            assert sum(p.value for p in parts) == entry.score


@pytest.mark.parametrize("length", [0, 1, 3, 54, 55, 56, 63, 64, 65, 119, 120, 500])
def test_the_draw_is_sha_256(length):
    from yui.engine.matching.tickets import digest

    text = bytes(n % 251 for n in range(length))
    message, words, out = np.zeros(length + 144, np.uint8), np.zeros(64, np.uint32), np.zeros(4, np.uint64)
    message[:length] = np.frombuffer(text, np.uint8)
    digest(message, length, words, out)
    assert b"".join(int(part).to_bytes(8, "big") for part in out) == sha256(text).digest()


def test_numbers_beyond_64_bits_are_left_to_the_plain_tier():
    question = town(3, 3, weights={"skills": 2**62})
    for row in question["persons"].values():
        row["skills"] = {"s": 2**20}
    for row in question["opportunities"].values():
        row["skills"] = {"s": 2**20}
    instance = read_instance(question)
    assert not Arrays(instance, Columns(instance)).exact
