"""A line is judged by the engine, checked by the city, and after settling only corrected."""

import datetime as dt

import pytest

from yui.base.access.errors import NotPossible, Refused, Stale
from yui.engine.expenses import answer_expenses
from yui.office.commissions.models import Commission
from yui.office.expenses.domain import (
    check_expense,
    correct_expense,
    edit_expense,
    enter_expense,
    judge_line,
    remove_evidence,
    withdraw_expense,
)
from yui.office.expenses.models import Evidence, ExpenseChange
from yui.office.expenses.queries import by_source, meters_of, read_ledger
from yui.office.expenses.rules import rules_of
from yui.office.expenses.states import State


def written(expense, **changes):
    names = ("category", "spent_on", "payee", "purpose", "ground", "facts", "sources")
    return {name: getattr(expense, name) for name in names} | changes


def judged(office, category, sources=None, evidence=("receipt",), **facts):
    rules = rules_of(office.commission)
    day = dt.date(2024, 8, 1)
    return judge_line(rules, category=category, spent_on=day, facts=facts, sources=sources or {}, evidence=evidence)


def test_a_night_above_the_limit_loses_one_yen_and_says_where_that_stands(kurihara):
    found = judged(kurihara, "lodging", paid=11_801, nights=1, people=1)
    assert (found.claimed, found.eligible, found.ineligible) == (11_801, 11_800, 1)
    assert found.words == "11,801円のうち、11,800円が対象、1円は対象外です。"
    assert [(one.code, one.source) for one in found.reasons] == [
        ("listed", "令和6年度 募集要領 別紙1 1(5)"), ("night_limit", "令和6年度 募集要領 別紙1 1(5)")
    ]  # fmt: skip
    assert found.reasons[1].sentence == "1人1泊の上限 11,800円をこえる額を除きました。"


@pytest.mark.parametrize(
    ("category", "facts", "eligible", "codes"),
    [
        (
            "honorarium",
            {"paid": 20_251, "class": "A", "minutes": 70, "one_way_km": "320"},
            20_250,
            ["honorarium_table"],
        ),
        ("travel", {"paid": 9_000, "cheapest": 6_400, "meals": 1_000}, 6_400, ["food_excluded", "cheapest_route"]),
        ("rental", {"paid": 50_000, "own_supply_cost": 32_000}, 32_000, ["own_supply_at_cost"]),
        ("other", {"paid": 8_000, "consulted_on": "2024-08-01"}, 0, ["not_consulted"]),
        ("other", {"paid": 8_000, "consulted_on": "2024-07-31"}, 8_000, []),
        ("personnel", {"rate": 1_850, "hours": "7.5"}, 13_875, ["rate_times_hours"]),
    ],
)
def test_each_category_is_judged_by_its_own_rules(kurihara, category, facts, eligible, codes):
    found = judged(kurihara, category, **facts)
    assert (found.eligible, [one.code for one in found.reasons[1:]]) == (eligible, codes)
    assert found.claimed == found.eligible + found.ineligible


def test_what_the_document_never_pays_is_told_with_its_number(kurihara):
    found = judged(kurihara, "gifts", paid=3_000)
    assert (found.eligible, found.reasons[0].source) == (0, "令和6年度 募集要領 別紙1 2(7)")


def test_a_renovation_is_eligible_in_kurihara_only(kurihara):
    assert judged(kurihara, "facility", paid=70_000).eligible == 70_000


def test_a_line_is_checked_sent_back_and_checked_again(kurihara):
    line = kurihara.enter("consumables", paid=1_200)
    officer, lead = kurihara.actor(kurihara.officer), kurihara.actor(kurihara.lead)
    with pytest.raises(NotPossible, match="何をなおせばよいか"):
        check_expense(actor=officer, expense=line, accept=False, version=1)
    line = check_expense(actor=officer, expense=line, accept=False, comment="領収書の日を見てください。", version=1)
    assert line.state == State.RETURNED
    line = edit_expense(actor=lead, expense=line, version=2, **written(line, facts={"paid": 1_180}))
    assert (line.state, line.facts) == (State.ENTERED, {"paid": 1_180})
    line = check_expense(actor=officer, expense=line, accept=True, version=line.version)
    assert line.state == State.ACCEPTED
    steps = list(ExpenseChange.objects.filter(expense=line).order_by("id").values_list("step", "before", "after"))
    assert [step for step, _, _ in steps] == ["entered", "returned", "edited", "accepted"]
    assert steps[2][1:] == ({"facts": {"paid": 1_200}}, {"facts": {"paid": 1_180}})


def test_an_edit_of_an_accepted_line_has_to_be_checked_again(kurihara):
    line = kurihara.enter("consumables", paid=1_200)
    line = check_expense(actor=kurihara.actor(kurihara.officer), expense=line, accept=True, version=1)
    line = edit_expense(actor=kurihara.actor(kurihara.lead), expense=line, version=2, **written(line, payee="例示文具"))
    assert line.state == State.ENTERED


def test_a_stale_save_shows_both_and_changes_nothing(kurihara):
    line = kurihara.enter("consumables", paid=1_200)
    lead = kurihara.actor(kurihara.lead)
    edit_expense(actor=lead, expense=line, version=1, **written(line, payee="先の店"))
    with pytest.raises(Stale) as problem:
        edit_expense(actor=lead, expense=line, version=1, **written(line, payee="あとの店"))
    assert (problem.value.theirs["payee"], problem.value.mine["payee"]) == ("先の店", "あとの店")
    line.refresh_from_db()
    assert line.payee == "先の店"


def test_the_check_speaks_of_the_line_that_was_seen(kurihara):
    line = kurihara.enter("consumables", paid=1_200)
    edit_expense(actor=kurihara.actor(kurihara.lead), expense=line, version=1, **written(line, facts={"paid": 9_999}))
    with pytest.raises(NotPossible, match="先に書きかえました"):
        check_expense(actor=kurihara.actor(kurihara.officer), expense=line, accept=True, version=1)


def test_a_contractor_writes_only_for_the_commission_of_the_engagement(kurihara):
    other = Commission.objects.create(
        authority=kurihara.authority, key="r9", title="よその業務", fiscal_year=2024, starts_on=dt.date(2024, 7, 1),
        ends_on=dt.date(2025, 3, 1),
    )  # fmt: skip
    with pytest.raises(Refused, match="受託している業務"):
        enter_expense(
            actor=kurihara.actor(kurihara.lead), commission=other, category="consumables", spent_on=dt.date(2024, 8, 1),
            payee="店", purpose="紙", ground="", facts={"paid": 1}, sources={},
        )  # fmt: skip


@pytest.mark.parametrize("who", ["officer", "auditor"])
def test_who_does_not_write_can_not_enter(kurihara, who):
    kurihara.lead = getattr(kurihara, who)
    with pytest.raises(Refused):
        kurihara.enter("consumables", paid=1)


def test_a_withdrawn_line_stays_readable_and_counts_nowhere(kurihara):
    line = kurihara.enter("consumables", paid=1_200)
    withdraw_expense(actor=kurihara.actor(kurihara.lead), expense=line, reason="二重に記入したため。")
    ledger = read_ledger(kurihara.commission, rules_of(kurihara.commission))
    assert (ledger.lines, ledger.all.claimed) == ([], 0)


def test_the_same_yen_is_not_written_under_two_sources(kurihara):
    with pytest.raises(NotPossible, match="同じ1円は、1つの財源にだけ"):
        kurihara.enter("consumables", paid=1_000, sources={"contract": 600, "subsidy": 401})


def test_sources_are_summed_once_and_together_make_what_is_claimed(kurihara):
    kurihara.enter("consumables", paid=1_000, sources={"contract": 600, "subsidy": 300})
    kurihara.enter("consumables", paid=500)
    ledger = read_ledger(kurihara.commission, rules_of(kurihara.commission))
    found = [(one.key, one.amount, one.lines) for one in by_source(ledger.lines)]
    assert found == [("contract", 1_100, 2), ("subsidy", 300, 1), ("", 100, 1)]
    assert (ledger.all.claimed, ledger.all.eligible) == (1_500, 1_100)


def test_the_ledger_asks_what_anybody_can_ask_the_engine(kurihara):
    kurihara.enter("lodging", paid=12_800, nights=1, people=1)
    kurihara.enter("personnel", rate=1_850, hours="1082")
    ledger = read_ledger(kurihara.commission, rules_of(kurihara.commission))
    assert answer_expenses(ledger.asked) == ledger.answered
    personnel = next(one for one in ledger.limits if one.rule == "personnel")
    assert (personnel.limit, personnel.actual, personnel.over) == (2_000_000, 2_001_700, 1_700)
    assert personnel.words == "2,001,700円で、上限 2,000,000円を 1,700円こえています。"
    assert ledger.totals["personnel"].eligible == 2_000_000


def test_the_fee_is_limited_by_what_was_really_spent(kurihara):
    kurihara.enter("consumables", paid=90_000)
    kurihara.enter("management_fee", paid=12_000)
    ledger = read_ledger(kurihara.commission, rules_of(kurihara.commission))
    fee = next(one for one in ledger.limits if one.rule == "management_fee")
    assert (fee.limit, fee.over, ledger.totals["management_fee"].eligible) == (10_000, 2_000, 10_000)


def test_the_meter_counts_kinds_and_a_bare_line_is_not_settleable(kurihara):
    line = kurihara.enter("printing", paid=20_000)
    ledger = read_ledger(kurihara.commission, rules_of(kurihara.commission))
    assert not ledger.lines[0].settleable
    kurihara.prove(line, "order")
    kurihara.prove(line, "invoice")
    ledger = read_ledger(kurihara.commission, rules_of(kurihara.commission))
    meter = meters_of(ledger)[0]
    assert (meter.there, meter.wanted, meter.share, meter.bare, meter.needed) == (2, 5, 40, 0, True)
    assert ledger.lines[0].settleable


def test_a_piece_that_is_taken_off_is_gone_and_its_number_is_not_used_again(kurihara):
    line = kurihara.enter("consumables", paid=1_200)
    first = kurihara.prove(line)
    remove_evidence(actor=kurihara.actor(kurihara.lead), evidence=first)
    assert not Evidence.objects.filter(expense=line).exists()
    assert kurihara.prove(line).number == 2


def test_only_photos_and_pdfs_are_evidence(kurihara):
    line = kurihara.enter("consumables", paid=1_200)
    with pytest.raises(NotPossible, match="写真（JPEG・PNG）かPDF"):
        kurihara.prove(line, data="領収書です".encode(), name="receipt.txt")


def test_an_unsettled_line_is_not_corrected_but_edited(kurihara):
    line = kurihara.enter("consumables", paid=1_200)
    with pytest.raises(NotPossible, match="確認待ち"):
        correct_expense(actor=kurihara.actor(kurihara.lead), expense=line, reason="額のまちがい", **written(line))


def test_a_document_without_rules_judges_by_the_contract_alone(konan):
    konan.enter("travel", dt.date(2026, 9, 1), paid=40_000)
    rules = rules_of(konan.commission)
    ledger = read_ledger(konan.commission, rules)
    assert not rules.has_document_rules
    assert (ledger.lines[0].eligible, ledger.lines[0].rules, ledger.limits) == (40_000, ("any_category",), [])
