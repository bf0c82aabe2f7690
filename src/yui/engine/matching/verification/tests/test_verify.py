"""The checker: it accepts every answer, names what was changed, and shares nothing with what decided."""

import ast
import json
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yui.engine.faults import Faults, written
from yui.engine.matching.assignment import answer_assign
from yui.engine.matching.assignment.tests import towns
from yui.engine.matching.verification import answer_verify

HERE = Path(__file__).parents[1]
tracks = st.sampled_from(["stable", "welfare"])


def answered(asked):
    return json.loads(json.dumps(answer_assign(asked)))


def codes(asked, answer):
    done = answer_verify({"instance": asked, "answer": answer})
    assert done["ok"] == (not done["findings"]) and done["steps"]
    assert all(len(line.splitlines()) == 1 for line in done["findings"])
    return {line.partition(":")[0] for line in done["findings"]}


@settings(max_examples=150, deadline=None)
@given(towns.instances(10, 7), tracks)
def test_every_answer_is_accepted(asked, track):
    asked |= {"track": track}
    assert codes(asked, answered(asked)) == set()


@settings(max_examples=150, deadline=None)
@given(towns.instances(6, 4, regions=False), tracks, st.data())
def test_another_place_for_one_person_is_found(asked, track, data):
    if not asked["persons"]:
        return
    asked |= {"track": track}
    answer = answered(asked)
    name = data.draw(st.sampled_from(sorted(asked["persons"])))
    other = data.draw(st.lists(st.sampled_from([*asked["programs"], "ない"]), unique=True, max_size=2))
    if sorted(other) != sorted(answer["matching"][name]):
        answer["matching"][name] = other
        assert codes(asked, answer)


@settings(max_examples=100, deadline=None)
@given(towns.instances(5, 4))
def test_what_it_accepts_is_weakly_stable_and_the_rest_is_not(asked):
    """Against the plain reading: any feasible matching of wishes, taken at random, is judged the same."""
    line, random = towns.lines(asked), Random(len(asked["weights"]))
    matching = {
        name: [a for a in person["prefs"] if name in line[a] and random.random() < 0.5][: person["max"]]
        for name, person in asked["persons"].items()
    }
    pairs, coalitions = towns.objections(asked, line, matching)
    found = codes(asked, {"matching": matching})
    assert bool(found & {"blocking_pair", "reserve_not_filled"}) == bool(pairs)
    assert ("coalition_not_named" in found) == bool(coalitions)
    assert bool(found & {"over_capacity", "below_minimum", "over_region"}) == (not towns.feasible(asked, matching))


CHANGES = [
    (lambda a: a["lottery"].update(rule="order"), "lottery_rule"),
    (lambda a: a["lottery"]["orders"].update(出0=[]), "lottery_order"),
    (lambda a: a["unmatched"].update(人0="lottery"), "unmatched_differs"),
    (lambda a: a["matching"].update(誰か=[]), "unknown_person"),
    (lambda a: a["matching"].pop("人0"), "person_missing"),
    (lambda a: a["cancelled"].append({"program": "出0", "why": "nobody_wished", "wanted_by": []}), "cancelled_differs"),
    (lambda a: a["quality"].update(blocking_pairs=3), "blocking_count"),
]


@pytest.mark.parametrize(("change", "code"), CHANGES, ids=[code for _, code in CHANGES])
def test_a_changed_claim_is_named(change, code):
    asked = towns.crowd(30, 4, 3)
    answer = answered(asked)
    answer["matching"]["人0"], asked["persons"]["人0"]["prefs"] = [], ["出0"]
    answer = answered(asked)
    if not answer["matching"]["人0"]:
        asked["programs"]["出0"]["cap"] += 30
        answer = answered(asked)
    change(answer)
    assert code in codes(asked, answer)


WELFARE_CHANGES = [
    (lambda a: a.update(value=a["value"] + 1), "value_differs"),
    (lambda a: a.pop("value"), "value_missing"),
    (lambda a: a["quality"].update(bound=a["value"] - 1), "bound_below_value"),
    (lambda a: a["quality"].update(bound=a["value"] + 1), "bound_not_proved"),
    (lambda a: a["quality"].update(proved=False), "not_proved"),
    (lambda a: a["quality"]["prices"].update(出0=a["quality"]["prices"]["出0"] + 1), "bound_not_proved"),
    (lambda a: a["lottery"]["persons"].reverse(), "lottery_persons"),
]


@pytest.mark.parametrize(("change", "code"), WELFARE_CHANGES)
def test_a_changed_proof_is_named(change, code):
    asked = towns.crowd(60, 6, 3, track="welfare")
    answer = answered(asked)
    change(answer)
    assert code in codes(asked, answer)


def test_another_maximum_than_the_lottery_s_is_found():
    asked = {
        "track": "welfare",
        "persons": {"p": {}, "q": {}},
        "programs": {"A": {"cap": 1}, "B": {"cap": 1}},
        "weights": {f"{p}|{a}": 1 for p in "pq" for a in "AB"},
        "lottery": {"seed": "s"},
    }
    answer = answered(asked)
    answer["matching"] = {"p": answer["matching"]["q"], "q": answer["matching"]["p"]}
    assert codes(asked, answer) == {"tie_not_followed"}


def test_a_larger_town_is_verified_on_both_tracks():
    for track in ("stable", "welfare"):
        asked = towns.crowd(400, 25, 6, share=0.5, regions=4, several=2, track=track)
        assert codes(asked, answered(asked)) == set()


def test_what_cannot_be_read_is_a_fault():
    for case, path in (
        ({}, "answer"),
        ({"instance": {"persons": {}, "programs": {}}, "answer": {}}, "answer.matching"),
    ):
        with pytest.raises(Faults) as refusal:
            answer_verify(case)
        assert path in {written(fault.path) for fault in refusal.value.faults}


def test_it_shares_only_types_and_reading_with_the_solver():
    allowed = {"yui.engine.matching.assignment.types", "yui.engine.matching.assignment.read"}
    for file in HERE.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("yui.engine.matching.assignment"):
                assert node.module in allowed
