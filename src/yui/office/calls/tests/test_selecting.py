"""From the rows to the engine's question and back: what is decided, by whom, and that anybody can compute it again."""

import json
import subprocess
import sys
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trials
from hypothesis import strategies as st

from yui.base import clock
from yui.base.access.errors import NotPossible, Refused
from yui.base.approvals.domain import approve, return_for_change
from yui.base.approvals.models import Approval
from yui.engine.selection import answer_select
from yui.office.calls.domain import correcting, selecting
from yui.office.calls.models import (
    Applicant,
    Call,
    Disqualification,
    Notice,
    Proposal,
    Score,
    SelectionRecord,
    Withdrawal,
)
from yui.office.calls.queries.selection import outdated
from yui.office.calls.queries.shown import shown
from yui.office.calls.tests.committee_cast import begin, browser, committee, hand_in

ROWS = {0: (90, 80, 70), 1: (70, 80, 90), 2: (90, 80, 70)}


def ready(town, rows=ROWS, estimates=(), firms=("あ", "い", "う")):
    made = committee(town, firms, seats=len(rows))
    hand_in(made, estimates=estimates)
    begin(made)
    made.score(rows)
    made.close()
    return made


def two_stages(town, first, rows, estimates=(), firms=("あ", "い", "う")):
    """Sanda: the first stage scored and closed, then the second."""
    made = committee(town, firms, seats=len(rows))
    hand_in(made, "participation")
    begin(made, "participation")
    for number, row in first.items():
        for firm, (record, staff, team) in zip(made.firms, row, strict=True):
            sheet = made.sheet(made.members[number], "participation")
            for code, points in (("s1", record), ("s2", staff), ("s3", team)):
                Score.objects.create(
                    authority=town.authority, sheet=sheet, applicant=firm, criterion=code, points=points,
                    saved_at=clock.now(),
                )  # fmt: skip
    made.close("participation")
    hand_in(made, estimates=estimates)
    begin(made)
    made.score(rows)
    made.close()
    return made


def computed(town, kind="select"):
    return selecting.compute(actor=town.decides, call=Call.objects.get(pk=town.call.pk), kind=kind)


def decided(town, record, reason=""):
    selecting.lay_before(actor=town.decides, selection=record, reason=reason)
    approve(actor=town.actor(town.second), approval=Approval.objects.get(object_id=record.public_id))
    record.refresh_from_db()
    return record


def name(made, record):
    return shown(record).winner and next(f.name for f in made.firms if f.public_id == record.answered["winner"])


def test_the_smallest_rank_sum_is_proposed_and_two_officers_decide(kurihara):
    made = ready(kurihara)
    record = computed(kurihara)
    assert record.answered["winner"] == made.firms[0].public_id
    assert {row["rank_sum"] for row in record.answered["table"].values()} == {5, 6, 7}
    selecting.lay_before(actor=kurihara.decides, selection=record)
    laid = Approval.objects.get(object_id=record.public_id)
    with pytest.raises(Refused):
        approve(actor=kurihara.decides, approval=laid)  # nobody confirms the own proposal
    return_for_change(actor=kurihara.actor(kurihara.second), approval=laid, comment="もう一度見る")
    record.refresh_from_db()
    assert record.state == "trial"
    decided(kurihara, record)
    assert (record.state, record.decided_by) == ("decided", kurihara.second)
    assert Call.objects.get().state == "decided"
    assert [one.state for one in Applicant.objects.order_by("pk")] == ["selected", "not_selected", "not_selected"]


def test_nothing_is_computed_before_the_chair_closes(kurihara):
    made = committee(kurihara)
    hand_in(made)
    begin(made)
    made.score({0: (90, 80, 70), 1: (70, 80, 90), 2: (90, 80, 70)})
    with pytest.raises(NotPossible, match="締めて"):
        computed(kurihara)
    assert not SelectionRecord.objects.exists()


def test_the_downloads_are_the_command_lines_own(kurihara, tmp_path):
    ready(kurihara)
    record = computed(kurihara)
    officer = browser(kurihara.officer)
    base = f"/kurihara/desk/calls/selections/{record.public_id}/"
    (tmp_path / "asked.json").write_bytes(officer.get(f"{base}asked.json").content)
    words = [sys.executable, "-m", "yui.config.cli", "engine", "select", str(tmp_path / "asked.json")]
    printed = subprocess.run(words, capture_output=True, check=True, timeout=60).stdout
    assert printed == officer.get(f"{base}answered.json").content
    assert json.loads(printed)["winner"] == record.answered["winner"]
    names = [*Applicant.objects.values_list("name", flat=True), "例示"]
    assert not any(one in (tmp_path / "asked.json").read_text() for one in names)  # public ids only
    assert browser(kurihara.auditor).get(f"{base}asked.json").status_code == 403


def test_a_tie_to_the_end_stops_for_the_committee(kurihara):
    rows = {0: (90, 80, 70), 1: (80, 90, 70)}
    made = ready(kurihara, rows, estimates=(3_000_000, 3_000_000, 2_000_000))
    record = computed(kurihara)
    assert record.answered["status"] == "committee_required"
    with pytest.raises(NotPossible, match="そろっていません"):
        selecting.lay_before(actor=kurihara.decides, selection=record)
    officer = browser(kurihara.officer)
    desk = f"/kurihara/desk/calls/{kurihara.call.public_id}/"
    assert "委員会の決定を書く" in officer.get(f"{desk}selection/").content.decode()
    outside = {"chosen": made.firms[2].public_id, "reason": "気に入った"}
    assert officer.post(f"{desk}decisions/tie/", outside).status_code == 422
    assert officer.post(f"{desk}decisions/tie/", {"chosen": made.firms[1].public_id, "reason": ""}).status_code == 422
    chosen = {"chosen": made.firms[1].public_id, "reason": "実現の見こみが高い"}
    assert officer.post(f"{desk}decisions/tie/", chosen).status_code == 302
    assert outdated(record)
    again = computed(kurihara)
    assert (again.answered["status"], again.answered["winner"]) == ("selected", made.firms[1].public_id)
    page = officer.get(f"{desk}selection/").content.decode()
    assert "実現の見こみが高い" in page and "架空い社 を先にしました" in page


def test_who_left_before_the_notice_is_out_and_after_it_only_struck(kurihara):
    made = ready(kurihara)
    first, second, third = made.firms
    Disqualification.objects.create(
        authority=kurihara.authority, applicant=third, ground="falsehood", evidence="別添", state="confirmed",
        proposed_at=clock.now(), decided_at=clock.now(),
    )  # fmt: skip
    record = decided(kurihara, computed(kurihara))
    assert record.answered["not_selectable"] == {third.public_id: "disqualified"}
    Notice.objects.create(
        authority=kurihara.authority, applicant=first, kind="result", outcome="selected", dated_on=clock.today(),
        sent_at=clock.now(),
    )  # fmt: skip
    Withdrawal.objects.create(authority=kurihara.authority, applicant=first, channel="hand", received_at=clock.now())
    Applicant.objects.filter(pk=first.pk).update(state="withdrawn")
    assert outdated(record)
    after = decided(kurihara, computed(kurihara))
    assert after.answered["winner"] == second.public_id
    assert after.answered["table"][first.public_id]["rank_sum"] == record.answered["table"][first.public_id]["rank_sum"]
    assert Applicant.objects.get(pk=second.pk).state == "selected"


def test_an_approved_correction_asks_for_a_new_computation(kurihara):
    made = ready(kurihara)
    record = computed(kurihara)
    score = Score.objects.get(sheet__member=made.members[1], applicant=made.firms[0], criterion="ro4")
    assert score.points == 10
    asked = correcting.ask_correction(
        actor=made.actor(made.members[1]), score=score, after=Decimal(9), reason="書きまちがい"
    )
    correcting.decide_correction(actor=made.actor(made.chair), chair=made.chair, correction=asked, approve=True)
    assert outdated(record)
    with pytest.raises(NotPossible, match="もう一度計算"):
        selecting.lay_before(actor=kurihara.decides, selection=record)
    assert computed(kurihara).answered["table"][made.firms[0].public_id]["totals"][made.members[1].public_id] == 69


def test_one_applicant_needs_the_majority_else_the_call_is_made_again(kurihara):
    made = ready(kurihara, {0: (60,), 1: (59,), 2: (59,)}, firms=("あ",))
    record = computed(kurihara)
    assert record.answered["status"] == "no_candidate"
    assert record.answered["not_selectable"] == {made.firms[0].public_id: "no_majority"}
    selecting.record_decision(
        actor=kurihara.decides, call=kurihara.call, question="no_candidate", chosen=[], reason="再び募集する"
    )
    assert Call.objects.get().state == "no_candidate"
    assert Applicant.objects.get().state == "not_selected"


def test_a_committee_may_not_end_a_call_that_has_a_candidate(kurihara):
    ready(kurihara)
    computed(kurihara)
    with pytest.raises(NotPossible, match="候補者となる提案がある"):
        selecting.record_decision(
            actor=kurihara.decides, call=kurihara.call, question="no_candidate", chosen=[], reason="気に入らない"
        )
    with pytest.raises(NotPossible, match="定めがありません"):
        selecting.record_decision(
            actor=kurihara.decides, call=kurihara.call, question="estimate", chosen=[], reason="高い"
        )


FIRST = {0: ((5, 4, 3), (4, 4, 4), (2, 2, 2)), 1: ((5, 4, 4), (4, 4, 4), (2, 2, 3))}
SECOND = {0: (60, 61, 30), 1: (60, 60, 30)}


def test_sanda_adds_both_stages_and_the_floor(sanda):
    made = two_stages(sanda, FIRST, SECOND)
    record = computed(sanda)
    first, second, third = (record.answered["table"][firm.public_id] for firm in made.firms)
    assert record.asked["proposals"][0]["stage1"] in ("12.5", 12, "6.5")
    assert (first["total"], second["total"]) == (145, 145)  # 2 × 12.5 + 120 and 2 × 12 + 121
    assert first["themes"] == second["themes"] or record.answered["winner"]
    assert record.answered["not_selectable"] == {made.firms[2].public_id: "below_floor"}
    assert third["mean"] == "36.5"


def test_sanda_gate_on_the_estimate_and_no_automatic_successor(sanda):
    made = two_stages(sanda, FIRST, {0: (70, 61, 55), 1: (70, 60, 55)})
    selecting.record_decision(
        actor=sanda.decides, call=sanda.call, question="estimate", chosen=[made.firms[2]], reason="内容に合わない"
    )
    record = decided(sanda, computed(sanda))
    assert record.answered["not_selectable"] == {made.firms[2].public_id: "estimate_unsuitable"}
    assert record.answered["winner"] == made.firms[0].public_id
    Notice.objects.create(
        authority=sanda.authority, applicant=made.firms[0], kind="result", outcome="selected",
        dated_on=clock.today(), sent_at=clock.now(),
    )  # fmt: skip
    Withdrawal.objects.create(
        authority=sanda.authority, applicant=made.firms[0], channel="hand", received_at=clock.now()
    )
    Applicant.objects.filter(pk=made.firms[0].pk).update(state="withdrawn")
    after = computed(sanda)
    assert (after.answered["status"], after.answered["order"]) == ("no_candidate", [made.firms[1].public_id])
    with pytest.raises(NotPossible):
        selecting.record_decision(
            actor=sanda.decides, call=sanda.call, question="successor", chosen=[made.firms[2]], reason="ほか"
        )
    selecting.record_decision(
        actor=sanda.decides, call=sanda.call, question="successor", chosen=[made.firms[1]], reason="次点のため"
    )
    assert Applicant.objects.get(pk=made.firms[1].pk).state == "selected"


def test_a_mean_without_end_is_not_rounded_but_asked_of_the_committee(sanda):
    first = {0: ((5, 5, 5),), 1: ((5, 5, 4),), 2: ((5, 5, 4),)}
    made = two_stages(sanda, first, {0: (60,), 1: (60,), 2: (60,)}, firms=("あ",))
    with pytest.raises(NotPossible, match="43/3"):
        computed(sanda)
    selecting.record_decision(
        actor=sanda.decides, call=sanda.call, question="points", chosen=[made.firms[0]], reason="合議した",
        points=Decimal("14.3"),
    )  # fmt: skip
    assert computed(sanda).asked["proposals"][0]["stage1"] == "14.3"


def test_about_five_are_invited_with_a_reason_where_it_is_narrow(sanda):
    firms = tuple("あいうえおか")
    made = committee(sanda, firms, seats=2)
    hand_in(made, "participation")
    begin(made, "participation")
    for seat in made.members:
        for n, firm in enumerate(made.firms):
            sheet, team = made.sheet(seat, "participation"), Decimal("3.5") if n == 5 else 4
            for code, points in (("s1", 4), ("s2", 4), ("s3", team)):
                Score.objects.create(
                    authority=sanda.authority, sheet=sheet, applicant=firm, criterion=code, points=points,
                    saved_at=clock.now(),
                )  # fmt: skip
    made.close("participation")
    Applicant.objects.filter(pk=made.firms[0].pk).update(state="registered")
    with pytest.raises(NotPossible, match="参加資格の確認"):
        computed(sanda, "shortlist")
    Applicant.objects.update(state="eligible")
    record = computed(sanda, "shortlist")
    assert (record.answered["cut"], record.answered["narrow_margin"]) == (True, "0.5")
    with pytest.raises(NotPossible, match="わけ"):
        selecting.lay_before(actor=sanda.decides, selection=record)
    with pytest.raises(NotPossible, match="点の高い方から"):
        selecting.record_decision(
            actor=sanda.decides, call=sanda.call, question="shortlist", chosen=made.firms[1:], reason="ほか"
        )
    selecting.record_decision(
        actor=sanda.decides, call=sanda.call, question="shortlist", chosen=made.firms, reason="差が0.5点のため"
    )
    decided(sanda, computed(sanda, "shortlist"), reason="6者に求める")
    assert set(Applicant.objects.values_list("state", flat=True)) == {"invited"}


@trials(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(orders=st.tuples(st.permutations(range(3)), st.permutations(range(3))))
def test_the_order_of_members_and_proposals_changes_nothing(kurihara, orders):
    made = ready(kurihara) if not SelectionRecord.objects.exists() else None
    record = SelectionRecord.objects.first() or computed(kurihara)
    assert made is None or record.answered["winner"] == made.firms[0].public_id
    members, proposals = orders
    for number, seat in zip(members, kurihara.call.members.order_by("pk"), strict=True):
        type(seat).objects.filter(pk=seat.pk).update(order=number)
    for number, firm in zip(proposals, Applicant.objects.order_by("pk"), strict=True):
        at = clock.now().replace(microsecond=number)
        Applicant.objects.filter(pk=firm.pk).update(registered_at=at)
    again = computed(kurihara)
    assert again.asked == record.asked and again.answered == record.answered
    given_otherwise = {
        **record.asked,
        "members": [record.asked["members"][n] for n in members],
        "proposals": [record.asked["proposals"][n] for n in proposals],
    }
    assert answer_select(given_otherwise) == record.answered


def test_the_record_on_paper_tells_every_step(kurihara):
    ready(kurihara)
    record = computed(kurihara)
    page = browser(kurihara.officer).get(f"/kurihara/desk/calls/selections/{record.public_id}/").content.decode()
    assert "順位を全員分合計し" in page and "架空あ社 を候補者とします" in page and "yui engine select" in page
    assert record.answered["winner"] not in page.replace(f"selections/{record.public_id}", "")


def test_an_estimate_that_was_not_opened_is_no_zero(kurihara):
    made = ready(kurihara)
    Proposal.objects.filter(applicant=made.firms[0]).update(estimate=None)
    with pytest.raises(NotPossible, match="見積額"):
        computed(kurihara)
