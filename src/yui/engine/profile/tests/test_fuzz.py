"""Whatever stands in a profile or a question, the answer is an answer or a list of faults: never another exception."""

import json
from copy import deepcopy

from hypothesis import given, settings
from hypothesis import strategies as st

from yui.engine.expenses import answer_expenses, answer_honorarium
from yui.engine.faults import Faults
from yui.engine.profile.read import shipped
from yui.engine.selection import answer_deposit, answer_receipt, answer_select, answer_shortlist, answer_window
from yui.engine.selection.tests.cases import call
from yui.engine.sentences import line

KURIHARA, SANDA = (json.loads(json.dumps(shipped(name))) for name in ("kurihara", "sanda"))
QUESTIONS = [
    (answer_select, call("kurihara", {"M1": {"A": 90, "B": 80}, "M2": {"A": 80, "B": 90}}, cap=3_000_000,
                         orders={"M1": ["A", "B"]}, committee_decision="A") | {"profile": KURIHARA}),
    (answer_select, call("sanda", {"M1": {"A": 60, "B": 60}}, themes={"M1": {"A": 30, "B": 30}}) | {"profile": SANDA}),
    (answer_shortlist, {"profile": SANDA, "qualified": [{"id": f"Q{n}", "stage1": n} for n in range(7)]}),
    (answer_window, {"profile": SANDA, "clock": "explanation", "notice_date": "2025-07-18"}),
    (answer_receipt, {"profile": SANDA, "kind": "papers", "deadline": "2025-07-08T16:00:00+09:00", "channel": "hand",
                      "received_at": "2025-07-08T10:00:00+09:00"}),
    (answer_deposit, {"profile": SANDA, "amount": 41_640_000, "head_office_in_town": True}),
    (answer_honorarium, {"profile": KURIHARA, "class": "A", "minutes": 70, "one_way_km": "320", "paid": 9}),
    (answer_expenses, {"profile": KURIHARA, "phase": "settlement", "lines": [
        {"id": "L1", "category": "lodging", "paid": 11801, "nights": 1, "people": 1, "meals": 0, "tax": 3,
         "date": "2024-08-01", "evidence": ["r"], "stays": [1, 2], "sources": [{"source": "contract", "amount": 5}]},
        {"id": "L2", "category": "personnel", "rate": 1850, "hours": "1082", "evidence": ["t"]},
        {"id": "L3", "category": "honorarium", "class": "A", "minutes": 9, "one_way_km": "9.5", "paid": 5},
        {"id": "L4", "category": "management_fee", "paid": 5}, {"id": "L5", "category": "other", "paid": 5,
         "date": "2024-08-01", "consulted_on": "2024-07-01"}, {"id": "L6", "category": "travel", "paid": 5, "cheapest": 4},
        {"id": "L7", "category": "rental", "paid": 5, "own_supply_cost": 4}]}),
    (answer_expenses, {"profile": SANDA, "lines": [{"id": "L", "category": "x", "paid": 7, "date": "2025-08-01"}]}),
]  # fmt: skip

ODD = st.one_of(
    st.sampled_from([
        None, True, False, 0, -1, 1, 10**29, 10**31, 0.5, float("1e308"), "", "x", "1/10", "0/1", "6/5", "59.8", "-3", "1e5",
        "2025-02-30", "2025-07-18", "9999-12-31", "2025-07-18T10:00:00+09:00", "24:00", "\ud800", "{x}", "|", [], {},
        [None], [[]], {"a": None}, {"total": 1}, "committee", "contract",
    ]),
    st.text(max_size=3),
    st.integers(),
)  # fmt: skip


def places(value, path=()):
    yield path
    if isinstance(value, dict):
        for key in value:
            yield from places(value[key], (*path, key))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from places(inner, (*path, at))


PLACES = [list(places(question))[1:] for _, question in QUESTIONS]


@settings(max_examples=1000, deadline=None)
@given(data=st.data())
def test_one_or_two_odd_values_anywhere(data):
    which = data.draw(st.integers(0, len(QUESTIONS) - 1))
    answer, question = QUESTIONS[which]
    asked = deepcopy(question)
    for path in data.draw(st.lists(st.sampled_from(PLACES[which]), min_size=1, max_size=2)):
        at = asked
        try:
            for step in path[:-1]:
                at = at[step]
            at[path[-1]] = data.draw(ODD)
        except (KeyError, IndexError, TypeError):
            continue
    try:
        found = answer(asked)
    except Faults as wrong:
        assert wrong.faults
        assert all("\n" not in line(fault, "selection") for fault in wrong.faults)
    else:
        assert found["steps"]
        json.dumps(found, ensure_ascii=False).encode()
