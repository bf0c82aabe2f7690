"""A statement is what the engine said when it was asked for; approved by another, frozen, and recomputable."""

import datetime as dt
import io

import openpyxl
import pytest
from pypdf import PdfReader

from yui.base.access.errors import NotPossible, Refused
from yui.base.approvals.domain import withdraw
from yui.base.approvals.queries import approval_of
from yui.base.files import store
from yui.base.files.models import Attachment
from yui.base.jobs.models import JobRun
from yui.base.jobs.tasks import perform
from yui.engine.expenses import answer_expenses
from yui.office.expenses.budget import budget_limits, entries_of, read_budget
from yui.office.expenses.domain import (
    approve_statement,
    check_expense,
    correct_expense,
    edit_expense,
    request_statement,
    return_statement,
    set_amount,
    transfer,
)
from yui.office.expenses.models import Expense
from yui.office.expenses.queries import read_ledger
from yui.office.expenses.rules import rules_of
from yui.office.expenses.snapshot import rows_of, total_of
from yui.office.expenses.states import State
from yui.office.expenses.tests.test_lines import written


def file_of(public_id):
    with store.open_path(Attachment.objects.get(public_id=public_id).path) as handle:
        return handle.read()


def accept(office, *lines):
    for line in lines:
        line.refresh_from_db()
        check_expense(actor=office.actor(office.officer), expense=line, accept=True, version=line.version)


def ask(office, phase="settlement", reason=""):
    lead = office.actor(office.lead)
    return request_statement(actor=lead, commission=office.commission, phase=phase, reason=reason)


@pytest.fixture
def accepted(kurihara):
    """A night above the limit with its bill, hours above the cap, a pen without evidence, a line not checked."""
    night = kurihara.enter("lodging", paid=11_801, nights=1, people=1)
    hours = kurihara.enter("personnel", rate=1_850, hours="1082")
    pen = kurihara.enter("consumables", paid=800)
    kurihara.enter("consumables", paid=900)
    kurihara.prove(night, "lodging_invoice")
    accept(kurihara, night, hours, pen)
    return kurihara


def test_a_settlement_takes_what_is_checked_and_has_evidence_and_names_the_rest(accepted):
    made = ask(accepted)
    assert [line["number"] for line in made.snapshot["lines"]] == [1, 2]
    assert made.snapshot["left_out"] == [
        {"number": 3, "why": "証拠がありません。"}, {"number": 4, "why": "市の確認がまだです。"}
    ]  # fmt: skip
    rows = {row["category"]: row for row in rows_of(made.snapshot)}
    assert rows["personnel"] | {"name": ""} == {
        "category": "personnel", "name": "", "claimed": 2_001_700, "judged": 2_001_700, "cut": 1_700,
        "eligible": 2_000_000, "ineligible": 1_700,
    }  # fmt: skip
    total = total_of(list(rows.values()))
    assert total["claimed"] == total["eligible"] + total["ineligible"] == 2_013_501
    assert made.snapshot["payable"] == 2_011_800


def test_the_snapshot_is_recomputed_by_anybody(accepted):
    made = ask(accepted)
    assert answer_expenses(made.snapshot["question"]) == made.snapshot["answer"]


def test_what_waits_for_approval_is_not_edited_and_a_return_frees_it(accepted):
    made = ask(accepted)
    lead = accepted.actor(accepted.lead)
    line = Expense.objects.get(number=1)
    with pytest.raises(NotPossible, match="承認を待っている"):
        edit_expense(actor=lead, expense=line, version=line.version, **written(line, payee="別の宿"))
    return_statement(actor=accepted.actor(accepted.officer), statement=made, reason="宿の名前を直してください。")
    line.refresh_from_db()
    assert (
        edit_expense(actor=lead, expense=line, version=line.version, **written(line, payee="別の宿")).payee == "別の宿"
    )


def test_an_approved_settlement_freezes_its_lines_and_a_correction_takes_its_place(accepted):
    made = approve_statement(actor=accepted.actor(accepted.officer), statement=ask(accepted))
    before = made.snapshot
    line = Expense.objects.get(number=1)
    assert (made.state, line.state, line.statement_id) == ("approved", State.SETTLED, made.pk)
    lead = accepted.actor(accepted.lead)
    with pytest.raises(NotPossible, match="訂正の行"):
        edit_expense(actor=lead, expense=line, version=line.version, **written(line, payee="別の宿"))
    fresh = correct_expense(
        actor=lead,
        expense=line,
        reason="請求書の額とちがったため。",
        **written(line, facts=line.facts | {"paid": 11_000}),
    )
    line.refresh_from_db()
    assert (line.state, fresh.corrects_id, fresh.state) == (State.REPLACED, line.pk, State.ENTERED)
    accepted.prove(fresh, "lodging_invoice")
    accept(accepted, fresh)
    with pytest.raises(NotPossible, match="わけを書いて"):
        ask(accepted)
    second = ask(accepted, reason="宿泊費の訂正")
    assert [one["number"] for one in second.snapshot["lines"]] == [2, 5]
    made.refresh_from_db()
    assert made.snapshot == before


def test_nobody_approves_what_they_asked_for(accepted):
    officer = accepted.actor(accepted.officer)
    made = request_statement(actor=officer, commission=accepted.commission, phase="settlement")
    with pytest.raises(Refused):
        approve_statement(actor=officer, statement=made)
    assert approve_statement(actor=accepted.actor(accepted.second), statement=made).state == "approved"


def test_a_withdrawn_statement_frees_its_lines(accepted):
    made = ask(accepted)
    withdraw(actor=accepted.actor(accepted.lead), approval=approval_of("expense_statement", made.public_id))
    assert not Expense.objects.filter(statement=made).exists()


def test_excel_and_pdf_say_what_the_snapshot_says(accepted):
    made = ask(accepted)
    perform.func(JobRun.objects.get(kind="office.expense_statement").public_id)
    made.refresh_from_db()
    book = openpyxl.load_workbook(io.BytesIO(file_of(made.excel_id)))
    sums = {row[0]: row[1:] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)}
    total = total_of(rows_of(made.snapshot))
    assert sums["合計"] == tuple(total[key] for key in ("claimed", "judged", "cut", "eligible", "ineligible"))
    assert sums["契約で払う額"][3] == made.snapshot["payable"]
    claimed = [row[5] for row in book["明細"].iter_rows(min_row=2, values_only=True)]
    assert sum(claimed) == total["claimed"]
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(file_of(made.pdf_id))).pages)
    assert "2,011,800" in text
    assert "見本商店" in text


def test_a_budget_is_planned_amended_moved_and_compared(kurihara):
    officer = kurihara.actor(kurihara.officer)
    given = {"actor": officer, "commission": kurihara.commission, "fiscal_year": 2024}
    set_amount(**given, kind="contract", category="", amount=3_000_000)
    set_amount(**given, kind="plan", category="travel", amount=200_000)
    set_amount(**given, kind="plan", category="printing", amount=100_000)
    with pytest.raises(NotPossible, match="わけ"):
        set_amount(**given, kind="plan", category="travel", amount=250_000)
    set_amount(**given, kind="plan", category="travel", amount=250_000, reason="変更契約 9月1日")
    transfer(**given, from_category="travel", category="printing", amount=30_000, reason="チラシの増刷")
    with pytest.raises(NotPossible, match="220,000円まで"):
        transfer(**given, from_category="travel", category="printing", amount=220_001, reason="大きすぎる")
    kurihara.enter("travel", paid=50_000)
    rules = rules_of(kurihara.commission)
    ledger = read_ledger(kurihara.commission, rules)
    year = read_budget(kurihara.commission, ledger, entries_of(kurihara.commission))[0]
    cells = {cell.category: (cell.planned, cell.amended, cell.actual, cell.remaining) for cell in year.cells}
    assert cells == {"travel": (200_000, 220_000, 50_000, 170_000), "printing": (100_000, 130_000, 0, 130_000)}
    assert (year.year, year.contract, ledger.contract_amount) == (2024, 3_000_000, 3_000_000)


def test_the_cap_is_seen_in_the_budget_already(kurihara):
    given = {"actor": kurihara.actor(kurihara.officer), "commission": kurihara.commission, "fiscal_year": 2024}
    set_amount(**given, kind="plan", category="personnel", amount=2_100_000)
    set_amount(**given, kind="plan", category="management_fee", amount=300_000)
    rules = rules_of(kurihara.commission)
    found = {one.rule: one.over for one in budget_limits(kurihara.commission, rules, entries_of(kurihara.commission))}
    assert found == {"personnel": 100_000, "management_fee": 300_000 - 2_000_000 // 9, "contract": 0}
    made = ask(kurihara, "estimate")
    assert made.snapshot["question"]["phase"] == "estimate"
    assert answer_expenses(made.snapshot["question"]) == made.snapshot["answer"]


def test_an_expense_belongs_to_the_year_of_its_date(kurihara):
    kurihara.enter("travel", dt.date(2025, 3, 31), paid=1_000)
    kurihara.enter("travel", dt.date(2025, 4, 1), paid=2_000)
    ledger = read_ledger(kurihara.commission, rules_of(kurihara.commission))
    years = read_budget(kurihara.commission, ledger, [])
    assert [(year.year, year.total.actual) for year in years] == [(2024, 1_000), (2025, 2_000)]


def test_a_contractor_does_not_decide_the_budget(kurihara):
    with pytest.raises(Refused):
        set_amount(
            actor=kurihara.actor(kurihara.lead), commission=kurihara.commission, kind="plan", fiscal_year=2024,
            category="travel", amount=1,
        )  # fmt: skip
