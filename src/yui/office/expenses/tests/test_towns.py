"""The same ledger in other towns: what each document says decides, nothing of it stands in the code."""

import datetime as dt

from yui.base.measures.desk_items import collect
from yui.engine.expenses import answer_expenses
from yui.office.expenses.domain import approve_statement, judge_line, set_amount
from yui.office.expenses.queries import read_ledger
from yui.office.expenses.rules import rules_of
from yui.office.expenses.snapshot import rows_of, total_of
from yui.office.expenses.tests.test_statements import accept, ask

DAY = dt.date(2025, 10, 1)


def test_the_renovation_that_kurihara_pays_is_refused_in_unnan(unnan):
    found = judge_line(
        rules_of(unnan.commission), category="facility", spent_on=DAY, facts={"paid": 70_000}, sources={}
    )
    assert (found.eligible, found.ineligible, found.reasons[0].source) == (0, 70_000, "令和7年度 仕様書 6(2)②")


def test_other_cost_without_an_agreement_beforehand_is_not_eligible_in_unnan(unnan):
    rules = rules_of(unnan.commission)
    said = {"category": "other", "spent_on": DAY, "sources": {}}
    before = judge_line(rules, **said, facts={"paid": 5_000, "consulted_on": "2025-09-30"})
    after = judge_line(rules, **said, facts={"paid": 5_000, "consulted_on": "2025-10-02"})
    assert (before.eligible, after.eligible) == (5_000, 0)
    assert after.reasons[-1].source.startswith("文書は「必要と認められる」とだけ言う。")


def test_sanda_limits_each_year_and_cuts_the_excess_at_settlement_only(sanda):
    sanda.enter("travel", DAY, paid=6_980_001)
    rules = rules_of(sanda.commission)
    told = {one.rule: (one.limit, one.over) for one in read_ledger(sanda.commission, rules).limits}
    assert told["year_2025"] == (6_980_000, 1)
    assert told["contract"] == (41_640_000, 0)
    settled = read_ledger(sanda.commission, rules)
    estimated = read_ledger(sanda.commission, rules, phase="estimate")
    assert (settled.all.eligible, estimated.all.eligible) == (6_980_000, 6_980_001)


def test_the_desk_tells_when_a_years_limit_is_near(sanda):
    sanda.enter("travel", DAY, paid=6_000_000)
    lead = sanda.actor(sanda.lead)
    assert "expenses:year_2025:r7" not in {item.key for item in collect(lead, dt.date(2025, 11, 20))}
    sanda.enter("travel", DAY, paid=500_000)
    found = {item.key: item.sentence for item in collect(lead, dt.date(2025, 11, 20))}
    assert found["expenses:year_2025:r7"] == "6,500,000円で、上限 6,980,000円まで、あと 480,000円です。"


def test_the_contract_amount_bounds_what_is_paid(konan):
    officer = konan.actor(konan.officer)
    set_amount(
        actor=officer, commission=konan.commission, kind="contract", fiscal_year=2026, category="", amount=100_000
    )
    line = konan.enter("travel", dt.date(2026, 9, 1), paid=130_000)
    accept(konan, line)
    made = approve_statement(actor=officer, statement=ask(konan))
    total = total_of(rows_of(made.snapshot))
    assert (total["eligible"], made.snapshot["payable"]) == (130_000, 100_000)
    assert made.snapshot["limits"][-1]["words"] == "130,000円で、上限 100,000円を 30,000円こえています。"
    assert answer_expenses(made.snapshot["question"]) == made.snapshot["answer"]
