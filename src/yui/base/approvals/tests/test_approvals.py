"""起案 → 確認 → 差戻し → 承認."""

import pytest

from yui.base.access.errors import NotPossible, Refused
from yui.base.approvals import decisions
from yui.base.approvals.domain import approve, draft_approval, request_approval, return_for_change, withdraw
from yui.base.approvals.models import Approval
from yui.base.approvals.queries import approval_of, is_approved, returned_to, waiting_for
from yui.base.approvals.states import LABELS, MOVES, STEP_LABELS, State, Step
from yui.base.measures.desk_items import collect


@pytest.fixture
def heard(monkeypatch):
    """What the wing of the kind ``thing`` was told."""
    monkeypatch.setattr(decisions, "_reactions", {})
    told = []
    decisions.on_decision("thing", lambda **given: told.append((given["state"], given["comment"])))
    return told


@pytest.fixture
def requested(sora, coordinator, heard):
    return request_approval(actor=coordinator, kind="thing", object_id="t1", title="例の企画", url="/sora/x/")


def test_the_road_with_a_return_is_kept_step_by_step(requested, coordinator, officer, heard):
    with pytest.raises(NotPossible):
        return_for_change(actor=officer, approval=requested, comment=" ")
    return_for_change(actor=officer, approval=requested, comment="日時を書いてください")
    assert list(returned_to(coordinator)) == [requested]
    request_approval(actor=coordinator, kind="thing", object_id="t1", title="例の企画（改）")
    approve(actor=officer, approval=requested)
    assert is_approved("thing", "t1")
    kept = approval_of("thing", "t1")
    assert (kept.title, kept.url, kept.decided_by) == ("例の企画（改）", "/sora/x/", officer.account)
    assert [step.step for step in kept.steps.all()] == ["request", "return", "request", "approve"]
    assert heard == [
        (State.REVIEW, ""), (State.RETURNED, "日時を書いてください"), (State.REVIEW, ""), (State.APPROVED, ""),
    ]  # fmt: skip


def test_nobody_approves_their_own_request(sora, officer, somebody, heard):
    own = request_approval(actor=officer, kind="thing", object_id="t2", title="自分の")
    with pytest.raises(Refused) as refused:
        approve(actor=officer, approval=own)
    assert refused.value.code == "own_request"
    assert list(waiting_for(officer)) == []
    approve(actor=somebody(sora, "officer"), approval=own)
    assert is_approved("thing", "t2")


def test_who_may_not_decide_does_not(requested, coordinator, hinata, somebody):
    with pytest.raises(Refused):
        approve(actor=coordinator, approval=requested)
    with pytest.raises(Refused):
        approve(actor=somebody(hinata, "officer"), approval=requested)
    with pytest.raises(Refused):
        withdraw(actor=somebody(hinata, "coordinator"), approval=requested)
    requested.refresh_from_db()
    assert requested.state == State.REVIEW


def test_a_second_request_for_the_same_thing_is_refused_while_one_is_open(requested, coordinator):
    with pytest.raises(NotPossible):
        request_approval(actor=coordinator, kind="thing", object_id="t1", title="例の企画")
    withdraw(actor=coordinator, approval=requested)
    again = request_approval(actor=coordinator, kind="thing", object_id="t1", title="例の企画")
    assert again.pk != requested.pk


def test_an_approved_thing_moves_no_more(requested, coordinator, officer):
    approve(actor=officer, approval=requested)
    for act in (
        lambda: approve(actor=officer, approval=requested),
        lambda: withdraw(actor=officer, approval=requested),
    ):
        with pytest.raises(NotPossible):
            act()


def test_when_the_wing_refuses_the_step_is_taken_back(requested, officer):
    def refuse(**given):
        raise NotPossible("定員がありません。", "no_capacity")

    decisions.on_decision("thing", refuse)
    with pytest.raises(NotPossible):
        approve(actor=officer, approval=requested)
    kept = Approval.objects.get()
    assert (kept.state, kept.decided_by, kept.steps.count()) == (State.REVIEW, None, 1)


def test_a_draft_waits_until_it_is_sent(sora, coordinator, officer, heard):
    draft = draft_approval(actor=coordinator, kind="thing", object_id="t3", title="下書き")
    assert list(waiting_for(officer)) == []
    sent = request_approval(actor=coordinator, kind="thing", object_id="t3", title="下書き")
    assert (sent.pk, sent.state) == (draft.pk, State.REVIEW)
    assert [item.key for item in collect(officer, sent.requested_at.date()) if item.kind == "approvals"] == [
        f"approval:{sent.public_id}"
    ]


def test_every_state_and_step_has_words_and_can_be_reached():
    assert set(LABELS) == set(State)
    assert set(STEP_LABELS) == set(Step)
    assert {State.DRAFT, *MOVES.values()} == set(State)
