"""A roster answers as ``recommend`` does on the whole question, whoever of the persons is laid over it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yui.engine.matching import Person, read_instance, recommend
from yui.engine.matching.among import among
from yui.engine.matching.roster import RosterMaker, Standing
from yui.engine.matching.tests.questions import fairness, ids, questions

WITHOUT_PRICES = fairness.filter(lambda rule: rule["rule"] != "price")


def roster_of(persons):
    maker = RosterMaker()
    for name in sorted(persons):
        maker.add(name, persons[name])
    return maker.made()


def standing_of(roster, persons, opportunity):
    rows = [persons[roster.name(row)] for row in range(len(roster))]
    return Standing(
        there=np.ones(len(rows), dtype=bool),
        asked=np.array([-1 if p.asked is None else p.asked for p in rows], dtype=np.int64),
        load=np.array([p.load for p in rows], dtype=np.int64),
        resting=np.array([p.resting for p in rows], dtype=bool),
        blocked=np.array([opportunity in p.blocked for p in rows], dtype=bool),
    )


@settings(max_examples=300, deadline=None)
@given(questions(WITHOUT_PRICES), st.sets(ids), st.sets(ids))
def test_the_answer_is_that_of_the_whole_question(question, changed, stale):
    question["direction"] = "opportunity"
    whole = read_instance(question)
    for name in whole.opportunities:
        one = {**question, "opportunities": {name: question["opportunities"][name]}}
        instance = read_instance(one)
        expected = recommend(instance)
        laid_over = {key: row for key, row in one["persons"].items() if key in changed}
        held = {key: row for key, row in instance.persons.items() if key not in laid_over}
        roster = roster_of({**{key: Person() for key in stale}, **held})
        standing = standing_of(roster, {**{key: Person() for key in stale}, **held}, name)
        for row in range(len(roster)):
            standing.there[row] = roster.name(row) in held
        answer = among(roster, standing, read_instance({**one, "persons": laid_over}))
        assert answer.entries == expected.lists[name]
        assert answer.excluded_by == expected.excluded_by
        assert answer.considered == len(instance.persons)
        assert sorted(answer.fitting()) == sorted(key for key, why in expected.excluded.items() if not why)
        for limit in expected.excluded_by:
            assert sorted(answer.left_out(limit)) == sorted(
                key for key, why in expected.excluded.items() if limit in why.values()
            )


def test_persons_come_in_order_and_large_numbers_are_refused():
    maker = RosterMaker()
    maker.add("b", Person())
    with pytest.raises(ValueError, match="ascending"):
        maker.add("a", Person())
    with pytest.raises(OverflowError):
        maker.add("c", Person(skills={"本": 2**31}))
    assert maker.made().rows_of(["a", "b", "c"]).tolist() == [-1, 0, -1]


def test_prices_are_not_answered_from_a_roster():
    question = {"persons": {}, "opportunities": {"a": {}}, "fairness": {"rule": "price"}}
    with pytest.raises(ValueError, match="prices"):
        among(roster_of({}), Standing.plain(0), read_instance(question))


@settings(max_examples=100, deadline=None)
@given(questions(WITHOUT_PRICES), st.sets(ids))
def test_a_roster_without_some_is_the_roster_of_the_others(question, gone):
    persons = read_instance(question).persons
    left, made = (
        roster_of(persons).without(sorted(gone)),
        roster_of({k: p for k, p in persons.items() if k not in gone}),
    )
    assert left.names.tolist() == made.names.tolist()
    assert left.motivation.tolist() == made.motivation.tolist()
    for name, found in made.classes.items():
        assert set(left.classes[name].values) == set(found.values)
        assert left.by_class(name, repr, object).tolist() == made.by_class(name, repr, object).tolist()
    for term, held in made.held.items():
        assert set(left.held[term].keys) == set(held.keys)
        for key in held.keys:
            assert [part.tolist() for part in left.held[term].of(key)] == [part.tolist() for part in held.of(key)]
