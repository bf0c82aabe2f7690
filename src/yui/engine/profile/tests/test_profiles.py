"""Profiles are data: shipped ones read without a fault, a town's own one is checked place by place."""

import json

import pytest

from yui.engine.faults import Faults
from yui.engine.profile import NAMES, answer_profile, read_object, sentences, shipped_profile
from yui.engine.profile.read import shipped
from yui.engine.reading import Log
from yui.engine.selection import answer_select
from yui.engine.selection.tests.cases import call


@pytest.mark.parametrize("name", NAMES)
def test_what_is_shown_reads_as_the_same_profile(name):
    shown = json.loads(json.dumps(answer_profile(name)))
    assert shown["steps"]
    log = Log()
    assert read_object(shown, (), log) == shipped_profile(name)
    assert (log.faults, log.ignored) == ([], [])


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_is_told_in_one_sentence(name):
    told = sentences(shipped_profile(name))
    assert all(sentence.endswith("。") and "{" not in sentence for sentence in told)
    assert len(told) == len(set(told))


def own(**changes):
    base = json.loads(json.dumps(shipped("sanda")))
    base["selection"] |= {"stage1": None, "floor": None} | changes
    return base


def winner(profile, points, **more):
    return answer_select(call("sanda", points, **more) | {"profile": profile})


def test_a_town_may_choose_by_places():
    points = {"M1": {"A": 80, "B": 70}, "M2": {"A": 80, "B": 70}, "M3": {"A": 10, "B": 85}}
    assert winner(own(aggregation="place_count"), points)["winner"] == "A"
    assert winner(own(aggregation="total"), points)["winner"] == "B"
    answer = winner(own(aggregation="mean"), points)
    assert (answer["winner"], answer["table"]["A"]["mean"]) == ("B", "170/3")


def test_equal_totals_may_share_a_rank():
    points = {"M1": {"A": 80, "B": 80, "C": 70}}
    answer = winner(own(aggregation="rank_sum", distinct_ranks=False), points, themes={"M1": {"A": 9, "B": 8, "C": 7}})
    assert {name: row["rank_sum"] for name, row in answer["table"].items()} == {"A": 1, "B": 1, "C": 3}
    assert answer["winner"] == "A"


def test_the_tie_chain_is_data():
    points = {"M1": {"A": 80, "B": 70}, "M2": {"A": 70, "B": 80}, "M3": {"A": 70, "B": 70}}
    chain = [{"rule": "rank_sum"}, {"rule": "committee"}]
    assert winner(own(ties=chain), points)["status"] == "committee_required"
    chain = [{"rule": "higher_total"}, {"rule": "committee"}]
    points["M3"]["A"] = 71
    assert winner(own(ties=chain, aggregation="place_count"), points)["winner"] == "A"


@pytest.mark.parametrize(
    ("place", "value", "told"),
    [
        (("selection", "aggregation"), "guess", "profile.selection.aggregation: not_one_of"),
        (("selection", "ties"), [], "profile.selection.ties: committee_not_last"),
        (("selection", "ties"), [{"rule": "committee"}, {"rule": "lower_estimate"}],
         "profile.selection.ties: committee_not_last"),
        (("selection", "ties"), [{"rule": "themes", "groups": ["x"]}, {"rule": "committee"}],
         "profile.selection.ties: unknown_id"),
        (("selection", "criteria"), [], "profile.selection.criteria: missing"),
        (("selection", "criteria", 0, "points"), 0, "profile.selection.criteria[0].points: too_small"),
        (("selection", "criteria", 1, "code"), "b1", "profile.selection.criteria: twice"),
        (("selection", "floor"), {"measured": "mean", "points": 59.5}, "profile.selection.floor.points: not_exact"),
        (("selection", "distinct_ranks"), "no", "profile.selection.distinct_ranks: not_boolean"),
        (("shortlist", "choose"), 0, "profile.shortlist.choose: too_small"),
        (("windows", "explanation", "ask_days"), 10**9, "profile.windows.explanation.ask_days: too_large"),
        (("windows", "explanation", "closed_days"), "never", "profile.windows.explanation.closed_days: not_one_of"),
        (("receipt", "papers", "channels", 0), "pigeon", "profile.receipt.papers.channels[0]: not_one_of"),
        (("receipt", "papers", "counter", "opens"), "25:00", "profile.receipt.papers.counter.opens: not_a_clock"),
        (("receipt", "papers", "counter", "closes"), "08:00", "profile.receipt.papers.counter.closes: reversed"),
        (("deposit", "share"), "1.5", "profile.deposit.share: not_a_share"),
        (("deposit", "local_share"), "3/0", "profile.deposit.local_share: not_a_share"),
        (("expenses", "years", 1, "fiscal_year"), 2025, "profile.expenses.years: twice"),
        (("expenses", "years_bind", 0), "never", "profile.expenses.years_bind[0]: not_one_of"),
        (("name",), None, "profile.name: missing"),
    ],
)  # fmt: skip
def test_a_wrong_profile_is_told_place_by_place(place, value, told):
    profile = json.loads(json.dumps(shipped("sanda")))
    at = profile
    for step in place[:-1]:
        at = at[step]
    at[place[-1]] = value
    with pytest.raises(Faults) as refusal:
        winner(profile, {"M1": {"A": 80}})
    assert told in str(refusal.value)


def test_what_a_profile_does_not_know_is_named():
    profile = json.loads(json.dumps(shipped("sanda"))) | {"colour": "red"}
    profile["selection"]["mood"] = 1
    assert winner(profile, {"M1": {"A": 80}})["ignored"] == ["profile.colour", "profile.selection.mood"]
