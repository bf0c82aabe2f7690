"""The equilibrium: its conditions, closed forms, and the case in which the textbook form loses every digit."""

import math
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yui.engine.faults import Faults, written
from yui.engine.matching.equilibrium import Crowd, answer_equilibrium, balance

kernels = st.tuples(st.integers(1, 6), st.integers(1, 6)).flatmap(
    lambda size: st.lists(
        st.lists(st.floats(1e-3, 1e3), min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
    )
)


@settings(max_examples=80, deadline=None)
@given(kernels)
def test_rows_and_columns_hold_within_the_tolerance(kernel):
    found = balance(Crowd(np.array(kernel)))
    assert found.reached and found.residual <= 1e-9
    alone_rows, alone_columns = 1 - found.mu.sum(axis=1), 1 - found.mu.sum(axis=0)
    expected = np.array(kernel) ** 2 * alone_rows[:, None] * alone_columns[None, :]
    assert (np.abs(found.mu**2 - expected) <= np.array(kernel) ** 2 * 3e-9).all()


def test_one_pair_has_a_closed_form():
    for k in (0.5, 1.0, 7.0):
        (answer,) = answer_equilibrium({"K": [[k]]})["mu"][0]
        assert answer == pytest.approx(k / (1 + k), abs=1e-8)


def test_many_persons_and_few_programmes_settle_in_few_rounds():
    answer = answer_equilibrium({"n": 3000, "m": 300, "constant": 1.0})
    assert answer["rounds"] < 60 and answer["residual"] <= 1e-9
    alone = 1 - 3000 * answer["mu"]
    assert 0 < answer["mu"] <= 1 / 3000 and alone < 0.01


def test_a_constant_table_and_one_number_agree():
    table = answer_equilibrium({"K": [[2.0] * 4] * 9})
    number = answer_equilibrium({"n": 9, "m": 4, "constant": 2.0})
    assert {value for row in table["mu"] for value in row} == {number["mu"]}


def test_turning_the_table_turns_the_answer():
    random = Random(5)
    kernel = [[random.uniform(0.1, 9) for _ in range(5)] for _ in range(8)]
    turned = answer_equilibrium({"K": [list(row) for row in zip(*kernel, strict=True)]})["mu"]
    for i, row in enumerate(answer_equilibrium({"K": kernel})["mu"]):
        for j, value in enumerate(row):
            assert math.isclose(value, turned[j][i], abs_tol=2e-8)


def test_an_empty_table_has_an_answer():
    assert answer_equilibrium({"K": []})["mu"] == []
    assert answer_equilibrium({"K": [[], []]})["mu"] == [[], []]


BAD = [
    ({}, {"K": "missing"}),
    ({"K": [[1, 2], [3]]}, {"K[1]": "not_rectangular"}),
    ({"K": [[0], [-1], ["x"], [float("nan")]]},
     {"K[0][0]": "too_small", "K[1][0]": "too_small", "K[2][0]": "not_number", "K[3][0]": "not_number"}),
    ({"K": [[10**400]]}, {"K[0][0]": "too_large"}),
    ({"K": [1]}, {"K[0]": "not_array"}),
    ({"K": [[1]], "tolerance": 0}, {"tolerance": "too_small"}),
    ({"n": 0, "m": 3, "constant": 1}, {"n": "too_small"}),
    ({"n": 2, "m": 3}, {"constant": "missing"}),
]  # fmt: skip


@pytest.mark.parametrize(("question", "expected"), BAD)
def test_each_fault_is_named(question, expected):
    with pytest.raises(Faults) as refusal:
        answer_equilibrium(question)
    assert {written(fault.path): fault.code for fault in refusal.value.faults} == expected
