"""Registering, submitting, receiving and opening: what is in time counts, what is not is kept and marked."""

import datetime as dt

import pytest

from yui.base.access.errors import NotPossible, Refused
from yui.base.approvals.domain import approve
from yui.base.audit.models import AuditEvent
from yui.office.calls import domain
from yui.office.calls.models import Disqualification, Proposal, SubmittedPaper
from yui.office.calls.schedule import TOKYO
from yui.office.calls.tests.cast import account, member
from yui.office.calls.tests.papers import at, hand_in, pdf, register, with_web

ALL = ("application", "proposal", "estimate", "oath", "articles", "register", "officers", "outline", "accounts")


def arrive(town, applicant, when, *, channel="hand", papers=ALL, stage="proposal", **more):
    received = dt.datetime.fromisoformat(when).replace(tzinfo=TOKYO)
    pile = [domain.Arrived(key, 5 if key == "proposal" else 1) for key in papers]
    return domain.receive_papers(
        actor=town.decides, applicant=applicant, stage=stage, channel=channel, received_at=received, papers=pile, **more
    )


def test_an_account_registers_once_and_staff_and_members_never(kurihara, monkeypatch):
    at(monkeypatch, "2024-06-03 10:00")
    firm, actor = register(kurihara, "firm")
    assert (firm.state, firm.channel, firm.account_id) == ("registered", "web", actor.account.pk)
    for who, code in ((actor, "already_registered"), (kurihara.decides, "runs_the_call"),
                      (kurihara.actor(member(kurihara, "seat").account), "runs_the_call")):  # fmt: skip
        with pytest.raises((NotPossible, Refused)) as refused:
            domain.register_applicant(actor=who, call=kurihara.call, entry=domain.Entry(name="架空"))
        assert refused.value.code == code
    at(monkeypatch, "2024-06-20 17:00:01")
    with pytest.raises(NotPossible) as refused:
        register(kurihara, "late")
    assert refused.value.code == "late"


def test_the_web_takes_nothing_where_the_call_takes_paper_only(kurihara, monkeypatch):
    at(monkeypatch, "2024-06-03 10:00")
    firm, actor = register(kurihara, "firm")
    with pytest.raises(NotPossible) as refused:
        domain.add_paper(actor=actor, applicant=firm, stage="proposal", paper="oath", upload=pdf(), name="a.pdf")
    assert refused.value.code == "channel_not_allowed"


def test_a_second_submission_before_the_deadline_replaces_and_counts_as_one(kurihara, monkeypatch):
    with_web(kurihara)
    at(monkeypatch, "2024-06-03 10:00")
    firm, actor = register(kurihara, "firm")
    first = hand_in(firm, actor)
    at(monkeypatch, "2024-06-20 17:00:00")
    domain.begin_draft(actor=actor, applicant=firm, stage="proposal")
    second = domain.submit_proposal(actor=actor, applicant=firm, stage="proposal")
    first.refresh_from_db()
    assert (first.state, second.state) == ("replaced", "received")
    assert first.receipt != second.receipt and first.papers.count() == second.papers.count() == len(ALL)
    with pytest.raises(NotPossible) as again:  # the other tab
        domain.submit_proposal(actor=actor, applicant=firm, stage="proposal")
    assert again.value.code == "handed_in"


def test_after_the_deadline_the_portal_refuses_and_records_it(kurihara, monkeypatch):
    with_web(kurihara)
    at(monkeypatch, "2024-06-03 10:00")
    firm, actor = register(kurihara, "firm")
    hand_in(firm, actor)
    domain.begin_draft(actor=actor, applicant=firm, stage="proposal")
    at(monkeypatch, "2024-06-20 17:00:01")
    with pytest.raises(NotPossible) as refused:
        domain.submit_proposal(actor=actor, applicant=firm, stage="proposal")
    assert refused.value.code == "late"
    assert AuditEvent.objects.filter(act="proposal.late_refused", object_id=firm.public_id).count() == 1
    assert Proposal.objects.filter(applicant=firm, state="received").count() == 1


def test_what_is_missing_is_told_and_handed_in_only_knowingly(kurihara, monkeypatch):
    with_web(kurihara)
    at(monkeypatch, "2024-06-03 10:00")
    firm, actor = register(kurihara, "firm")
    domain.add_paper(actor=actor, applicant=firm, stage="proposal", paper="oath", upload=pdf(), name="oath.pdf")
    with pytest.raises(NotPossible, match=r"企画提案書.*見積額") as refused:
        domain.submit_proposal(actor=actor, applicant=firm, stage="proposal")
    assert refused.value.code == "missing"
    made = domain.submit_proposal(actor=actor, applicant=firm, stage="proposal", although_missing=True)
    assert made.state == "received"


@pytest.mark.parametrize(
    ("when", "channel", "verdict"),
    [
        ("2025-06-12 16:00:00", "hand", ""),
        ("2025-06-12 16:00:01", "hand", "late"),
        ("2025-06-11 16:31:00", "hand", "counter_closed"),
        ("2025-06-08 10:00:00", "hand", "counter_closed"),
        ("2025-06-08 10:00:00", "mail", ""),
        ("2025-06-11 10:00:00", "email", "channel_not_allowed"),
    ],
)
def test_arrivals_are_judged_by_the_engine_and_never_dropped(sanda, monkeypatch, when, channel, verdict):
    at(monkeypatch, "2025-06-13 09:00")
    firm = domain.register_on_paper(actor=sanda.decides, call=sanda.call, entry=domain.Entry("架空社"), channel="mail")
    made = arrive(sanda, firm, when, channel=channel, papers=("participation",), stage="participation")
    assert (made.verdict, made.state) == (verdict, "refused" if verdict else "received")
    assert made.papers.count() == 1 and made.receipt
    late = Disqualification.objects.filter(applicant=firm, by_system="late", state="proposed", ground="nonconforming")
    assert late.count() == (1 if verdict else 0)


def test_a_late_replacement_is_let_in_by_two_officers_in_kurihara_and_never_in_sanda(kurihara, monkeypatch):
    at(monkeypatch, "2024-06-21 10:00")
    firm = domain.register_on_paper(
        actor=kurihara.decides, call=kurihara.call, entry=domain.Entry("架空社"), channel="hand"
    )
    first = arrive(kurihara, firm, "2024-06-19 10:00")
    late = arrive(kurihara, firm, "2024-06-20 17:20")
    assert (late.verdict, Disqualification.objects.count()) == ("late", 0)
    asked = domain.ask_late_exception(actor=kurihara.decides, proposal=late, reason="庁舎の停電のため")
    with pytest.raises(Refused):
        approve(actor=kurihara.decides, approval=asked)
    approve(actor=kurihara.actor(kurihara.second), approval=asked)
    late.refresh_from_db()
    first.refresh_from_db()
    assert (first.state, late.state) == ("replaced", "received")
    assert late.exception == "庁舎の停電のため（承認：見本 second）"


def test_sanda_has_no_late_replacement(sanda, monkeypatch):
    at(monkeypatch, "2025-06-13 09:00")
    firm = domain.register_on_paper(actor=sanda.decides, call=sanda.call, entry=domain.Entry("架空社"), channel="mail")
    arrive(sanda, firm, "2025-06-12 10:00", papers=("participation",), stage="participation")
    late = arrive(sanda, firm, "2025-06-12 17:00", papers=("participation",), stage="participation")
    with pytest.raises(NotPossible) as refused:
        domain.ask_late_exception(actor=sanda.decides, proposal=late, reason="停電")
    assert refused.value.code == "no_such_function"


def test_opening_comes_after_the_deadline_once_before_a_witness_and_shows_sums(kurihara, monkeypatch):
    with_web(kurihara)
    at(monkeypatch, "2024-06-03 10:00")
    firm, actor = register(kurihara, "firm")
    made = hand_in(firm, actor, yen=3_500_000)
    row = SubmittedPaper.objects.get(proposal=made, paper="proposal")
    assert (made.estimate, row.name, row.findings) == (None, "", [])
    at(monkeypatch, "2024-06-20 17:00:00")
    with pytest.raises(NotPossible) as early:
        domain.open_seals(actor=kurihara.decides, call=kurihara.call, stage="proposal", witness="架空 健一")
    assert early.value.code == "sealed"
    at(monkeypatch, "2024-06-20 17:00:01")
    domain.open_seals(actor=kurihara.decides, call=kurihara.call, stage="proposal", witness="架空 健一")
    made.refresh_from_db()
    row.refresh_from_db()
    assert (made.estimate, row.name) == (3_500_000, "架空firm社-proposal.pdf")
    assert [(one.ground, one.by_system) for one in Disqualification.objects.all()] == [("breach", "over_cap")]
    with pytest.raises(NotPossible) as twice:
        domain.open_seals(actor=kurihara.decides, call=kurihara.call, stage="proposal", witness="架空 健一")
    assert twice.value.code == "opened"
    read = domain.read_paper(actor=kurihara.decides, public_id=row.public_id)
    assert read.data.startswith(b"%PDF") and AuditEvent.objects.filter(act="paper.read").count() == 1


def test_two_live_proposals_are_proposed_for_disqualification_and_decided_by_people(kurihara, monkeypatch):
    at(monkeypatch, "2024-06-21 10:00")
    one, other = (
        domain.register_on_paper(actor=kurihara.decides, call=kurihara.call, entry=domain.Entry(name), channel="hand")
        for name in ("株式会社　架空", "架空（株）")
    )
    arrive(kurihara, one, "2024-06-19 10:00")
    arrive(kurihara, other, "2024-06-19 11:00", papers=("application",))
    domain.open_seals(actor=kurihara.decides, call=kurihara.call, stage="proposal", witness="架空 健一")
    found = {(row.applicant_id, row.by_system): row for row in Disqualification.objects.all()}
    assert set(found) == {(one.pk, "two_proposals"), (other.pk, "two_proposals"), (other.pk, "missing_paper")}
    domain.dismiss_disqualification(
        actor=kurihara.decides, proposed=found[one.pk, "two_proposals"], reason="別の法人でした"
    )
    domain.confirm_disqualification(
        actor=kurihara.decides, proposed=found[other.pk, "missing_paper"], reason="企画提案書がありません"
    )
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.state, other.state) == ("registered", "disqualified")


def test_withdrawing_is_no_disqualification_and_leaves_the_papers_closed(kurihara, monkeypatch):
    with_web(kurihara)
    at(monkeypatch, "2024-06-03 10:00")
    firm, actor = register(kurihara, "firm")
    made = hand_in(firm, actor)
    domain.withdraw_applicant(actor=actor, applicant=firm, words="人手が足りません")
    at(monkeypatch, "2024-06-21 10:00")
    domain.open_seals(actor=kurihara.decides, call=kurihara.call, stage="proposal", witness="架空 健一")
    made.refresh_from_db()
    firm.refresh_from_db()
    assert (firm.state, made.estimate, Disqualification.objects.count()) == ("withdrawn", None, 0)


def test_eligibility_is_declared_checked_and_decided_one_by_one(kurihara, monkeypatch):
    at(monkeypatch, "2024-06-03 10:00")
    firm, actor = register(kurihara, "firm")
    keys = ("base", "no_exclusion", "no_arrears", "no_restriction", "no_crime", "not_political", "not_religious")
    declared = {key: domain.Declared(True) for key in keys}
    assert domain.declare_eligibility(actor=actor, applicant=firm, answers=declared) == 7
    assert domain.declare_eligibility(actor=actor, applicant=firm, answers=declared) == 0
    for key in keys[:-1]:
        domain.check_requirement(actor=kurihara.decides, applicant=firm, requirement=key, result="ok")
    with pytest.raises(NotPossible) as open_one:
        domain.decide_eligibility(actor=kurihara.decides, applicant=firm)
    assert open_one.value.code == "pending"
    domain.check_requirement(actor=kurihara.decides, applicant=firm, requirement=keys[-1], result="ok")
    assert domain.decide_eligibility(actor=kurihara.decides, applicant=firm).state == "eligible"
    domain.check_requirement(
        actor=kurihara.decides, applicant=firm, requirement="no_arrears", result="not_ok", reason="滞納が分かった"
    )
    assert domain.decide_eligibility(actor=kurihara.decides, applicant=firm).state == "not_eligible"


def test_nobody_of_the_office_hands_in_for_an_applicant(kurihara, monkeypatch):
    with_web(kurihara)
    at(monkeypatch, "2024-06-03 10:00")
    firm, _actor = register(kurihara, "firm")
    rival = kurihara.actor(account(kurihara.authority, "rival"))
    for who in (kurihara.decides, rival):
        with pytest.raises(Refused):
            domain.set_estimate(actor=who, applicant=firm, stage="proposal", yen=1)
