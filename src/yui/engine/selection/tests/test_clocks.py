"""Windows of explanation, receipts to the second, the shortlist, deposits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.engine.faults import Faults
from yui.engine.profile.read import shipped
from yui.engine.selection import answer_deposit, answer_receipt, answer_shortlist, answer_window

ASKED = {"profile": "sanda", "clock": "explanation"}


@pytest.mark.parametrize(
    ("notice", "first", "last", "answer", "warnings"),
    [
        ("2025-07-18", "2025-07-19", "2025-07-25", "2025-08-04", []),
        ("2025-06-18", "2025-06-19", "2025-06-25", "2025-07-05", ["answer_by_not_a_working_day"]),
        ("2025-12-22", "2025-12-23", "2025-12-29", "2026-01-08", ["ask_until_not_a_working_day"]),
        ("2025-04-26", "2025-04-27", "2025-05-03", "2025-05-13", ["ask_until_not_a_working_day"]),
        ("2024-02-22", "2024-02-23", "2024-02-29", "2024-03-10", ["answer_by_not_a_working_day"]),
    ],
)
def test_the_window_of_explanation(notice, first, last, answer, warnings):
    found = answer_window(ASKED | {"notice_date": notice})
    assert (found["ask_from"], found["ask_until"], found["answer_by"], found["warnings"]) == (
        first, last, answer, warnings,
    )  # fmt: skip
    assert found["steps"]


@pytest.mark.parametrize(
    ("closed", "last", "answer"),
    [("counted", "2025-12-29", "2026-01-08"), ("moved_on", "2026-01-05", "2026-01-15"),
     ("left_out", "2026-01-07", "2026-01-22")],
)  # fmt: skip
def test_closed_days_are_counted_left_out_or_the_end_moves_on(closed, last, answer):
    window = {"ask_days": 7, "answer_days": 10, "starts": "day_after_notice", "closed_days": closed}
    own = {"name": "own", "windows": {"explanation": window}}
    found = answer_window({"profile": own, "clock": "explanation", "notice_date": "2025-12-22"})
    assert (found["ask_until"], found["answer_by"]) == (last, answer)


DAY = "2025-07-07T"


@pytest.mark.parametrize(
    ("profile", "deadline", "received", "channel", "why"),
    [
        ("kurihara", "2024-06-20T17:00:00+09:00", "2024-06-20T17:00:00+09:00", "mail", None),
        ("kurihara", "2024-06-20T17:00:00+09:00", "2024-06-20T08:00:00Z", "hand", None),
        ("kurihara", "2024-06-20T17:00:00+09:00", "2024-06-20T17:00:00.9+09:00", "mail", None),
        ("kurihara", "2024-06-20T17:00:00+09:00", "2024-06-20T17:00:01+09:00", "mail", "late"),
        ("kurihara", "2024-06-20T17:00:00+09:00", "2024-06-20T17:00:01+09:00", "email", "channel_not_allowed"),
        ("kurihara", "2024-06-20T17:00:00+09:00", "2024-06-16T20:00:00+09:00", "hand", None),
        ("sanda", "2025-07-08T16:00:00+09:00", "2025-07-07T09:00:00+09:00", "hand", None),
        ("sanda", "2025-07-08T16:00:00+09:00", "2025-07-07T16:30:00+09:00", "hand", None),
        ("sanda", "2025-07-08T16:00:00+09:00", "2025-07-07T16:30:01+09:00", "hand", "counter_closed"),
        ("sanda", "2025-07-08T16:00:00+09:00", "2025-07-07T08:59:59+09:00", "hand", "counter_closed"),
        ("sanda", "2025-07-08T16:00:00+09:00", "2025-07-06T10:00:00+09:00", "hand", "counter_closed"),
        ("sanda", "2025-07-22T16:00:00+09:00", "2025-07-21T10:00:00+09:00", "hand", "counter_closed"),
        ("sanda", "2025-07-08T16:00:00+09:00", "2025-07-06T10:00:00+09:00", "mail", None),
        ("sanda", "2025-07-08T16:00:00+09:00", "2025-07-08T16:00:01+09:00", "hand", "late"),
        ("sanda", "2025-07-08T17:00:00+09:00", "2025-07-08T16:20:00+09:00", "hand", "counter_closed"),
        ("sanda", "2025-07-08T16:00:00+09:00", "2025-07-07T01:00:00+00:00", "hand", None),
        ("sanda", "2025-07-08T16:00:00+09:00", "2025-07-01T10:00:00+09:00", "web", "channel_not_allowed"),
    ],
)
def test_papers_are_accepted_to_the_second(profile, deadline, received, channel, why):
    asked = {"profile": profile, "deadline": deadline, "received_at": received, "channel": channel}
    found = answer_receipt(asked)
    assert (found["accepted"], found["why"]) == (why is None, why)
    assert found["steps"]


@pytest.mark.parametrize("channel", ["mail", "hand", "phone", "web"])
def test_questions_come_by_email_alone(channel):
    asked = {"profile": "kurihara", "kind": "question", "deadline": "2024-06-10T17:00:00+09:00",
             "received_at": "2024-06-10T16:59:59+09:00"}  # fmt: skip
    assert answer_receipt(asked | {"channel": "email"})["accepted"] is True
    assert answer_receipt(asked | {"channel": channel})["why"] == "channel_not_allowed"


def shortlist(*points):
    qualified = [{"id": f"Q{n}", "stage1": one} for n, one in enumerate(points)]
    return answer_shortlist({"profile": "sanda", "qualified": qualified})


@pytest.mark.parametrize(
    ("points", "invited", "margin"),
    [
        ([], [], None),
        ([3, 15, 9, 1], ["Q1", "Q2", "Q0", "Q3"], None),
        ([3, 15, 9, 1, 7], ["Q1", "Q2", "Q4", "Q0", "Q3"], None),
        ([3, 15, 9, 1, 7, 2], ["Q1", "Q2", "Q4", "Q0", "Q5"], 1),
        ([3, 15, 9, 2, 7, 2], ["Q1", "Q2", "Q4", "Q0", "Q3", "Q5"], None),
        ([3, 15, 9, 2, 7, 2, "1.5"], ["Q1", "Q2", "Q4", "Q0", "Q3", "Q5"], "0.5"),
    ],
)
def test_about_five_are_invited_and_nobody_equal_to_the_fifth_is_left_out(points, invited, margin):
    found = shortlist(*points)
    assert (found["invited"], found["narrow_margin"]) == (invited, margin)
    assert found["cut"] is (len(invited) < len(points))


@given(points=st.lists(st.integers(0, 15), max_size=12))
def test_whoever_is_left_out_has_fewer_points_than_all_who_are_invited(points):
    found = shortlist(*points)
    by_id = {f"Q{n}": one for n, one in enumerate(points)}
    left = by_id.keys() - set(found["invited"])
    assert len(found["invited"]) >= min(len(points), 5)
    assert not left or max(by_id[name] for name in left) < min(by_id[name] for name in found["invited"])


@pytest.mark.parametrize(
    ("profile", "amount", "local", "deposit"),
    [
        ("kurihara", 3_465_000, False, 346_500),
        ("kurihara", 3_465_001, True, 346_501),
        ("sanda", 41_640_000, False, 4_164_000),
        ("sanda", 41_640_000, True, 1_249_200),
        ("sanda", 101, True, 4),
        ("sanda", 0, False, 0),
        ("sanda", 10**29 + 1, False, 10**28 + 1),
    ],
)
def test_the_deposit_is_rounded_up_to_the_yen(profile, amount, local, deposit):
    asked = {"profile": profile, "amount": amount, "head_office_in_town": local}
    assert answer_deposit(asked)["deposit"] == deposit


def test_a_town_may_round_down():
    own = {"name": "own", "deposit": {"share": "1/10", "rounding": "down"}}
    assert answer_deposit({"profile": own, "amount": 19})["deposit"] == 1


@pytest.mark.parametrize(
    ("answer", "asked", "part"),
    [
        (answer_window, {"profile": "kurihara", "clock": "explanation", "notice_date": "2025-07-18"}, "windows"),
        (answer_shortlist, {"profile": "kurihara", "qualified": []}, "shortlist"),
        (answer_deposit, {"profile": "unnan", "amount": 1}, "deposit"),
    ],
)
def test_a_rule_that_the_document_does_not_have_is_a_fault(answer, asked, part):
    with pytest.raises(Faults) as refusal:
        answer(asked)
    assert [(f.path, f.code, f.values["part"]) for f in refusal.value.faults] == [(("profile",), "no_such_rules", part)]


def test_a_shipped_profile_and_its_data_answer_alike():
    by_name, by_data = (
        answer_window({"profile": profile, "clock": "explanation", "notice_date": "2025-07-18"})
        for profile in ("sanda", dict(shipped("sanda")) | {"steps": [1], "ignored": []})
    )
    assert by_name == by_data
