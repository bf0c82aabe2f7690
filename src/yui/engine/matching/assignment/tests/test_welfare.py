"""The welfare track: the maximum and the rule for ties against every matching, and the two solvers against each other."""

from importlib.util import find_spec
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yui.engine.matching.assignment import answer_assign, solver
from yui.engine.matching.assignment.tests import towns


@settings(max_examples=200, deadline=None)
@given(towns.instances(4, 3, track="welfare"))
def test_the_maximum_and_its_ties_are_those_of_every_matching(asked):
    answer = answer_assign(asked)
    assert (answer["value"], answer["matching"]) == towns.best_welfare(asked)
    assert answer["quality"]["proved"] and answer["quality"]["bound"] == answer["value"]


@settings(max_examples=60, deadline=None)
@given(towns.instances(track="welfare"), st.integers(0, 9))
def test_the_order_of_the_input_changes_nothing(asked, seed):
    assert answer_assign(towns.shuffled(asked, Random(seed))) == answer_assign(asked)


def test_wishes_and_priorities_change_nothing():
    asked = towns.instance(Random(4), 4, 3, track="welfare")
    plain = asked | {"persons": {name: p | {"prefs": []} for name, p in asked["persons"].items()}}
    for rule in plain["programs"].values():
        rule.pop("prio", None)
    assert answer_assign(plain)["matching"] == answer_assign(asked)["matching"]


def test_numbers_beyond_64_bits_stay_exact():
    large = 10**25
    asked = {
        "track": "welfare",
        "persons": {"p": {}, "q": {"max": 2}},
        "programs": {"A": {"cap": 1}, "B": {"cap": 10**15}},
        "weights": {"p|A": large, "q|A": large + 1, "q|B": 3, "p|B": 1},
        "lottery": {"seed": "s"},
    }
    answer = answer_assign(asked)
    assert answer["value"] == large + 5
    assert {name: set(mine) for name, mine in answer["matching"].items()} == {"p": {"B"}, "q": {"A", "B"}}


@pytest.mark.parametrize(("regions", "several"), [(0, 1), (0, 3), (4, 2)])
def test_a_larger_town_is_proved_by_its_prices(regions, several):
    answer = answer_assign(towns.crowd(200, 15, 5, regions=regions, several=several, track="welfare"))
    assert answer["quality"]["proof"] == "prices" and answer["value"] == answer["quality"]["bound"]


@pytest.mark.parametrize("regions", [0, 3])
def test_minima_of_a_larger_town_are_met_and_the_distance_is_stated(regions):
    asked = towns.crowd(120, 12, 5, share=0.7, regions=regions, track="welfare")
    answer = answer_assign(asked)
    assert towns.feasible(asked, answer["matching"])
    assert 0.8 * answer["quality"]["bound"] < answer["value"] <= answer["quality"]["bound"]


@pytest.mark.skipif(find_spec("ortools") is None, reason="the optional solver is not installed")
@pytest.mark.parametrize(("regions", "several", "share"), [(0, 1, 0), (0, 3, 0), (3, 2, 0), (0, 1, 0.6), (3, 2, 0.6)])
def test_both_solvers_give_the_same_bytes(monkeypatch, regions, several, share):
    asked = towns.crowd(150, 12, 6, regions=regions, several=several, share=share, track="welfare")
    quick = answer_assign(asked)
    monkeypatch.setattr(solver, "FEW_PAIRS", 10**9)
    assert answer_assign(asked) == quick
