"""Sanda: two stages added, the mean at 60, themes, the lower estimate, then the committee; no automatic successor."""

from yui.engine.selection import answer_select
from yui.engine.selection.tests.cases import call, changed

TWO = {"M1": {"A": 70, "B": 60}, "M2": {"A": 60, "B": 65}, "M3": {"A": 55, "B": 57}}
EQUAL = {"M1": {"A": 70, "B": 60}, "M2": {"A": 60, "B": 70}}


def themes(**given):
    return {member: dict(zip("AB", pair, strict=True)) for member, pair in given.items()}


def test_the_highest_sum_of_both_stages_is_chosen():
    answer = answer_select(call("sanda", TWO))
    assert (answer["status"], answer["winner"], answer["order"]) == ("selected", "A", ["A", "B"])
    assert answer["table"]["A"] == {
        "totals": {"M1": 70, "M2": 60, "M3": 55}, "total": 215, "themes": None, "mean": "215/3",
    }  # fmt: skip


def test_means_are_exact_and_written_exactly():
    answer = answer_select(call("sanda", {"M1": {"A": "59.8"}, "M2": {"A": "49.9"}}))
    assert answer["table"]["A"]["mean"] == "64.85"


def test_a_mean_below_sixty_is_not_selectable_whatever_the_order():
    points = {"M1": {"A": 50}, "M2": {"A": 50}, "M3": {"A": "49.9"}}
    answer = answer_select(call("sanda", points))
    assert (answer["status"], answer["not_selectable"]) == ("no_candidate", {"A": "below_floor"})
    assert answer_select(call("sanda", points | {"M3": {"A": 50}}))["winner"] == "A"


def test_an_unsuitable_estimate_is_never_selectable():
    answer = answer_select(changed(call("sanda", TWO), "A", estimate_unsuitable=True))
    assert (answer["winner"], answer["not_selectable"]) == ("B", {"A": "estimate_unsuitable"})


def test_ties_go_to_the_themes_first():
    asked = call("sanda", EQUAL, themes=themes(M1=(30, 31), M2=(30, "30.5")), estimates={"A": 1})
    answer = answer_select(asked)
    assert (answer["winner"], answer["table"]["B"]["themes"]) == ("B", "61.5")


def test_then_to_the_lower_estimate_then_to_the_committee():
    even = themes(M1=(30, 30), M2=(30, 30))
    assert answer_select(call("sanda", EQUAL, themes=even, estimates={"B": 1}))["winner"] == "B"
    answer = answer_select(call("sanda", EQUAL, themes=even))
    assert (answer["status"], answer["tied"]) == ("committee_required", ["A", "B"])


def test_a_tie_that_needs_points_nobody_wrote_is_incomplete():
    partly = themes(M1=(30, None), M2=(30, 30))
    answer = answer_select(call("sanda", EQUAL, themes=partly))
    assert answer["incomplete"] == [{"member": "M1", "proposal": "B", "why": "blank"}]
    assert answer_select(call("sanda", TWO, themes=None))["status"] == "selected"


def test_theme_points_come_from_the_items():
    codes = {"b1": 5, "b2": 5, "b3": 5, "t1_1": 15, "t1_2": 10, "t1_3": 10, "t1_4": 10, "t2_1": 10, "t2_2": 5,
             "o1": 5, "o2": 5}  # fmt: skip
    asked = call("sanda", {"M1": {"A": 0}})
    asked["sheets"]["M1"]["A"] = {"items": codes}
    assert answer_select(asked)["table"]["A"] == {"totals": {"M1": 85}, "total": 95, "themes": 60, "mean": 95}


def test_the_winner_struck_after_the_notice_has_no_automatic_successor():
    answer = answer_select(changed(call("sanda", TWO), "A", withdrawn="after_notice"))
    assert (answer["status"], answer["winner"], answer["order"]) == ("no_candidate", None, ["B"])


def test_another_struck_after_the_notice_changes_nothing_for_the_winner():
    answer = answer_select(changed(call("sanda", TWO), "B", withdrawn="after_notice"))
    assert (answer["status"], answer["winner"], answer["order"]) == ("selected", "A", ["A"])
