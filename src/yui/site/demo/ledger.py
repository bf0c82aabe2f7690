"""The expenses of the demonstration: invented lines, bills and a budget, so that the ledger is alive."""

import datetime as dt
import io
from dataclasses import dataclass, field
from typing import Any

from yui.base.access.actor import Actor, actor_for
from yui.base.accounts.models import Account
from yui.base.documents.paper import NoFont, pdf
from yui.base.tenancy.models import Authority
from yui.office.commissions.models import Commission
from yui.office.expenses.domain import (
    add_evidence,
    approve_statement,
    ask_binder,
    check_expense,
    enter_expense,
    request_statement,
    set_amount,
    transfer,
)
from yui.office.expenses.judging import year_of

BILLS = """
#for (at, one) in data.bills.enumerate() {
  if at > 0 { pagebreak() }
  align(center, text(18pt)[証拠の書類（見本）])
  [#v(8mm) #text(14pt)[#one.payee] #v(4mm) #one.purpose #v(8mm) #text(16pt)[金 #one.paid 円] #v(20mm) #text(9pt)[架空の書類です。]]
}
"""


@dataclass(frozen=True, slots=True)
class Sample:
    """A line: days before today, what it is, the kinds of its evidence, and accept, return or nothing."""

    ago: int
    category: str
    payee: str
    purpose: str
    facts: dict[str, Any]
    kinds: tuple[str, ...] = ()
    checked: str = "accept"
    ground: str = ""
    sources: dict[str, int] = field(default_factory=dict)


KONAN = (
    Sample(95, "personnel", "想定 直樹", "7月の業務（関係づくりと聞き取り）", {"paid": 312_000}, ("rate_basis", "time_log")),
    Sample(64, "personnel", "想定 直樹", "8月の業務（名簿の整えと声かけ）", {"paid": 298_500}, ("rate_basis", "time_log")),
    Sample(60, "travel", "見本鉄道", "県外の先進地の視察（往復）", {"paid": 18_640}, ("route", "receipt")),
    Sample(59, "lodging", "例示ホテル", "先進地の視察の宿泊", {"paid": 9_800}, ("lodging_invoice",)),
    Sample(48, "honorarium", "架空 健一", "アクター研修の講師", {"paid": 40_000}, ("class_ground", "time_distance", "receipt")),
    Sample(41, "printing", "雛形印刷", "サポーター募集のチラシ 2,000部", {"paid": 66_000, "tax": 6_000}, ("order", "delivery", "invoice")),
    Sample(33, "consumables", "見本文具", "研修の用紙と筆記具", {"paid": 7_480, "tax": 680}, ("receipt",), "return"),
    Sample(30, "personnel", "想定 直樹", "9月の業務（研修と報告）", {"paid": 305_000}, ("time_log",)),
    Sample(21, "communications", "例示通信", "案内の郵送 300通", {"paid": 33_000}, ("receipt",), ""),
    Sample(12, "rental", "下書会館", "交流会の会場", {"paid": 22_000}, (), ""),
    Sample(6, "travel", "見本バス", "交流会の送り迎え", {"paid": 12_500}, ("receipt",), "", sources={"contract": 8_500, "own": 4_000}),
)  # fmt: skip
KURIHARA = (
    Sample(90, "personnel", "想定 なおき", "移住相談と訪問", {"rate": 1_850, "hours": "420"}, ("rate_basis", "time_log")),
    Sample(70, "lodging", "例示ホテル", "移住フェア（東京）の宿泊", {"paid": 12_300, "nights": 1, "people": 1, "meals": 800}, ("lodging_invoice",)),
    Sample(70, "travel", "見本鉄道", "移住フェア（東京）の往復", {"paid": 23_060, "cheapest": 22_400}, ("route", "receipt"), ground="高速バス＋在来線 22,400円、新幹線 23,060円。"),
    Sample(52, "honorarium", "架空 健一", "地域課題の講演", {"class": "B", "minutes": 100, "one_way_km": "170", "paid": 19_200}, ("class_ground", "receipt"), ground="県内で活動する有識者。"),
    Sample(40, "printing", "雛形印刷", "移住のしおり 500部", {"paid": 88_000, "tax": 8_000}, ("order", "invoice"), "return"),
    Sample(28, "gifts", "見本商店", "協力者への手みやげ", {"paid": 3_240}, ("receipt",)),
    Sample(15, "other", "例示保険", "催しの保険", {"paid": 6_400}, (), ""),
)  # fmt: skip


def fill_ledger(
    *, authority: Authority, commission: Commission, lead: Account, officer: Account, today: dt.date,
    samples: tuple[Sample, ...], contract: int, plan: dict[str, int],
) -> None:  # fmt: skip
    """Enter budget and lines, check most of them, and ask for a statement and a binder; the worker makes the files."""
    writes, checks = actor_for(lead, authority), actor_for(officer, authority)
    commission.authority = authority
    year = year_of(today)
    _budget(checks, commission, year, contract, plan)
    for sample, bill in zip(samples, _bills(samples), strict=True):
        _enter(writes, checks, commission, sample, bill, today)
    estimate = request_statement(actor=writes, commission=commission, phase="amendment")
    approve_statement(actor=checks, statement=estimate, comment="変更後の予算として。")
    ask_binder(actor=checks, commission=commission)


def _budget(officer: Actor, commission: Commission, year: int, contract: int, plan: dict[str, int]) -> None:
    given = {"actor": officer, "commission": commission, "fiscal_year": year}
    set_amount(**given, kind="contract", category="", amount=contract)
    for category, amount in plan.items():
        set_amount(**given, kind="plan", category=category, amount=amount)
    transfer(**given, from_category="travel", category="printing", amount=20_000, reason="チラシの増刷のため。")


def _enter(writes: Actor, checks: Actor, commission: Commission, sample: Sample, bill: bytes, today: dt.date) -> None:
    day = max(today - dt.timedelta(days=sample.ago), commission.starts_on)
    line = enter_expense(
        actor=writes, commission=commission, category=sample.category, spent_on=day, payee=sample.payee,
        purpose=sample.purpose, ground=sample.ground, facts=dict(sample.facts), sources=dict(sample.sources),
    )  # fmt: skip
    for kind in sample.kinds:
        add_evidence(actor=writes, expense=line, kind=kind, upload=bill, name=f"{kind}.pdf")
    if sample.checked:
        accept = sample.checked == "accept"
        check_expense(
            actor=checks, expense=line, accept=accept, version=line.version,
            comment="" if accept else "請求書の日付と使った日がちがいます。たしかめてください。",
        )  # fmt: skip


def _bills(samples: tuple[Sample, ...]) -> list[bytes]:
    """One invented paper for each line, set in one go."""
    from pypdf import PdfReader, PdfWriter

    try:
        shown = [
            {"payee": one.payee, "purpose": one.purpose, "paid": f"{one.facts.get('paid', 777_000):,}"}
            for one in samples
        ]
        pages = list(PdfReader(io.BytesIO(pdf(BILLS, {"bills": shown}))).pages)
    except NoFont:  # a host without Japanese letters shows empty sheets
        blank = PdfWriter()
        pages = [blank.add_blank_page(width=595, height=842) for _ in samples]
    found = []
    for page in pages:
        writer, made = PdfWriter(), io.BytesIO()
        writer.add_page(page)
        writer.write(made)
        found.append(made.getvalue())
    return found
