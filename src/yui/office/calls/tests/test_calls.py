"""What is announced is frozen, and who stands in a call gets the role that comes with it."""

import pytest

from yui.base.access.errors import NotPossible, Refused
from yui.office.calls.domain import announce_call, draft_call
from yui.office.calls.models import CallVersion
from yui.office.calls.rules import rules_of
from yui.office.calls.tests.cast import applicant, member


def test_the_rules_of_an_announced_call_are_the_documents(kurihara):
    announced = rules_of(kurihara.call)
    assert announced.number == 1
    assert announced.rules.cap.value == 3_465_000
    assert announced.deadline("proposal").isoformat() == "2024-06-20T17:00:00+09:00"
    assert announced.profile.selection.aggregation == "rank_sum"
    assert len(announced.criteria("proposal")) == 10


def test_only_a_draft_is_announced_and_only_once(kurihara):
    with pytest.raises(NotPossible):
        announce_call(actor=kurihara.decides, call=kurihara.call)
    assert CallVersion.objects.filter(effective_at=None).count() == 0


def test_a_call_is_drafted_once_and_by_an_officer(kurihara):
    with pytest.raises(NotPossible):
        draft_call(actor=kurihara.decides, key="r6")
    with pytest.raises(Refused):
        draft_call(actor=kurihara.actor(kurihara.auditor), key="r6")


def test_applicants_and_members_hold_the_role_that_comes_with_it(sanda):
    firm, seat = applicant(sanda, "firm"), member(sanda, "seat")
    assert sanda.actor(firm.account).roles == {"proposer"}
    assert sanda.actor(seat.account).roles == {"evaluator"}
    assert sanda.actor(firm.account).subjects == {("applicant", firm.pk)}
