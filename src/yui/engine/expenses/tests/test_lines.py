"""Each line to the yen, by the rules of the profile."""

import pytest

from yui.engine.expenses import answer_expenses
from yui.engine.faults import Faults
from yui.engine.profile import shipped_profile

HAND = ["a receipt"]


def judged(profile, **line):
    answer = answer_expenses({"profile": profile, "lines": [{"id": "L", "evidence": HAND} | line]})
    return answer["lines"][0]


KURIHARA = [
    ({"category": "lodging", "paid": 11801, "nights": 1, "people": 1, "meals": 0}, 11800, ["listed", "night_limit"]),
    ({"category": "lodging", "paid": 11800}, 11800, ["listed"]),
    ({"category": "lodging", "paid": 75000, "nights": 2, "people": 3}, 70800, ["listed", "night_limit"]),
    ({"category": "lodging", "paid": 12800, "meals": 1500}, 11300, ["listed", "food_excluded"]),
    ({"category": "lodging", "paid": 15000, "meals": 1500}, 11800, ["listed", "food_excluded", "night_limit"]),
    ({"category": "lodging", "paid": 22000, "stays": [9000, 13000]}, 20800, ["listed", "night_limit"]),
    ({"category": "lodging", "stays": [9000, 13000]}, 20800, ["listed", "night_limit"]),
    ({"category": "travel", "paid": 4000, "cheapest": 3500}, 3500, ["listed", "cheapest_route"]),
    ({"category": "travel", "paid": 4000, "cheapest": 4500}, 4000, ["listed"]),
    ({"category": "travel", "paid": 4000}, 4000, ["listed"]),
    ({"category": "rental", "paid": 9000, "own_supply_cost": 7000}, 7000, ["listed", "own_supply_at_cost"]),
    ({"category": "rental", "paid": 9000}, 9000, ["listed"]),
    ({"category": "personnel", "rate": 1850, "hours": "7.3"}, 13505, ["listed", "rate_times_hours"]),
    ({"category": "personnel", "rate": 1999, "hours": "0.001"}, 1, ["listed", "rate_times_hours"]),
    ({"category": "personnel", "paid": 14000, "rate": 1850, "hours": 7}, 12950, ["listed", "rate_times_hours"]),
    ({"category": "other", "paid": 500, "date": "2024-08-02", "consulted_on": "2024-08-01"}, 500, ["listed"]),
    ({"category": "other", "paid": 500, "date": "2024-08-02", "consulted_on": "2024-08-02"}, 0, ["listed", "not_consulted"]),
    ({"category": "other", "paid": 500, "date": "2024-08-02"}, 0, ["listed", "not_consulted"]),
    ({"category": "other", "paid": 500, "consulted_on": "2024-08-02"}, 0, ["listed", "not_consulted"]),
    ({"category": "honorarium", "paid": 20251, "class": "A", "minutes": 70, "one_way_km": "320"}, 20250,
     ["listed", "honorarium_table"]),
    ({"category": "honorarium", "paid": 5000, "class": "C", "minutes": 60}, 5000, ["listed"]),
    ({"category": "equipment", "paid": 9000}, 0, ["refused"]),
    ({"category": "printing", "paid": 0}, 0, ["listed"]),
    ({"category": "printing", "paid": 900, "sources": [{"source": "contract", "amount": 600}]}, 600,
     ["listed", "contract_part"]),
    ({"category": "printing", "paid": 900, "sources": [{"source": "contract", "amount": 900}]}, 900, ["listed"]),
    ({"category": "printing", "paid": 900, "sources": [{"source": "city", "amount": 900}]}, 0,
     ["listed", "contract_part"]),
    ({"category": "printing", "paid": 900,
      "sources": [{"source": "contract", "amount": 600}, {"source": "city", "amount": 301}]}, 0,
     ["listed", "sources_exceed_claimed"]),
    ({"category": "printing", "paid": 900, "sources": []}, 900, ["listed"]),
]  # fmt: skip


@pytest.mark.parametrize(("line", "eligible", "rules"), KURIHARA, ids=range(len(KURIHARA)))
def test_a_line_of_kurihara(line, eligible, rules):
    found = judged("kurihara", **line)
    assert (found["eligible"], found["rules"]) == (eligible, rules)
    assert found["claimed"] == found["eligible"] + found["ineligible"]
    assert found["settleable"] is (eligible > 0)


@pytest.mark.parametrize("code", ["assistants", "facility", "rental", "travel", "lodging", "communications",
                                  "consumables", "printing"])  # fmt: skip
def test_without_evidence_it_may_stand_but_not_be_settled(code):
    for evidence in (None, []):
        found = judged("kurihara", category=code, paid=100, evidence=evidence)
        assert (found["eligible"], found["settleable"], found["rules"]) == (100, False, ["listed", "no_evidence"])


def test_wages_and_the_fee_are_settled_without_a_receipt():
    assert judged("kurihara", category="personnel", rate=1000, hours=1, evidence=None)["settleable"] is True
    assert judged("kurihara", category="management_fee", paid=100, evidence=None)["settleable"] is True


def test_every_category_of_the_document_is_one_or_the_other():
    rules = shipped_profile("kurihara").expenses
    assert set(rules.categories) == {
        "management_fee", "personnel", "assistants", "facility", "rental", "travel", "lodging", "communications",
        "consumables", "printing", "honorarium", "other",
    }  # fmt: skip
    assert set(rules.refused) == {
        "overhead", "equipment", "property", "works", "entertainment", "merchandise", "gifts", "unrelated",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "eligible", "rules"),
    [
        ({"category": "personnel", "rate": 1500, "hours": "2.5", "evidence": None}, 3750, ["listed"]),
        ({"category": "travel", "paid": 4000, "evidence": None}, 4000, ["listed"]),
        ({"category": "facility", "paid": 4000}, 0, ["refused"]),
        ({"category": "works", "paid": 4000}, None, None),
        ({"category": "other", "paid": 4000, "date": "2025-08-02"}, 0, ["listed", "not_consulted"]),
    ],
)
def test_a_line_of_unnan(line, eligible, rules):
    if eligible is None:
        with pytest.raises(Faults, match="not_one_of"):
            judged("unnan", **line)
        return
    found = judged("unnan", **line)
    assert (found["eligible"], found["rules"], found["settleable"]) == (eligible, rules, eligible > 0)


def test_sanda_takes_any_code():
    found = judged("sanda", category="anything", paid=4000, date="2025-08-02", evidence=None)
    assert (found["eligible"], found["settleable"], found["rules"]) == (4000, True, ["any_category"])
