"""The index of a binder: every line with its evidence numbers and pages, also lines without any; as a page, Excel, CSV."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from yui.base import clock
from yui.base.documents.excel import Sheet
from yui.base.exchange.csv import Cell
from yui.engine.calendar.written import wareki
from yui.office.expenses.binding import FAULTS
from yui.office.expenses.evidence_kinds import KINDS
from yui.office.expenses.models import AuditBinder, Evidence, Expense
from yui.office.expenses.queries import LedgerLine, read_ledger
from yui.office.expenses.rules import SOURCES, rules_of

SHORT = {"encrypted": "鍵あり", "broken": "開けない", "too_long": "長すぎる", "missing": "なし"}
INDEX = """
#set page(margin: (x: 15mm, y: 16mm), footer: context align(center, text(8pt)[目次 #counter(page).display()]))
#let yen(n) = { let s = str(n); let out = ""; let c = s.len()
  for (i, d) in s.clusters().enumerate() { if i > 0 and calc.rem(c - i, 3) == 0 { out += "," }; out += d }
  out }
#align(center, text(18pt, weight: "bold")[証拠の綴り])
#align(center)[#data.town　#data.commission]
#align(right, text(9pt)[綴り #data.number　#data.made　作成])
#text(10pt)[#data.scope　／　#data.count 行、証拠 #data.files 点、請求 #yen(data.claimed) 円、対象 #yen(data.eligible) 円]
#if data.faults.len() > 0 [
  === 綴じられなかったもの
  #for one in data.faults [ - 証拠 #one.label（#one.kind）：#one.why ] ]
=== 目次
#set text(8pt)
#table(columns: (auto, auto, 1.1fr, 1.3fr, 1.6fr, auto, auto, 1.6fr), stroke: 0.3pt, inset: 3.5pt,
  align: (col, row) => if (col == 5 or col == 6) and row > 0 { right } else { left },
  table.header([行], [日], [費目], [払った先], [内容], [請求], [対象], [証拠（綴りのページ）]),
  ..data.lines.map(r => (str(r.number), r.day, r.category, r.payee, r.purpose, yen(r.claimed), yen(r.eligible), r.evidence)).flatten())
"""


@dataclass(slots=True)
class IndexLine:
    """A line of the index with its pieces: (label, kind, page in the binder or 0, pages, code of a fault)."""

    line: LedgerLine
    category: str
    payee: str
    purpose: str
    pieces: list[tuple[str, str, int, int, str]] = field(default_factory=list)


def index_of(binder: AuditBinder) -> list[IndexLine]:
    """Every standing line of the binder's scope, in the order of the ledger, with what was bound of it."""
    rules = rules_of(binder.commission)
    ledger = read_ledger(binder.commission, rules)
    names = {
        pk: (payee, purpose)
        for pk, payee, purpose in Expense.objects.filter(commission=binder.commission).values_list(
            "pk", "payee", "purpose"
        )
    }
    kinds = dict(Evidence.objects.filter(expense__commission=binder.commission).values_list("public_id", "kind"))
    bound: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for one in binder.index:
        bound[one["line"]].append(one)
    found = []
    for line in sorted(ledger.lines, key=lambda one: one.number):
        if binder.source and not line.sources.get(binder.source):
            continue
        made = IndexLine(line, rules.name_of(line.category), *names[line.pk])
        for one in bound[line.number]:
            kind = KINDS.get(kinds.get(one["evidence"], ""), "")
            made.pieces.append((f"{line.number}-{one['number']}", kind, one.get("page", 0), one["pages"], one["fault"]))
        found.append(made)
    return found


def index_page(binder: AuditBinder, lines: list[IndexLine], first: int) -> dict[str, Any]:
    """The values of ``INDEX``. ``first``: the page on which the evidence begins."""
    rows, faults, page = [], [], first
    for one in lines:
        words = []
        for label, kind, _, pages, fault in one.pieces:
            words.append(f"{label} {kind}（{page}{f'・{SHORT[fault]}' if fault else ''}）")
            if fault:
                faults.append({"label": label, "kind": kind, "why": FAULTS[fault]})
            page += pages
        rows.append(
            {
                "number": one.line.number, "day": wareki(one.line.spent_on), "category": one.category,
                "payee": one.payee, "purpose": one.purpose, "claimed": one.line.claimed,
                "eligible": one.line.eligible, "evidence": "、".join(words) or "証拠なし",
            }
        )  # fmt: skip
    return {
        "town": binder.authority.name,
        "commission": binder.commission.title,
        "number": binder.number,
        "made": wareki(clock.today()),
        "scope": f"財源：{SOURCES[binder.source]}" if binder.source else "すべての財源",
        "count": len(lines),
        "files": sum(len(one.pieces) for one in lines),
        "claimed": sum(one.line.claimed for one in lines),
        "eligible": sum(one.line.eligible for one in lines),
        "faults": faults,
        "lines": rows,
    }


HEADER = (
    "行", "日", "費目", "払った先", "内容", "請求（円）", "対象（円）", "対象外（円）", "証拠", "証拠の種類", "綴りのページ",
    "ページ数", "綴じられないわけ",
)  # fmt: skip


def _rows(lines: list[IndexLine]) -> list[list[Cell]]:
    found: list[list[Cell]] = []
    for one in lines:
        line = one.line
        head: list[Cell] = [
            line.number, line.spent_on, one.category, one.payee, one.purpose, line.claimed, line.eligible, line.ineligible,
        ]  # fmt: skip
        for label, kind, page, pages, fault in one.pieces or [("", "証拠なし", 0, 0, "")]:
            found.append([*head, label, kind, page or None, pages or None, FAULTS.get(fault, "")])
    return found


def index_sheet(lines: list[IndexLine]) -> Sheet:
    """The index as a sheet of Excel: a row for each piece, and one for a line without any."""
    return Sheet("証拠の一覧", HEADER, _rows(lines))


def csv_rows(lines: list[IndexLine]) -> tuple[tuple[str, ...], list[list[Cell]]]:
    """The same as header and rows of a CSV."""
    return HEADER, _rows(lines)
