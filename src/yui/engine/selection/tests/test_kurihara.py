"""Kurihara: distinct ranks in each sheet, their sum, the majority at 60, the lower estimate, then the committee."""

import pytest

from yui.engine.faults import Faults
from yui.engine.selection import answer_select
from yui.engine.selection.tests.cases import call, changed, proposal

THREE = {"M1": {"A": 90, "B": 80, "C": 70}, "M2": {"A": 80, "B": 90, "C": 70}, "M3": {"A": 90, "B": 70, "C": 80}}


def test_the_smallest_sum_of_ranks_is_chosen():
    answer = answer_select(call("kurihara", THREE))
    assert (answer["status"], answer["winner"], answer["order"]) == ("selected", "A", ["A", "B", "C"])
    assert answer["table"]["A"] == {
        "totals": {"M1": 90, "M2": 80, "M3": 90}, "ranks": {"M1": 1, "M2": 2, "M3": 1}, "rank_sum": 4,
    }  # fmt: skip
    assert [step["rule"] for step in answer["steps"]] == [
        "read", "ranks_with_floor", "ranks_with_floor", "ranks_with_floor", "rank_sums", "majority", "selected",
    ]  # fmt: skip


def test_below_sixty_gets_the_number_ranked_and_one():
    points = {"M1": {"A": 90, "B": 59, "C": 40}, "M2": {"A": 61, "B": 95, "C": 60}, "M3": {"A": 59, "B": 80, "C": 60}}
    table = answer_select(call("kurihara", points))["table"]
    assert table["A"]["ranks"] == {"M1": 1, "M2": 2, "M3": 3}
    assert table["B"]["ranks"] == {"M1": 2, "M2": 1, "M3": 1}
    assert table["C"]["ranks"] == {"M1": 2, "M2": 3, "M3": 2}


def test_more_than_half_must_give_sixty_and_the_struck_keep_their_place():
    points = {"M1": {"A": 99, "B": 70}, "M2": {"A": 99, "B": 70}, "M3": {"A": 59, "B": 70}, "M4": {"A": 59, "B": 70}}
    answer = answer_select(call("kurihara", points))
    assert (answer["winner"], answer["not_selectable"]) == ("B", {"A": "no_majority"})
    assert answer["table"]["B"]["ranks"] == {"M1": 2, "M2": 2, "M3": 1, "M4": 1}


@pytest.mark.parametrize(("reached", "status"), [(2, "no_candidate"), (3, "selected")])
def test_one_proposal_needs_the_same_majority(reached, status):
    points = {f"M{n}": {"A": 60 if n < reached else "59.9"} for n in range(4)}
    assert answer_select(call("kurihara", points))["status"] == status


def test_equal_totals_need_the_members_order():
    points = {"M1": {"A": 70, "B": "70.0", "C": 59, "D": 59}}
    answer = answer_select(call("kurihara", points))
    assert (answer["status"], answer["winner"], answer["order"]) == ("sheets_incomplete", None, [])
    assert answer["incomplete"] == [{"member": "M1", "proposal": None, "why": "equal_totals_without_order"}]
    assert answer_select(call("kurihara", points, orders={"M1": ["A"]}))["status"] == "sheets_incomplete"
    assert answer_select(call("kurihara", points, orders={"M1": ["C", "B", "A"]}))["winner"] == "B"


def test_an_order_does_not_turn_unequal_totals():
    points = {"M1": {"A": 90, "B": 70}}
    assert answer_select(call("kurihara", points, orders={"M1": ["B", "A"]}))["winner"] == "A"


def test_what_keeps_sheets_from_being_complete_is_named():
    points = {"M1": {"A": None, "B": 101, "C": -1}, "M2": {"A": 70}, "M3": {"A": 70, "B": 71, "C": 72}}
    answer = answer_select(call("kurihara", points, members=["M4", "M3", "M2", "M1"]))
    assert answer["incomplete"] == [
        {"member": "M1", "proposal": "A", "why": "blank"},
        {"member": "M1", "proposal": "B", "why": "out_of_range"},
        {"member": "M1", "proposal": "C", "why": "out_of_range"},
        {"member": "M2", "proposal": "B", "why": "no_sheet"},
        {"member": "M2", "proposal": "C", "why": "no_sheet"},
        {"member": "M4", "proposal": None, "why": "no_sheet"},
    ]


def test_items_are_summed_by_the_codes_of_the_profile():
    codes = ["i1", "i2", "i3", "ro1", "ro2", "ro3", "ro4", "ro5", "ro6", "ha1"]
    asked = call("kurihara", {"M1": {"A": 60}})
    asked["sheets"]["M1"]["A"] = {"items": dict.fromkeys(codes, "6.5")}
    assert answer_select(asked)["table"]["A"]["totals"] == {"M1": 65}
    for items, why in (
        (dict.fromkeys(codes[1:], 6), "blank"),
        (dict.fromkeys(codes, 6) | {"i1": None}, "blank"),
        (dict.fromkeys(codes, 6) | {"ha1": 11}, "out_of_range"),
    ):
        asked["sheets"]["M1"]["A"] = {"items": items}
        assert answer_select(asked)["incomplete"] == [{"member": "M1", "proposal": "A", "why": why}]


TIED = {"M1": {"A": 90, "B": 80}, "M2": {"A": 80, "B": 90}}


def test_equal_sums_go_to_the_lower_estimate():
    answer = answer_select(call("kurihara", TIED, estimates={"A": 3_000_001}))
    assert (answer["winner"], answer["order"], answer["tied"]) == ("B", ["B", "A"], [])
    assert "tie_lower_estimate" in [step["rule"] for step in answer["steps"]]


def test_equal_estimates_stop_for_the_committee():
    asked = call("kurihara", TIED)
    answer = answer_select(asked)
    assert (answer["status"], answer["winner"], answer["tied"]) == ("committee_required", None, ["A", "B"])
    assert answer["order"] == ["A", "B"]
    decided = answer_select(asked | {"committee_decision": "B"})
    assert (decided["status"], decided["winner"], decided["tied"]) == ("selected", "B", ["A", "B"])
    assert (decided["order"], decided["ignored"]) == (["B", "A"], [])


def test_a_decision_where_nothing_is_tied_has_no_effect():
    answer = answer_select(call("kurihara", THREE, committee_decision="C"))
    assert (answer["winner"], answer["ignored"]) == ("A", ["committee_decision"])


def test_a_decision_outside_the_tie_is_a_fault():
    points = {"M1": {"A": 90, "B": 80, "C": 70}, "M2": {"A": 80, "B": 90, "C": 70}}
    with pytest.raises(Faults) as refusal:
        answer_select(call("kurihara", points, committee_decision="C"))
    assert [(fault.path, fault.code) for fault in refusal.value.faults] == [
        (("committee_decision",), "outside_the_tie")
    ]


def test_who_is_out_before_ranking_leaves_no_trace_in_the_ranks():
    asked = call("kurihara", THREE, cap=3_000_000)
    for change, why in (
        ({"withdrawn": "before_notice"}, "withdrawn"),
        ({"disqualified": "before_notice"}, "disqualified"),
        ({"estimate": 3_000_001}, "over_cap"),
    ):
        answer = answer_select(changed(asked, "A", **change))
        assert answer["not_selectable"] == {"A": why}
        assert answer["table"]["B"]["ranks"] == {"M1": 1, "M2": 1, "M3": 2}
        assert (answer["winner"], answer["order"]) == ("B", ["B", "C"])


def test_two_live_proposals_of_one_applicant_are_both_out():
    asked = changed(changed(call("kurihara", THREE), "A", applicant="x"), "B", applicant="x")
    answer = answer_select(asked)
    assert (answer["winner"], answer["not_selectable"]) == ("C", {"A": "two_proposals", "B": "two_proposals"})
    healed = answer_select(changed(asked, "A", withdrawn="before_notice"))
    assert (healed["winner"], healed["not_selectable"]) == ("B", {"A": "withdrawn"})


def test_the_winner_struck_after_the_notice_leaves_the_next_recorded():
    answer = answer_select(changed(call("kurihara", THREE), "A", withdrawn="after_notice"))
    assert (answer["status"], answer["winner"], answer["order"]) == ("selected", "B", ["B", "C"])
    assert answer["not_selectable"] == {"A": "withdrawn"}
    assert answer["table"]["B"]["ranks"] == {"M1": 2, "M2": 1, "M3": 3}


def test_a_decided_tie_stays_recorded_when_its_winner_is_struck():
    asked = changed(call("kurihara", TIED, committee_decision="A"), "A", disqualified="after_notice")
    answer = answer_select(asked)
    assert (answer["status"], answer["winner"], answer["tied"]) == ("selected", "B", [])


def test_nobody_proposed():
    answer = answer_select({"profile": "kurihara", "proposals": [], "members": ["M1"], "sheets": {}})
    assert answer["status"] == "no_candidate"
    assert answer["steps"]


def test_everybody_is_out():
    asked = {"profile": "kurihara", "members": ["M1"], "proposals": [proposal("A", withdrawn="before_notice")]}
    assert answer_select(asked)["status"] == "no_candidate"
