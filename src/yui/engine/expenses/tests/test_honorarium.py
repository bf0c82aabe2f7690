"""The table of honoraria, and the question."""

import pytest

from yui.engine.expenses import answer_honorarium
from yui.engine.faults import Faults


def ask(**given):
    return answer_honorarium({"profile": "kurihara", "class": "A", "minutes": 60, "paid": 0} | given)


@pytest.mark.parametrize(
    ("mark", "minutes", "km", "steps", "hourly", "limit"),
    [
        ("A", 1, 0, 2, 9000, 9000),
        ("A", 60, "0", 2, 9000, 9000),
        ("A", 61, 0, 3, 9000, 13500),
        ("A", 90, 0, 3, 9000, 13500),
        ("A", 91, 0, 4, 9000, 18000),
        ("A", 70, "320", 3, 13500, 20250),
        ("B", 60, 150, 2, 8000, 8000),
        ("B", 60, "150.1", 2, 9600, 9600),
        ("B", 60, "299.999", 2, 9600, 9600),
        ("B", 60, 300, 2, 12000, 12000),
        ("C", 150, 301, 5, 10500, 26250),
    ],
)
def test_time_and_distance(mark, minutes, km, steps, hourly, limit):
    found = ask(minutes=minutes, one_way_km=km, paid=limit + 1, **{"class": mark})
    assert (found["billed_half_hours"], found["hourly"], found["limit"]) == (steps, hourly, limit)
    assert (found["eligible"], found["ineligible"]) == (limit, 1)
    assert found["steps"]


def test_less_than_the_table_is_allowed():
    found = ask(paid=5000)
    assert (found["eligible"], found["ineligible"]) == (5000, 0)


def test_a_table_with_parts_of_a_yen_needs_a_rounding():
    table = {"classes": {"S": 3333}, "least_minutes": 60, "step_minutes": 30, "step_share": "1/2", "surcharges": []}
    asked = {"profile": {"name": "own", "honorarium": table}, "class": "S", "minutes": 90, "paid": 9999}
    with pytest.raises(Faults) as refusal:
        answer_honorarium(asked)
    assert str(refusal.value) == "profile.honorarium.rounding: rounding_needed"
    for rounding, limit in (("up", 5000), ("down", 4999)):
        asked["profile"]["honorarium"]["rounding"] = rounding
        assert answer_honorarium(asked)["limit"] == limit


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"class": "D"}, "class: not_one_of"),
        ({"minutes": 0}, "minutes: too_small"),
        ({"minutes": 61.5}, "minutes: not_integer"),
        ({"minutes": None}, "minutes: missing"),
        ({"one_way_km": 150.1}, "one_way_km: not_exact"),
        ({"one_way_km": "-1"}, "one_way_km: too_small"),
        ({"paid": None}, "paid: missing"),
        ({"paid": -5}, "paid: too_small"),
        ({"profile": "sanda"}, "profile: no_such_rules"),
    ],
)
def test_bad_questions(given, told):
    with pytest.raises(Faults) as refusal:
        ask(**given)
    assert str(refusal.value) == told
