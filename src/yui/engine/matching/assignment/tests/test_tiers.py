"""The compiled tier answers as the plain one: who goes where, with every rule mixed, closings on the way included."""

import json
from hashlib import sha256
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yui.engine import tiers
from yui.engine.matching.assignment import answer_assign, deferred, read_question
from yui.engine.matching.assignment.deferred import Asking
from yui.engine.matching.assignment.flat import FlatAsking
from yui.engine.matching.assignment.market import market
from yui.engine.matching.assignment.orders import Orders, by_ticket
from yui.engine.matching.assignment.tests import towns
from yui.engine.matching.lottery import tickets
from yui.engine.matching.verification import answer_verify

pytestmark = pytest.mark.skipif(not tiers.installed(), reason="numba is not installed")


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 40), st.integers(1, 8), st.booleans())
def test_both_tiers_seat_the_same_people(seed, persons, programs, regional):
    random = Random(seed)
    asked = towns.instance(random, persons, programs, several=True)
    question = read_question(asked)
    town = market(question, Orders(question))
    plain, flat = Asking(town, town.caps, regional=regional), FlatAsking(town, town.caps, regional=regional)
    assert flat.holdings() == plain.holdings()
    assert flat.sizes() == plain.sizes()
    alone = [a for a, region in enumerate(town.region) if region < 0 or not regional]
    for a in random.sample(alone, min(2, len(alone))):
        plain.close(a)
        flat.close(a)
        assert flat.holdings() == plain.holdings()
        assert flat.sizes() == plain.sizes()


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6))
def test_whole_answers_are_the_same_bytes(seed):
    asked = towns.crowd(60, 9, 5, seed=seed, share=0.6, regions=3)
    plain = answer_assign(asked)
    before, tiers.LARGE = tiers.LARGE, 0
    try:
        assert answer_assign(asked) == plain
    finally:
        tiers.LARGE = before


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 2))
def test_whole_answers_and_findings_of_the_welfare_track_are_the_same_bytes(seed, regions):
    asked = towns.crowd(40, 7, 4, seed=seed, regions=regions, several=2, track="welfare")
    asked["lottery"]["seed"] = "種" * (seed % 50)
    plain = answer_assign(asked)
    wrong = json.loads(json.dumps(plain))
    moved = Random(seed).choice(sorted(wrong["matching"]))
    wrong["matching"][moved] = ["出0"]
    wrong["lottery"]["orders"][moved].reverse()
    checked = answer_verify({"instance": asked, "answer": wrong})
    before, tiers.LARGE = tiers.LARGE, 0
    try:
        assert answer_assign(asked) == plain
        assert answer_verify({"instance": asked, "answer": wrong}) == checked
    finally:
        tiers.LARGE = before


texts = st.text(st.characters(codec="utf-8"), max_size=70)


@settings(max_examples=100, deadline=None)
@given(texts, st.lists(texts, min_size=1, max_size=20), st.lists(texts, min_size=1, max_size=20), st.randoms())
def test_tickets_of_any_length_are_those_of_the_library(seed, first, second, random):
    pairs = [(random.randrange(len(first)), random.randrange(len(second))) for _ in range(random.randrange(1, 40))]
    one, two = np.array(pairs).T
    before, tiers.LARGE = tiers.LARGE, 0
    try:
        drawn = tickets(seed, first, second, one, two)
    finally:
        tiers.LARGE = before
    expected = [sha256(f"{seed}|{first[i]}|{second[j]}".encode()).digest() for i, j in pairs]
    assert [row.astype(">u8").tobytes() for row in drawn] == expected


def test_tickets_that_begin_alike_are_read_to_the_end():
    drawn = np.array([[1, 2, 3, 5], [1, 2, 3, 4], [0, 9, 9, 9], [1, 1, 0, 0]], dtype=np.uint64)
    assert by_ticket(np.array([1, 1, 1, 0]), drawn).tolist() == [3, 2, 1, 0]


def test_large_work_is_left_to_the_compiled_tier():
    asked = towns.crowd(20, 4, 3)
    question = read_question(asked)
    town = market(question, Orders(question))
    assert isinstance(deferred.asking(town, town.caps), Asking)
    before, tiers.LARGE = tiers.LARGE, 0
    try:
        assert isinstance(deferred.asking(town, town.caps), FlatAsking)
    finally:
        tiers.LARGE = before
