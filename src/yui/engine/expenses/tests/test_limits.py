"""Limits over many lines: reported always, cut from the totals, never from a line."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yui.engine.expenses import answer_expenses
from yui.engine.faults import Faults
from yui.engine.profile import shipped_profile


def ask(profile, *lines, **more):
    numbered = [{"id": f"L{n}"} | line for n, line in enumerate(lines)]
    return answer_expenses({"profile": profile, "lines": numbered} | more)


def limits(answer):
    return {one["rule"]: (one["limit"], one["actual"], one["over"]) for one in answer["limits"]}


def test_the_wages_are_cut_at_two_million():
    answer = ask("kurihara", {"category": "personnel", "rate": 1850, "hours": "1082"})
    assert limits(answer)["personnel"] == (2_000_000, 2_001_700, 1_700)
    assert answer["lines"][0]["eligible"] == 2_001_700
    assert answer["totals"]["personnel"] == {"claimed": 2_001_700, "eligible": 2_000_000, "ineligible": 1_700}


def test_assistants_are_outside_that_limit():
    answer = ask(
        "kurihara",
        {"category": "personnel", "rate": 2000, "hours": 1000},
        {"category": "assistants", "paid": 500_000},
    )
    assert limits(answer)["personnel"] == (2_000_000, 2_000_000, 0)


def test_the_fee_is_a_tenth_of_a_total_that_includes_it_without_tax():
    answer = ask(
        "kurihara",
        {"category": "printing", "paid": 3_118_500, "tax": 283_500},
        {"category": "management_fee", "paid": 346_500, "tax": 31_500},
    )
    assert limits(answer)["management_fee"] == (315_000, 315_000, 0)
    assert sum(total["eligible"] for total in answer["totals"].values()) == 3_465_000


def test_the_excess_of_the_fee_leaves_its_total():
    answer = ask(
        "kurihara", {"category": "printing", "paid": 1100, "tax": 100}, {"category": "management_fee", "paid": 150}
    )
    assert limits(answer)["management_fee"] == (111, 150, 39)
    assert answer["totals"]["management_fee"] == {"claimed": 150, "eligible": 111, "ineligible": 39}


def test_the_fee_is_reckoned_after_the_cut_of_the_wages():
    answer = ask(
        "kurihara",
        {"category": "personnel", "rate": 3000, "hours": 1000},
        {"category": "works", "paid": 1_000_000},
        {"category": "management_fee", "paid": 300_000},
    )
    assert limits(answer)["management_fee"] == (2_000_000 // 9, 300_000, 300_000 - 2_000_000 // 9)


def test_tax_is_taken_off_in_proportion_to_the_eligible_part():
    """13,000 paid, 1,181 of it tax; 11,800 eligible hold ⌊1,181 × 11,800 ÷ 13,000⌋ = 1,071 of the tax."""
    answer = ask("kurihara", {"category": "lodging", "paid": 13_000, "tax": 1_181})
    assert limits(answer)["management_fee"] == ((11_800 - 1_071) // 9, 0, 0)


def test_limits_are_told_even_when_nothing_is_claimed():
    assert limits(ask("kurihara")) == {"personnel": (2_000_000, 0, 0), "management_fee": (0, 0, 0)}
    assert limits(ask("unnan")) == {}
    assert list(limits(ask("sanda"))) == ["year_2025", "year_2026", "year_2027", "year_2028"]


def test_an_expense_belongs_to_the_fiscal_year_of_its_date():
    answer = ask(
        "sanda",
        {"category": "wages", "paid": 6_980_000, "date": "2026-03-31"},
        {"category": "wages", "paid": 1, "date": "2026-04-01"},
        {"category": "print", "paid": 3, "date": "2025-04-01"},
    )
    assert limits(answer)["year_2025"] == (6_980_000, 6_980_003, 3)
    assert limits(answer)["year_2026"] == (10_860_000, 1, 0)
    assert answer["totals"]["wages"]["eligible"] == 6_979_998
    assert answer["totals"]["print"]["eligible"] == 3


def test_a_year_is_only_told_at_the_estimate():
    line = {"category": "wages", "paid": 7_000_000, "date": "2025-05-01"}
    told, cut = ask("sanda", line, phase="estimate"), ask("sanda", line)
    assert limits(told) == limits(cut)
    assert (told["totals"]["wages"]["eligible"], cut["totals"]["wages"]["eligible"]) == (7_000_000, 6_980_000)


MONEY = st.integers(0, 400_000)
CODES = sorted({*shipped_profile("kurihara").expenses.categories, *shipped_profile("kurihara").expenses.refused})


@st.composite
def lines(draw):
    code, paid = draw(st.sampled_from(CODES)), draw(MONEY)
    made = {"category": code, "paid": paid, "tax": draw(st.integers(0, paid)), "date": "2024-08-02"}
    if code == "personnel":
        made |= {"rate": draw(st.integers(0, 5000)), "hours": draw(st.sampled_from(["0.5", "7.25", 1000]))}
    if code == "honorarium":
        made |= {"class": draw(st.sampled_from("ABC")), "minutes": draw(st.integers(1, 300))}
    if code == "lodging":
        made |= {"nights": draw(st.integers(1, 4)), "meals": draw(st.integers(0, paid))}
    if draw(st.booleans()):
        names = st.sampled_from(["contract", "city"])
        made["sources"] = [
            {"source": name, "amount": draw(MONEY)} for name in draw(st.lists(names, max_size=3))
        ]  # fmt: skip
    return made | draw(st.sampled_from([{}, {"evidence": ["r"]}, {"consulted_on": "2024-08-01"}]))


@settings(max_examples=200, deadline=None)
@given(given_lines=st.lists(lines(), max_size=12), data=st.data())
def test_nothing_is_lost_no_cap_is_exceeded_and_the_order_changes_nothing(given_lines, data):
    answer = ask("kurihara", *given_lines)
    totals = answer["totals"]
    for one in [*answer["lines"], *totals.values()]:
        assert one["claimed"] == one["eligible"] + one["ineligible"]
        assert one["eligible"] >= 0
        assert one["ineligible"] >= 0
    for line in answer["lines"]:
        assert line["rules"]
        assert line["eligible"] > 0 or not line["settleable"]
    assert totals.get("personnel", {"eligible": 0})["eligible"] <= 2_000_000
    for one in answer["limits"]:
        assert one["over"] == max(0, one["actual"] - one["limit"])
        before = sum(line["eligible"] for line, asked in zip(answer["lines"], given_lines, strict=True)
                     if asked["category"] == one["rule"])  # fmt: skip
        after = totals.get(one["rule"], {"eligible": 0})["eligible"]
        assert before - after == one["over"]
    shuffled = ask("kurihara", *data.draw(st.permutations(given_lines)))
    assert (shuffled["totals"], shuffled["limits"]) == (totals, answer["limits"])


@settings(max_examples=100, deadline=None)
@given(direct=st.integers(0, 10**8), fee=st.integers(0, 10**8))
def test_the_fee_is_at_most_a_tenth_of_the_whole(direct, fee):
    answer = ask("kurihara", {"category": "printing", "paid": direct}, {"category": "management_fee", "paid": fee})
    kept = answer["totals"]["management_fee"]["eligible"]
    assert Fraction(kept) <= Fraction(direct + kept, 10)
    assert kept == fee or Fraction(kept + 1) > Fraction(direct + kept + 1, 10)


@settings(max_examples=100, deadline=None)
@given(
    paid=st.lists(
        st.tuples(st.integers(0, 9_000_000), st.sampled_from("abc"), st.sampled_from([2025, 2026, 2030])), max_size=8
    )
)
def test_no_year_is_exceeded_after_the_cut(paid):
    answer = ask("sanda", *({"category": code, "paid": yen, "date": f"{year}-05-01"} for yen, code, year in paid))
    over = sum(one["over"] for one in answer["limits"])
    cut = sum(line["eligible"] for line in answer["lines"]) - sum(one["eligible"] for one in answer["totals"].values())
    assert cut == over
    assert all(one["eligible"] >= 0 for one in answer["totals"].values())


BAD = [
    ({"category": "nonsense", "paid": 1}, "lines[0].category", "not_one_of"),
    ({"paid": 1}, "lines[0].category", "missing"),
    ({"category": 5, "paid": 1}, "lines[0].category", "not_text"),
    ({"category": "printing"}, "lines[0].paid", "missing"),
    ({"category": "printing", "paid": -1}, "lines[0].paid", "too_small"),
    ({"category": "printing", "paid": 1.5}, "lines[0].paid", "not_integer"),
    ({"category": "printing", "paid": True}, "lines[0].paid", "not_integer"),
    ({"category": "printing", "paid": "100"}, "lines[0].paid", "not_integer"),
    ({"category": "printing", "paid": 10**31}, "lines[0].paid", "too_large"),
    ({"category": "printing", "paid": 5, "tax": 6}, "lines[0].tax", "too_large"),
    ({"category": "lodging", "paid": 5, "meals": 6}, "lines[0].meals", "too_large"),
    ({"category": "lodging", "paid": 5, "nights": 0}, "lines[0].nights", "too_small"),
    ({"category": "lodging", "paid": 5, "people": 1.5}, "lines[0].people", "not_integer"),
    ({"category": "lodging", "stays": [1, None]}, "lines[0].stays[1]", "not_integer"),
    ({"category": "lodging", "stays": 5}, "lines[0].stays", "not_array"),
    ({"category": "personnel", "paid": 5}, "lines[0].rate", "missing"),
    ({"category": "personnel", "rate": 5, "hours": 7.5}, "lines[0].hours", "not_exact"),
    ({"category": "personnel", "rate": 5, "hours": "-1"}, "lines[0].hours", "too_small"),
    ({"category": "honorarium", "paid": 5, "minutes": 5}, "lines[0].class", "missing"),
    ({"category": "honorarium", "paid": 5, "minutes": 5, "class": "Z"}, "lines[0].class", "not_one_of"),
    ({"category": "honorarium", "paid": 5, "minutes": 0, "class": "A"}, "lines[0].minutes", "too_small"),
    ({"category": "printing", "paid": 5, "date": "2025-02-30"}, "lines[0].date", "not_a_day"),
    ({"category": "printing", "paid": 5, "sources": {}}, "lines[0].sources", "not_array"),
    ({"category": "printing", "paid": 5, "sources": [{"source": "contract"}]}, "lines[0].sources[0].amount", "missing"),
    ({"category": "printing", "paid": 5, "sources": [{"amount": 1}]}, "lines[0].sources[0].source", "missing"),
    ({"category": "printing", "paid": 5, "evidence": "receipt"}, "lines[0].evidence", "not_array"),
    ({"category": "printing", "paid": 5, "evidence": [""]}, "lines[0].evidence[0]", "empty_text"),
    ({"category": "printing", "paid": 5, "evidence": [None, "a"]}, "lines[0].evidence[0]", "not_text"),
    ({"category": "printing", "paid": 5, "id": ""}, "lines[0].id", "empty_text"),
    ({"category": "printing", "paid": 5, "id": None}, "lines[0].id", "missing"),
    ({"category": "printing", "paid": 5, "id": "x" * 1_000_000}, "lines[0].id", "id_too_long"),
]


@pytest.mark.parametrize(("line", "path", "code"), BAD, ids=range(len(BAD)))
def test_a_bad_line_is_told_by_its_place(line, path, code):
    with pytest.raises(Faults) as refusal:
        ask("kurihara", line)
    assert f"{path}: {code}" in str(refusal.value)


def test_an_id_given_twice_is_a_fault():
    twice = [{"id": "あ", "category": "printing", "paid": 1}] * 2
    with pytest.raises(Faults, match=r"lines\[1\].id: twice"):
        answer_expenses({"profile": "kurihara", "lines": twice})


def test_unknown_keys_are_named():
    answer = ask("kurihara", {"category": "printing", "paid": 1, "colour": "red"}, mood=1)
    assert answer["ignored"] == ["lines[0].colour", "mood"]
