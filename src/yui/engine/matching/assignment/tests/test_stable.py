"""The stable track: worked cases, and properties against every matching of small questions."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yui.engine.matching.assignment import answer_assign
from yui.engine.matching.assignment.tests import towns

PLAIN = {"minima": False, "regions": False}


@settings(max_examples=150, deadline=None)
@given(towns.instances())
def test_answers_are_feasible_and_stable_wherever_a_stable_outcome_exists(asked):
    answer = answer_assign(asked)
    pairs, coalitions = towns.objections(asked, towns.lines(asked), answer["matching"])
    assert towns.feasible(asked, answer["matching"])
    assert pairs == []
    assert coalitions == sorted(one["program"] for one in answer.get("willing_coalitions", ()))
    assert bool(coalitions) == (next(towns.stable_matchings(asked), None) is None)


@settings(max_examples=120, deadline=None)
@given(towns.instances(**PLAIN))
def test_without_minima_and_regions_the_asking_side_has_its_best(asked):
    mine = answer_assign(asked)["matching"]
    line = towns.lines(asked)
    for other in towns.stable_matchings(asked):
        if asked["orientation"] == "person":
            for name, person in asked["persons"].items():
                both = sorted({*mine[name], *other[name]}, key=person["prefs"].index)
                assert mine[name] == both[: person["max"]]
        else:
            ours, theirs = towns.inside(asked, mine), towns.inside(asked, other)
            for a in asked["programs"]:
                both = {*ours[a], *theirs[a]}
                assert set(ours[a]) == towns.chosen(asked, line, a, both, len(ours[a]))


@settings(max_examples=150, deadline=None)
@given(towns.instances(**PLAIN, several=False), st.data())
def test_nobody_gains_by_other_wishes_on_the_plain_track(asked, data):
    if not asked["persons"]:
        return
    asked["orientation"] = "person"
    name = data.draw(st.sampled_from(sorted(asked["persons"])))
    wishes = asked["persons"][name]["prefs"]
    told = data.draw(st.lists(st.sampled_from(sorted(asked["programs"])), unique=True))
    honest = answer_assign(asked)["matching"][name]
    asked["persons"][name]["prefs"] = told
    other = answer_assign(asked)["matching"][name]

    def place(mine):
        return wishes.index(mine[0]) if mine and mine[0] in wishes else len(wishes)

    assert place(honest) <= place(other)


@settings(max_examples=80, deadline=None)
@given(towns.instances(), st.integers(0, 9))
def test_the_order_of_the_input_changes_nothing(asked, seed):
    random = Random(seed)
    other = towns.shuffled(asked, random)
    for rule in other["programs"].values():
        if "prio" in rule:
            rule["prio"] = [random.sample(one, len(one)) if isinstance(one, list) else one for one in rule["prio"]]
    assert answer_assign(other) == answer_assign(asked)


@settings(max_examples=80, deadline=None)
@given(towns.instances(regions=False))
def test_new_names_change_nothing_under_a_published_order(asked):
    """Without regions: their turns have no lottery of their own where only persons are drawn."""
    asked["lottery"] = {"order": sorted(asked["persons"])}
    new = {name: f"新{99 - n}" for n, name in enumerate(asked["persons"])}
    renamed = asked | {
        "persons": {new[name]: person for name, person in asked["persons"].items()},
        "lottery": {"order": [new[name] for name in asked["lottery"]["order"]]},
        "weights": {},
        "programs": {
            a: rule
            if "prio" not in rule
            else rule | {"prio": [[new[n] for n in one] if isinstance(one, list) else new[one] for one in rule["prio"]]}
            for a, rule in asked["programs"].items()
        },
    }
    before, after = answer_assign(asked), answer_assign(renamed)
    assert after["matching"] == {new[name]: mine for name, mine in before["matching"].items()}
    assert after["unmatched"] == {new[name]: code for name, code in before["unmatched"].items()}


@settings(max_examples=80, deadline=None)
@given(towns.instances())
def test_the_cancelled_and_the_unplaced_are_named_exactly(asked):
    answer = answer_assign(asked)
    held = towns.inside(asked, answer["matching"])
    gone = [a for a, rule in sorted(asked["programs"].items()) if rule.get("min") and not held[a]]
    assert [one["program"] for one in answer["cancelled"]] == gone
    for one in answer["cancelled"]:
        assert one["wanted_by"] == sorted(n for n, p in asked["persons"].items() if one["program"] in p["prefs"])
    assert list(answer["unmatched"]) == sorted(n for n, mine in answer["matching"].items() if not mine)


def test_the_example_of_the_contract():
    asked = {
        "track": "stable",
        "persons": {f"p{n}": {"prefs": ["A", "B"], "max": 1, "groups": ["g"] if n == 3 else []} for n in range(1, 4)},
        "programs": {"A": {"cap": 1, "prio": ["p2", ["p1", "p3"]]}, "B": {"cap": 1, "reserve": {"group": "g", "n": 1}}},
        "lottery": {"order": ["p1", "p2", "p3"]},
    }
    answer = answer_assign(asked)
    assert answer["matching"] == {"p1": [], "p2": ["A"], "p3": ["B"]}
    assert answer["unmatched"] == {"p1": "outranked"}
    assert answer["lottery"] == {"rule": "order", "orders": {"A": ["p2", "p1", "p3"], "B": ["p1", "p2", "p3"]}}


def test_where_no_outcome_is_stable_the_answer_says_so():
    """With 甲 running, 二 goes to 乙 and 甲 lacks one; without 甲, both would prefer it to what is left."""
    asked = {
        "persons": {"一": {"prefs": ["甲", "乙"]}, "二": {"prefs": ["乙", "甲"]}},
        "programs": {"甲": {"cap": 2, "min": 2}, "乙": {"cap": 1}},
        "lottery": {"order": ["一", "二"]},
    }
    answer = answer_assign(asked)
    assert answer["matching"] == {"一": ["乙"], "二": []}
    assert answer["willing_coalitions"] == [{"program": "甲", "persons": ["一", "二"]}]
    assert answer["cancelled"] == [{"program": "甲", "why": "too_few_came", "wanted_by": ["一", "二"]}]
    assert answer["unmatched"] == {"二": "lottery"}
    assert "no_stable_outcome" in [step["rule"] for step in answer["steps"]]


@pytest.mark.parametrize("orientation", ["person", "program"])
@pytest.mark.parametrize(("share", "regions"), [(0.0, 0), (0.6, 0), (0.6, 3), (0.0, 3)])
def test_larger_towns_stay_sound(orientation, share, regions):
    asked = towns.crowd(300, 20, 6, share=share, regions=regions) | {"orientation": orientation}
    for person in asked["persons"].values():
        person["groups"] = []
    answer = answer_assign(asked)
    pairs, coalitions = towns.objections(asked, towns.lines(asked), answer["matching"])
    assert towns.feasible(asked, answer["matching"]) and pairs == []
    assert coalitions == sorted(one["program"] for one in answer.get("willing_coalitions", ()))


def test_an_empty_town_has_an_answer():
    answer = answer_assign({"persons": {}, "programs": {}})
    assert answer["matching"] == {} and answer["cancelled"] == [] and answer["unmatched"] == {} and answer["steps"]
    welfare = answer_assign({"track": "welfare", "persons": {"p": {}}, "programs": {}})
    assert welfare["value"] == 0 and welfare["unmatched"] == {"p": "no_wishes"} and welfare["quality"]["bound"] == 0
