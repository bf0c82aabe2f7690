"""再委託 by the rule of each town, and the contractor's named staff."""

import datetime as dt

import pytest

from yui.base.access.errors import NotPossible, Refused
from yui.base.documents.models import Document
from yui.office.contracts import domain
from yui.office.contracts.models import NamedStaff, StaffChange, Subcontract
from yui.office.contracts.papers import make_consent, make_subcontract_approval

pytestmark = pytest.mark.django_db
UNNAN = {"key": "r7", "starts_on": dt.date(2026, 7, 1), "ends_on": dt.date(2027, 3, 26)}
SANDA = {"key": "r7", "starts_on": dt.date(2026, 8, 1), "ends_on": dt.date(2027, 3, 31)}


def ask(actor, contract, **values):
    given = {
        "subcontractor": "株式会社 例示デザイン", "work": "印刷", "outline": "チラシの印刷", "structure": "責任者1人",
        "amount": 330_000, "starts_on": dt.date(2026, 12, 1), "ground": "機材が要る", **values,
    }  # fmt: skip
    return domain.request_subcontract(actor=actor, contract=contract, **given)


def test_konan_approves_only_with_its_own_finding(town):
    konan = town()
    contract = konan.signed()
    row = ask(konan.lead(contract), contract)
    with pytest.raises(NotPossible, match="欠かせない"):
        domain.decide_subcontract(actor=konan.actor(), subcontract=row, accepted=True)
    row.refresh_from_db()
    assert (row.state, row.indispensable) == ("review", "")
    row = domain.decide_subcontract(
        actor=konan.actor(), subcontract=row, accepted=True, indispensable="収支モデルに欠かせない"
    )
    assert (row.state, row.indispensable) == ("approved", "収支モデルに欠かせない")
    document = make_subcontract_approval(actor=konan.actor(), subcontract=row)
    assert document.attachment.name.endswith(".docx")
    assert Document.objects.get().kind == "subcontract_approval"


def test_unnan_approves_each_subcontractor_without_one(town):
    unnan = town("unnan")
    contract = unnan.signed(3_000_000, **UNNAN)
    row = ask(unnan.lead(contract), contract)
    assert domain.decide_subcontract(actor=unnan.actor(), subcontract=row, accepted=True).state == "approved"


def test_sanda_approves_only_whom_the_form_lists(town):
    sanda = town("sanda")
    contract = sanda.signed(6_980_000, **SANDA)
    lead = sanda.lead(contract)
    row = ask(lead, contract)
    with pytest.raises(NotPossible, match="様式3"):
        domain.decide_subcontract(actor=sanda.actor(), subcontract=row, accepted=True)
    row = domain.decide_subcontract(actor=sanda.actor(), subcontract=row, accepted=False, comment="様式3を直す")
    row = domain.change_subcontract(actor=lead, subcontract=row, listed=True)
    assert row.state == "review"
    assert domain.decide_subcontract(actor=sanda.actor(), subcontract=row, accepted=True).state == "approved"


def test_an_approval_comes_before_the_work(town, on_day):
    konan = town()
    contract = konan.signed()
    lead = konan.lead(contract)
    with pytest.raises(NotPossible, match="始める前"):
        ask(lead, contract, starts_on=dt.date(2026, 11, 19))
    row = ask(lead, contract)
    on_day("2026-12-02")
    with pytest.raises(NotPossible, match="始める日が過ぎています"):
        domain.decide_subcontract(actor=konan.actor(), subcontract=row, accepted=True, indispensable="要る")


def test_the_contractor_decides_nothing_and_may_withdraw(town):
    konan = town()
    contract = konan.signed()
    lead = konan.lead(contract)
    row = ask(lead, contract)
    with pytest.raises(Refused):
        domain.decide_subcontract(actor=lead, subcontract=row, accepted=True, indispensable="要る")
    assert domain.withdraw_subcontract(actor=lead, subcontract=row).state == "withdrawn"
    assert Subcontract.objects.count() == 1


def named(actor, contract, role="staff", name="架空 健一"):
    return domain.name_staff(
        actor=actor, contract=contract, role=role, name=name, career="窓口に5年", starts_on=contract.starts_on
    )


def change(actor, leaving, **values):
    given = {
        "name": "例示 花子", "career": "相談員8年", "planned_on": dt.date(2026, 12, 5), "reason": "left",
        "reason_words": "退職", **values,
    }  # fmt: skip
    return domain.request_staff_change(actor=actor, leaving=leaving, **given)


def test_konan_is_told_before_and_the_history_stays(town):
    konan = town()
    contract = konan.signed()
    lead = konan.lead(contract)
    first = named(lead, contract)
    with pytest.raises(NotPossible, match="届けてあります"):
        named(lead, contract, name="試案 みのり")
    with pytest.raises(NotPossible, match="変える前"):
        change(lead, first, planned_on=dt.date(2026, 11, 1))
    row = change(lead, first)
    assert row.state == "reported"
    history = list(NamedStaff.objects.order_by("starts_on").values_list("name", "starts_on", "ends_on"))
    assert history == [
        ("架空 健一", dt.date(2026, 7, 1), dt.date(2026, 12, 4)), ("例示 花子", dt.date(2026, 12, 5), None)
    ]  # fmt: skip
    assert domain.see_staff_change(actor=konan.actor(), change=row).state == "seen"


def test_sanda_consents_to_somebody_as_able(town):
    sanda = town("sanda")
    contract = sanda.signed(6_980_000, **SANDA)
    lead = sanda.lead(contract)
    first = named(lead, contract, role="chief")
    with pytest.raises(NotPossible, match="同等以上"):
        change(lead, first)
    row = change(lead, first, equal_or_better="同じ業務の経験が長い", reason="illness")
    assert NamedStaff.objects.get(pk=first.pk).ends_on is None
    back = domain.decide_staff_change(actor=sanda.actor(), change=row, accepted=False, comment="経歴書を")
    assert back.state == "returned"
    row = change(lead, first, equal_or_better="同じ業務に8年")
    row = domain.decide_staff_change(actor=sanda.actor(), change=row, accepted=True)
    row = StaffChange.objects.select_related("contract__authority", "contract__organization", "leaving", "coming").get(
        pk=row.pk
    )
    assert NamedStaff.objects.get(pk=first.pk).ends_on == dt.date(2026, 12, 4)
    assert make_consent(actor=sanda.actor(), change=row).title == "業務担当者の変更承諾書"


def test_names_go_when_asked_and_when_their_time_is_over(town, on_day):
    konan = town()
    contract = konan.signed()
    lead = konan.lead(contract)
    first, chief = named(lead, contract), named(lead, contract, role="chief", name="試案 みのり")
    row = change(lead, first)
    with pytest.raises(NotPossible):
        domain.erase_named_staff(actor=konan.actor(), staff=chief)
    on_day("2026-12-10")
    erased = domain.erase_named_staff(actor=konan.actor(), staff=first)
    row.refresh_from_db()
    assert (erased.name, erased.career, row.reason_words) == ("", "", "")
    domain.end_contract(actor=konan.actor(), contract=contract, kind="agreed", ground="協議のうえ")
    from yui.base.access.actor import system_actor

    keeper = system_actor(konan.authority, "contracts.forget")
    assert domain.forget_staff(actor=keeper, today=dt.date(2032, 3, 31)) == 0
    assert domain.forget_staff(actor=keeper, today=dt.date(2032, 4, 1)) == 2
    assert not NamedStaff.objects.exclude(name="").exists()
