"""A contract from draft to engagement, and what follows."""

import datetime as dt

import pytest

from yui.base.access.errors import NotPossible, Refused, Stale
from yui.base.access.models import Grant
from yui.office.commissions.domain import accept_owed, submit_owed
from yui.office.commissions.models import Commission, Deliverable, Engagement, Paper
from yui.office.contracts import domain
from yui.office.contracts.models import Amendment, Contract, ContractDeposit, ContractYear
from yui.office.contracts.queries import planned_of, visible_contracts
from yui.office.contracts.tests.conftest import PDF

pytestmark = pytest.mark.django_db
SANDA = {"key": "r7", "starts_on": dt.date(2025, 8, 1), "ends_on": dt.date(2029, 3, 31)}
FOUR = {2025: 6_980_000, 2026: 10_860_000, 2027: 11_900_000, 2028: 11_900_000}


def deposit_of(contract):
    return ContractDeposit.objects.select_related("contract__engagement").get(contract=contract)


def test_the_deposit_of_sanda_is_a_tenth_and_three_hundredths_for_a_local_head_office(town):
    sanda = town("sanda")
    contract = sanda.draft(41_640_001, **SANDA)
    assert deposit_of(contract).least == 4_164_001  # 「以上」: rounded up
    local = sanda.draft(41_640_001, **SANDA, head_office_in_town=True)
    assert deposit_of(local).least == 1_249_201
    assert all(isinstance(step, str) and step for step in deposit_of(local).steps)


def test_konan_asks_for_no_deposit_and_says_so(town):
    deposit = deposit_of(town("konan").draft())
    assert deposit.least is None
    assert "定めがありません" in deposit.steps[0]


def test_a_waiver_needs_ground_and_evidence_and_a_deposit_its_full_amount(town):
    sanda = town("sanda")
    deposit = deposit_of(sanda.draft(1_000_000, **SANDA))
    officer = sanda.actor()
    refused = []
    for given in (
        {"waived": 100_000},
        {"waived": 100_000, "ground": "履行保証保険"},
        {"paid": 99_999, "paid_on": dt.date(2026, 11, 1)},
        {"paid": 100_000},
    ):
        with pytest.raises(NotPossible) as error:
            domain.settle_deposit(actor=officer, deposit=deposit, **given)
        refused.append(error.value.code)
    assert refused == ["ground", "evidence", "too_little", "paid_on"]
    settled = domain.settle_deposit(
        actor=officer, deposit=deposit, paid=40_000, paid_on=dt.date(2026, 11, 1), waived=60_000, ground="履行保証保険",
        upload=PDF, name="保険証券.pdf",
    )  # fmt: skip
    assert (settled.paid, settled.waived, bool(settled.evidence_id)) == (40_000, 60_000, True)


def test_signing_waits_for_the_deposit_and_the_decision_of_another(town):
    sanda = town("sanda")
    contract = sanda.draft(41_640_000, **SANDA)
    with pytest.raises(NotPossible, match="額を書いてください"):
        domain.request_contract(actor=sanda.actor(), contract=contract)
    domain.set_years(actor=sanda.actor(), contract=contract, amounts=FOUR)
    contract = domain.request_contract(actor=sanda.actor(), contract=contract)
    with pytest.raises(Refused):
        domain.decide_contract(actor=sanda.actor(), contract=contract, accepted=True)
    contract = domain.decide_contract(actor=sanda.actor("second"), contract=contract, accepted=True)
    with pytest.raises(NotPossible, match="保証金"):
        domain.sign_contract(actor=sanda.actor(), contract=contract, on=dt.date(2026, 11, 20))
    assert not Commission.objects.exists()


def test_a_returned_draft_is_changed_and_sent_again(town):
    konan = town()
    contract = domain.request_contract(actor=konan.actor(), contract=konan.draft())
    with pytest.raises(NotPossible):
        domain.change_draft(actor=konan.actor(), contract=contract, version=contract.version, values={"amount": 1})
    contract = domain.decide_contract(actor=konan.actor("second"), contract=contract, accepted=False, comment="税額")
    assert contract.state == "draft"
    with pytest.raises(Stale):
        domain.change_draft(actor=konan.actor(), contract=contract, version=1, values={"tax": 1})
    contract = domain.change_draft(
        actor=konan.actor(), contract=contract, version=contract.version, values={"amount": 9_000_000, "tax": 818_181}
    )
    assert list(contract.years.values_list("fiscal_year", "amount")) == [(2026, 9_000_000)]
    assert domain.request_contract(actor=konan.actor(), contract=contract).state == "review"


def test_signing_begins_commission_and_engagement_with_the_days_of_the_contract(town):
    konan = town()
    contract = konan.signed(starts_on=dt.date(2026, 7, 15), ends_on=dt.date(2027, 2, 26))
    commission = Commission.objects.get()
    assert (commission.starts_on, commission.ends_on) == (contract.starts_on, contract.ends_on)
    engagement = Engagement.objects.get()
    assert (contract.engagement, engagement.organization) == (engagement, konan.organization)
    assert Deliverable.objects.get(key="flyer").due_on == dt.date(2027, 2, 26)
    assert Paper.objects.get(key="start_notice").due_on == dt.date(2026, 7, 22)
    flyer = Deliverable.objects.get(key="flyer")
    assert (flyer.count, flyer.about_percent, flyer.unit) == (2000, 10, "部")


def test_years_that_konan_only_plans_are_no_commitment(town):
    contract = town().signed()
    assert [year.fiscal_year for year in ContractYear.objects.filter(contract=contract)] == [2026]
    assert [one["number"] for one in planned_of(contract)] == [2, 3]
    with pytest.raises(NotPossible):
        domain.set_years(actor=contract_officer(contract), contract=contract, amounts={2026: 1, 2027: 2})


def contract_officer(contract):
    from yui.base.access.actor import system_actor

    return system_actor(contract.authority, "test")


def test_an_engagement_that_runs_already_is_taken_over(town):
    konan = town()
    first = konan.signed()
    second = konan.signed(amount=100_000)
    assert Engagement.objects.count() == 1
    assert second.engagement == first.engagement


def test_an_amendment_reduces_the_amount_once_it_is_approved(town):
    konan = town()
    contract = konan.signed()
    amendment = domain.request_amendment(
        actor=konan.actor(), contract=contract, effective_on=dt.date(2026, 11, 20), reason="催しの中止",
        amount=8_000_000, tax=727_272, ends_on=contract.ends_on, years={},
    )  # fmt: skip
    contract.refresh_from_db()
    assert contract.amount == 8_250_000
    domain.decide_amendment(actor=konan.actor("second"), amendment=amendment, accepted=True)
    contract.refresh_from_db()
    assert contract.amount == 8_000_000
    assert list(contract.years.values_list("amount", flat=True)) == [8_000_000]
    assert Amendment.objects.get().amount_before == 8_250_000


def test_an_amendment_of_the_term_moves_engagement_roles_and_what_is_due_at_the_end(town):
    konan = town()
    contract = konan.signed()
    konan.lead(contract)
    amendment = domain.request_amendment(
        actor=konan.actor(), contract=contract, effective_on=dt.date(2026, 11, 20), reason="延長",
        amount=contract.amount, tax=contract.tax, ends_on=dt.date(2027, 3, 26), years={},
    )  # fmt: skip
    returned = domain.decide_amendment(
        actor=konan.actor("second"), amendment=amendment, accepted=False, comment="根拠を"
    )
    assert returned.state == "returned"
    again = domain.request_amendment(
        actor=konan.actor(), contract=contract, effective_on=dt.date(2026, 11, 20), reason="協議書のとおり延長",
        amount=contract.amount, tax=contract.tax, ends_on=dt.date(2027, 3, 26), years={},
    )  # fmt: skip
    domain.decide_amendment(actor=konan.actor("second"), amendment=again, accepted=True)
    end = dt.date(2027, 3, 26)
    assert Engagement.objects.get().ends_on == end
    assert Grant.objects.get(role="contractor_lead").ends_on == end
    assert Deliverable.objects.get(key="flyer").due_on == end
    assert Deliverable.objects.get(key="action_plan").due_on == dt.date(2026, 7, 31)


def test_a_termination_needs_its_ground_and_ends_the_engagement(town, on_day):
    konan = town()
    contract = konan.signed()
    lead = konan.lead(contract)
    with pytest.raises(NotPossible):
        domain.end_contract(actor=konan.actor(), contract=contract, kind="contractor", ground=" ")
    with pytest.raises(Refused):
        domain.end_contract(actor=lead, contract=contract, kind="contractor", ground="勝手に")
    domain.end_contract(
        actor=konan.actor(),
        contract=contract,
        kind="force_majeure",
        ground="災害により続けられない",
        on=dt.date(2026, 11, 20),
    )
    assert Engagement.objects.get().ends_on == dt.date(2026, 11, 20)
    on_day("2026-11-21")
    assert konan.actor().roles == {"officer"}
    assert visible_contracts(lead).count() == 1  # the actor of yesterday; the one of today holds nothing
    from yui.base.access.actor import actor_for

    assert visible_contracts(actor_for(lead.account, konan.authority)).count() == 0


def test_completion_waits_for_everything_mandatory(town):
    konan = town()
    contract = konan.signed()
    with pytest.raises(NotPossible, match="まだ受け取っていないもの"):
        domain.complete_contract(actor=konan.actor(), contract=contract)
    notice = Paper.objects.get(key="completion_notice")
    lead = konan.lead(contract)
    submit_owed(actor=lead, owed=notice, upload=PDF, name="完了届.pdf")
    with pytest.raises(NotPossible, match="まだ受け取っていないもの"):
        accept_owed(actor=konan.actor(), owed=notice)
    Deliverable.objects.update(state="accepted")
    Paper.objects.exclude(pk=notice.pk).update(state="accepted")
    notice.refresh_from_db()
    assert accept_owed(actor=konan.actor(), owed=notice).state == "accepted"
    assert domain.complete_contract(actor=konan.actor(), contract=contract).state == "completed"


def test_flyers_about_two_thousand(town):
    konan = town()
    contract = konan.signed()
    lead, flyer = konan.lead(contract), Deliverable.objects.get(key="flyer")
    with pytest.raises(NotPossible, match="出した数"):
        submit_owed(actor=lead, owed=flyer, upload=PDF, name="a.pdf")
    submit_owed(actor=lead, owed=flyer, upload=PDF, name="a.pdf", handed_in=1500)
    with pytest.raises(NotPossible, match="数が足りません"):
        accept_owed(actor=konan.actor(), owed=flyer)
    assert accept_owed(actor=konan.actor(), owed=flyer, comment="残りは電子で配る").state == "accepted"
    video = Deliverable.objects.get(key="video")
    submit_owed(actor=lead, owed=video, upload=PDF, name="v.pdf", handed_in=1)
    assert accept_owed(actor=konan.actor(), owed=video).state == "accepted"


def test_a_contractor_sees_the_own_contract_only(town):
    konan = town()
    contract = konan.signed()
    lead = konan.lead(contract)
    other = konan.draft(title="ほかの契約")
    assert list(visible_contracts(lead)) == [contract]
    assert set(visible_contracts(konan.actor())) == {contract, other}
    with pytest.raises(Refused):
        domain.request_subcontract(
            actor=lead, contract=other, subcontractor="x", work="x", outline="x", structure="x", amount=1,
            starts_on=dt.date(2026, 12, 1), ground="x",
        )  # fmt: skip


def test_a_draft_that_is_dropped_leaves_no_open_approval(town):
    from yui.base.approvals.models import Approval

    konan = town()
    contract = domain.request_contract(actor=konan.actor(), contract=konan.draft())
    contract = domain.decide_contract(actor=konan.actor("second"), contract=contract, accepted=False, comment="見直す")
    domain.drop_contract(actor=konan.actor(), contract=contract)
    assert Contract.objects.get().state == "dropped"
    assert not Approval.objects.filter(state__in=["review", "returned"]).exists()
