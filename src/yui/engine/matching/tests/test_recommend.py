"""The `recommend` question: worked cases and properties against the plain reading of the contract."""

import json
import math
from hashlib import sha256
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yui.engine.matching import Fairness, Instance, Opportunity, Person, answer_recommend, reasons, recommend
from yui.engine.matching.tests import plain
from yui.engine.matching.tests.questions import questions, town
from yui.engine.reading import load

NONE = st.just({"rule": "none"})


def ids(answer, name):
    return [entry["id"] for entry in answer["lists"][name]]


def shuffled(value, random):
    """The same JSON with the keys of every object in another order."""
    if isinstance(value, dict):
        names = list(value)
        random.shuffle(names)
        return {name: shuffled(value[name], random) for name in names}
    return value


@settings(max_examples=250, deadline=None)
@given(questions(NONE))
def test_lists_and_exclusions_are_those_of_the_plain_reading(question):
    answer = answer_recommend(question)
    told = {
        name: [(e["id"], e["score"], {p["term"]: p["value"] for p in e["parts"]}) for e in entries]
        for name, entries in answer["lists"].items()
    }
    assert told == plain.lists(question)
    assert answer["excluded"] == plain.excluded(question)


@settings(max_examples=150, deadline=None)
@given(questions(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_no_byte(question, random):
    again = shuffled(question, random)
    for one in (*again["persons"].values(), *again["opportunities"].values()):
        for unordered in ("slots", "languages", "consents", "blocked", "needs_consents"):
            if unordered in one:
                one[unordered] = random.sample(one[unordered], len(one[unordered]))
    assert json.dumps(answer_recommend(question)) == json.dumps(answer_recommend(again))


@settings(max_examples=150, deadline=None)
@given(questions())
def test_parts_sum_to_the_score_and_nobody_excluded_is_listed(question):
    answer = answer_recommend(question)
    by_person = question.get("direction", "person") == "person"
    for name, entries in answer["lists"].items():
        assert len(entries) <= question.get("k", math.inf)
        assert len({entry["id"] for entry in entries}) == len(entries)
        for entry in entries:
            assert sum(part["value"] for part in entry["parts"]) == entry["score"]
            person, opportunity = (name, entry["id"]) if by_person else (entry["id"], name)
            assert opportunity not in answer["excluded"][person]


@settings(max_examples=100, deadline=None)
@given(questions(NONE))
def test_exposure_gini_and_never_shown_follow_from_the_lists(question):
    answer = answer_recommend(question | {"direction": "person"})
    exposure = dict.fromkeys(sorted(question["opportunities"]), 0.0)
    for entries in answer["lists"].values():
        for rank, entry in enumerate(entries, start=1):
            exposure[entry["id"]] += 1 / math.log2(rank + 1)
    assert answer["exposure"] == pytest.approx(exposure, abs=2e-9)
    assert answer["never_shown"] == [name for name, value in exposure.items() if value == 0]
    values = list(exposure.values())
    if sum(values):
        apart = sum(abs(a - b) for a in values for b in values)
        assert answer["gini"]["opportunities"] == pytest.approx(apart / (2 * len(values) * sum(values)), abs=1e-8)
    else:
        assert answer["gini"]["opportunities"] == 0


@settings(max_examples=150, deadline=None)
@given(questions(st.fixed_dictionaries({"rule": st.just("newcomer_share"), "one_in": st.integers(1, 4)})))
def test_among_neighbours_one_was_never_asked_where_one_is_left(question):
    question = question | {"direction": "opportunity"}
    one_in, persons = question["fairness"]["one_in"], question["persons"]
    answer = answer_recommend(question)
    for name, entries in answer["lists"].items():
        listed = [entry["id"] for entry in entries]
        new = {p for p in persons if persons[p].get("asked") == 0 and name not in answer["excluded"][p]}
        for start in range(len(listed) - one_in + 1):
            if not new & set(listed[start : start + one_in]):
                assert new <= set(listed[:start])
        assert len(listed) == len(plain.lists(question | {"fairness": {}})[name])


def test_the_newcomer_takes_the_last_of_five_places():
    persons = {f"p{n}": {"tags": {"t": 9 - n}, "asked": 2} for n in range(7)} | {"new": {"asked": 0}}
    question = {
        "k": 5,
        "direction": "opportunity",
        "weights": {"tags": 1},
        "persons": persons,
        "opportunities": {"o": {"tags": {"t": 1}}},
        "fairness": {"rule": "newcomer_share", "one_in": 5},
    }
    answer = answer_recommend(question)
    assert ids(answer, "o") == ["p0", "p1", "p2", "p3", "new"]
    assert answer["lists"]["o"][-1] == {"id": "new", "score": 0, "parts": []}
    assert answer["fair_places"] == {"o": ["new"]}


def test_prices_spread_the_showing_and_say_so():
    question = town(120, 40, fairness={"rule": "price", "rounds": 20, "pool": 20, "floor": 1})
    plainly, priced = answer_recommend(question | {"fairness": {"rule": "none"}}), answer_recommend(question)
    assert priced["gini"]["opportunities"] < plainly["gini"]["opportunities"] * 0.75
    assert 0.9 < priced["utility_kept"] < 1
    assert all(isinstance(price, int) and price >= 0 for price in priced["prices"].values())
    for entries in priced["lists"].values():
        for entry in entries:
            taken = [part["value"] for part in entry["parts"] if part["term"] == "price"]
            assert taken == ([-priced["prices"][entry["id"]]] if priced["prices"][entry["id"]] else [])


@settings(max_examples=60, deadline=None)
@given(
    questions(st.fixed_dictionaries({"rule": st.just("price"), "rounds": st.integers(0, 6), "pool": st.integers(1, 9)}))
)
def test_prices_never_make_the_showing_less_even(question):
    question = question | {"direction": "person"}
    before = answer_recommend(question | {"fairness": {"rule": "none"}})["gini"]["opportunities"]
    assert answer_recommend(question)["gini"]["opportunities"] <= before + 1e-5


@settings(max_examples=100, deadline=None)
@given(questions(st.sampled_from([{"rule": "none"}, {"rule": "price", "rounds": 5, "pool": 4}])))
def test_lists_stand_by_score_then_lottery_then_id(question):
    seed = question.get("lottery", {}).get("seed")
    for name, entries in answer_recommend(question)["lists"].items():
        keys = []
        for entry in entries:
            pair = (name, entry["id"]) if question.get("direction") == "opportunity" else (entry["id"], name)
            ticket = "" if seed is None else sha256("|".join((seed, *pair)).encode()).hexdigest()
            keys.append((-entry["score"], ticket, entry["id"]))
        assert keys == sorted(keys)


def test_renaming_organisations_changes_nothing_but_their_names():
    question = town(40, 20, fairness={"rule": "price"})
    renamed = json.loads(json.dumps(question))
    for one in renamed["opportunities"].values():
        one["organization"] = sha256(one["organization"].encode()).hexdigest()
    assert answer_recommend(renamed) == answer_recommend(question)


def test_equal_scores_stand_in_the_order_of_the_public_lottery():
    opportunities = {f"o{n}": {} for n in range(9)}
    question = {"persons": {"p": {}}, "opportunities": opportunities, "lottery": {"seed": "種"}}
    expected = sorted(opportunities, key=lambda name: sha256(f"種|{name}|p".encode()).hexdigest())
    assert ids(answer_recommend(question), "p") == expected
    del question["lottery"]
    assert ids(answer_recommend(question), "p") == sorted(opportunities)


def test_an_age_known_as_a_year_is_judged_by_both_ends():
    opportunities = {"from18": {"age": [18, 99]}, "to18": {"age": [0, 18]}, "to17": {"age": [0, 17]}}
    question = {"persons": {"p": {"age": [17, 18]}}, "opportunities": opportunities, "why_not": True}
    assert answer_recommend(question)["excluded"] == {"p": {"from18": "age", "to17": "age"}}


def test_the_first_limit_in_the_published_order_is_named():
    person = {
        "age": 15,
        "slots": [1],
        "languages": ["pt"],
        "stage": 0,
        "place": [35, 136],
        "reach_km": 1,
        "load": 3,
        "load_cap": 3,
        "blocked": ["o"],
        "resting": True,
    }
    opportunity = {
        "age": [18, 99],
        "slots": [2],
        "languages": ["ja"],
        "stage": 1,
        "place": [36, 136],
        "needs_consents": ["introduce"],
        "open": False,
    }
    cure = {
        "age": {"age": 20},
        "slots": {"slots": [2]},
        "languages": {"languages": ["ja"]},
        "stage": {"stage": 1},
        "place": {"reach_km": 200},
        "consents": {"consents": ["introduce"]},
        "load": {"load": 2},
        "blocked": {"blocked": []},
        "resting": {"resting": False},
    }
    seen = []
    for limit in (*cure, "open"):
        question = {"persons": {"p": person}, "opportunities": {"o": opportunity}, "why_not": True}
        seen.append(answer_recommend(question)["excluded"]["p"]["o"])
        person = person | cure.get(limit, {})
    assert seen == ["age", "slots", "languages", "stage", "place", "consents", "load", "blocked", "resting", "open"]


def test_the_reach_is_inclusive_to_the_metre():
    far = plain.metres([34.99, 136.08], [35.0, 136.1])
    question = {"persons": {"p": {"place": [34.99, 136.08]}}, "opportunities": {"o": {"place": [35.0, 136.1]}}}
    for reach, listed in ((far, ["o"]), (far - 1, [])):
        question["persons"]["p"]["reach_km"] = float(f"{reach // 1000}.{reach % 1000:03}")
        assert ids(answer_recommend(question), "p") == listed
    question["opportunities"]["o"]["online"] = True
    assert ids(answer_recommend(question), "p") == ["o"]


def test_numbers_beyond_64_bits_stay_exact():
    large = 10**20 + 1
    question = {
        "k": 1,
        "persons": {"p": {"tags": {"t": large}, "motivation": large}},
        "weights": {"tags": large, "motivation": 1},
        "opportunities": {
            "a": {"tags": {"t": large}, "motivation": 1},
            "b": {"tags": {"t": large}, "motivation": 2},
            "c": {},
        },
    }
    answer = answer_recommend(question)
    assert answer["lists"]["p"][0] == {
        "id": "b",
        "score": large**3 + 2 * large,
        "parts": [{"term": "tag:t", "value": large**3}, {"term": "motivation", "value": 2 * large}],
    }


def test_a_question_from_code_needs_no_json():
    instance = Instance(
        persons={
            "見本": Person(skills={"読む": 3}, slots=frozenset({1, 2}), consents=frozenset({"introduce"}), asked=0)
        },
        opportunities={
            "絵本": Opportunity(skills={"読む": 2}, slots=frozenset({1}), needs_consents=frozenset({"introduce"}))
        },
        k=3,
        direction="opportunity",
        weights={"skills": 2, "time": 5},
        seed="s",
        fairness=Fairness("newcomer_share", one_in=5),
    )
    (entry,) = recommend(instance).lists["絵本"]
    assert (entry.id, entry.score) == ("見本", 17)
    assert [(part.code, part.label, part.amount) for part in reasons(entry.parts)] == [
        ("skill", "読む", 6),
        ("time", "", 1),
    ]


def test_blocks_do_not_change_the_answer(monkeypatch):
    for direction in ("person", "opportunity"):
        question = town(60, 30, direction=direction, fairness={"rule": "price"}, why_not=True)
        whole = answer_recommend(question)
        monkeypatch.setattr("yui.engine.matching.judge.BLOCK", 70)
        assert answer_recommend(question) == whole
        monkeypatch.undo()


def test_an_empty_town_has_an_answer():
    answer = answer_recommend({"persons": {}, "opportunities": {}})
    assert answer["lists"] == {} and answer["gini"] == {"opportunities": 0, "organizations": 0} and answer["steps"]
    assert answer_recommend({"persons": {"p": {}}, "opportunities": {}})["lists"] == {"p": []}


def test_unknown_keys_are_named_and_do_nothing():
    question = {
        "persons": {"p": {"shoe": 3}},
        "opportunities": {"o": {"colour": 1}},
        "note": "x",
        "weights": {"luck": 1},
    }
    answer = answer_recommend(question)
    assert answer["ignored"] == ["note", "opportunities.o.colour", "persons.p.shoe", "weights.luck"]


def test_a_town_agrees_with_the_plain_reading():
    question = town(80, 40, why_not=True)
    answer = answer_recommend(load(json.dumps(question)))
    assert {n: [e["id"] for e in es] for n, es in answer["lists"].items()} == {
        n: [e[0] for e in es] for n, es in plain.lists(question).items()
    }
    random = Random(3)
    assert answer_recommend(shuffled(question, random)) == answer


def test_under_published_prices_one_person_sees_what_the_whole_town_s_run_showed_her():
    question = town(60, 20, fairness={"rule": "price", "rounds": 10, "pool": 20})
    whole = answer_recommend(question)
    published = {"rule": "price", "pool": 20, "prices": whole["prices"]}
    assert any(whole["prices"].values())
    for name in sorted(question["persons"])[:12]:
        alone = {**question, "persons": {name: question["persons"][name]}, "fairness": published}
        assert answer_recommend(alone)["lists"][name] == whole["lists"][name]


def test_without_published_prices_everything_is_as_without_a_rule():
    question = town(20, 10)
    plainly = answer_recommend(question | {"fairness": {"rule": "none"}})
    priced = answer_recommend(question | {"fairness": {"rule": "price", "prices": {}}})
    assert priced["lists"] == plainly["lists"] and priced["utility_kept"] == 1
