"""The compiled tier answers as the plain one: who goes where, with every rule mixed, closings on the way included."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yui.engine import tiers
from yui.engine.matching.assignment import answer_assign, deferred, read_question
from yui.engine.matching.assignment.deferred import Asking
from yui.engine.matching.assignment.flat import FlatAsking
from yui.engine.matching.assignment.market import market
from yui.engine.matching.assignment.orders import Orders
from yui.engine.matching.assignment.tests import towns

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
