"""Against an answer written another way: by comparing every pair, in fractions, without a sort."""

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yui.engine.selection import answer_select
from yui.engine.selection.tests.cases import proposal

WHENS = st.sampled_from([None, None, None, None, "before_notice", "after_notice"])


@st.composite
def calls(draw, profile):
    names = [f"P{n}" for n in range(draw(st.integers(1, 4)))]
    members = [f"M{n}" for n in range(draw(st.integers(1, 4)))]
    low, high = (57, 63) if profile == "kurihara" else (48, 53)
    more = {"stage1": 10} if profile == "sanda" else {}
    proposals = [
        proposal(name, draw(st.integers(1, 3)), withdrawn=draw(WHENS), estimate_unsuitable=draw(st.integers(0, 5)) == 0)
        | more | {"applicant": draw(st.sampled_from(["x", name, name, name]))}
        for name in names
    ]  # fmt: skip
    sheets = {
        member: {name: {"total": draw(st.integers(low, high)), "themes": draw(st.integers(30, 31))} for name in names}
        for member in members
    }
    orders = {member: draw(st.permutations(names)) for member in members}
    cap = draw(st.sampled_from([None, 2]))
    asked = {"profile": profile, "proposals": proposals, "members": members, "sheets": sheets, "orders": orders}
    return asked | {"cap": cap}


def live(asked):
    """Ids that are ranked."""
    before = {one["id"] for one in asked["proposals"] if one["withdrawn"] == "before_notice"}
    rest = [one for one in asked["proposals"] if one["id"] not in before]
    return [
        one["id"]
        for one in rest
        if (asked["cap"] is None or one["estimate"] <= asked["cap"])
        and not any(other["applicant"] == one["applicant"] and other is not one for other in rest)
    ]


def better_in_sheet(asked, member, one, other):
    mine, order = asked["sheets"][member], asked["orders"][member]
    first, second = mine[one]["total"], mine[other]["total"]
    if first >= 60 and second >= 60:
        return first > second or (first == second and order.index(one) < order.index(other))
    return first >= 60 > second


def kurihara_measure(asked, ranked, name):
    """A rank is one more than the number of proposals that are better in the sheet."""
    places = sum(
        1 + sum(better_in_sheet(asked, member, other, name) for other in ranked) for member in asked["members"]
    )
    return places, estimate(asked, name)


def sanda_measure(asked, _ranked, name):
    stage1 = next(one["stage1"] for one in asked["proposals"] if one["id"] == name)
    sheets = [asked["sheets"][member][name] for member in asked["members"]]
    return (
        -sum(stage1 + sheet["total"] for sheet in sheets), -sum(sheet["themes"] for sheet in sheets),
        estimate(asked, name),
    )  # fmt: skip


def estimate(asked, name):
    return next(one["estimate"] for one in asked["proposals"] if one["id"] == name)


def may_win(asked, name):
    sheets = [asked["sheets"][member][name]["total"] for member in asked["members"]]
    if asked["profile"] == "kurihara":
        return len([total for total in sheets if total >= 60]) > len([total for total in sheets if total < 60])
    one = next(one for one in asked["proposals"] if one["id"] == name)
    return Fraction(sum(sheets), len(sheets)) + one["stage1"] >= 60 and not one["estimate_unsuitable"]


def expected(asked, measure):
    ranked = live(asked)
    able = [name for name in ranked if may_win(asked, name)]
    first = {
        name for name in able
        if all(measure(asked, ranked, name) <= measure(asked, ranked, other) for other in able)
    }  # fmt: skip
    gone = {one["id"] for one in asked["proposals"] if one["withdrawn"] == "after_notice"}
    if asked["profile"] == "sanda" and len(first) == 1 and first <= gone:
        return "no_candidate", None, set()
    staying = [name for name in able if name not in gone]
    top = {
        name for name in staying
        if all(measure(asked, ranked, name) <= measure(asked, ranked, other) for other in staying)
    }  # fmt: skip
    if not top:
        return "no_candidate", None, set()
    return ("selected", *top, set()) if len(top) == 1 else ("committee_required", None, top)


@pytest.mark.parametrize(("profile", "measure"), [("kurihara", kurihara_measure), ("sanda", sanda_measure)])
def test_the_engine_and_the_pairwise_answer_agree(profile, measure):
    @settings(max_examples=300, deadline=None)
    @given(asked=calls(profile))
    def agree(asked):
        answer = answer_select(asked)
        status, winner, tied = expected(asked, measure)
        assert (answer["status"], answer["winner"], set(answer["tied"])) == (status, winner, tied)
        ranked = live(asked)
        staying = set(answer["order"])
        for one, other in permutations(staying, 2):
            if measure(asked, ranked, one) < measure(asked, ranked, other):
                assert answer["order"].index(one) < answer["order"].index(other)
        assert staying | set(answer["not_selectable"]) == {one["id"] for one in asked["proposals"]}
        if profile == "kurihara":
            sums = {name: row["rank_sum"] for name, row in answer["table"].items()}
            assert sums == {name: measure(asked, ranked, name)[0] for name in ranked}

    agree()


@pytest.mark.parametrize("profile", ["kurihara", "sanda"])
def test_the_order_of_what_is_given_changes_nothing(profile):
    @settings(max_examples=100, deadline=None)
    @given(asked=calls(profile), data=st.data())
    def same(asked, data):
        shuffled = asked | {
            "proposals": data.draw(st.permutations(asked["proposals"])),
            "members": data.draw(st.permutations(asked["members"])),
            "sheets": dict(reversed([(m, dict(reversed(s.items()))) for m, s in asked["sheets"].items()])),
            "orders": dict(reversed(asked["orders"].items())),
        }
        assert answer_select(shuffled) == answer_select(asked)

    same()


@pytest.mark.parametrize("profile", ["kurihara", "sanda"])
def test_scaling_the_estimates_changes_nothing(profile):
    """Ties are settled by which estimate is lower, and that stays."""

    @settings(max_examples=100, deadline=None)
    @given(asked=calls(profile), factor=st.integers(2, 10**9))
    def same(asked, factor):
        scaled = asked | {
            "proposals": [one | {"estimate": one["estimate"] * factor} for one in asked["proposals"]],
            "cap": asked["cap"] and asked["cap"] * factor,
        }
        first, second = answer_select(asked), answer_select(scaled)
        kept = ("status", "winner", "order", "not_selectable", "tied", "table")
        assert {key: first[key] for key in kept} == {key: second[key] for key in kept}

    same()


@pytest.mark.parametrize("profile", ["kurihara", "sanda"])
def test_a_proposal_withdrawn_before_the_notice_influences_nobody(profile):
    @settings(max_examples=100, deadline=None)
    @given(asked=calls(profile), data=st.data())
    def same(asked, data):
        name = data.draw(st.sampled_from([one["id"] for one in asked["proposals"]]))
        gone = asked | {
            "proposals": [
                one | ({"withdrawn": "before_notice"} if one["id"] == name else {}) for one in asked["proposals"]
            ]
        }
        never = {
            **asked,
            "proposals": [one for one in asked["proposals"] if one["id"] != name],
            "sheets": {m: {p: v for p, v in mine.items() if p != name} for m, mine in asked["sheets"].items()},
            "orders": {m: [p for p in order if p != name] for m, order in asked["orders"].items()},
        }
        first, second = answer_select(gone), answer_select(never)
        assert first["not_selectable"].pop(name) == "withdrawn"
        kept = ("status", "winner", "order", "not_selectable", "tied", "table", "incomplete")
        assert {key: first[key] for key in kept} == {key: second[key] for key in kept}

    same()


@pytest.mark.parametrize("profile", ["kurihara", "sanda"])
def test_below_the_floor_never_wins(profile):
    @settings(max_examples=100, deadline=None)
    @given(asked=calls(profile))
    def never(asked):
        winner = answer_select(asked)["winner"]
        assert winner is None or may_win(asked, winner)

    never()
