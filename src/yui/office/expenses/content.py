"""The statement as Excel sheets and as a page for typst. Everything comes from the snapshot; names from the ledger."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from yui.base.documents.excel import Sheet
from yui.engine.calendar.written import wareki
from yui.engine.sentences import say
from yui.office.expenses.judging import ORGAN
from yui.office.expenses.models import ExpenseStatement
from yui.office.expenses.snapshot import Snapshot, rows_of, total_of

Names = Mapping[int, tuple[str, str]]
"""Number of a line → payee and purpose."""

STATEMENT = """
#set page(margin: (x: 18mm, y: 18mm), footer: context align(center, text(8pt)[#counter(page).display("1 / 1", both: true)]))
#let yen(n) = { let s = str(calc.abs(n)); let out = ""; let c = s.len()
  for (i, d) in s.clusters().enumerate() { if i > 0 and calc.rem(c - i, 3) == 0 { out += "," }; out += d }
  (if n < 0 { "-" } else { "" }) + out }
#align(center, text(16pt, weight: "bold")[#data.title])
#align(right)[#data.made]
#data.town　　#data.commission \\
#text(9pt)[決まり：#data.document　／　#data.about]
#v(4mm)
#table(columns: (2fr, 1fr, 1fr, 1fr, 1fr), stroke: 0.4pt, inset: 5pt,
  align: (col, row) => if col == 0 or row == 0 { left } else { right },
  table.header([*費目*], [*請求（円）*], [*対象外（円）*], [*うち上限での減（円）*], [*対象（円）*]),
  ..data.rows.map(r => ([#r.name], yen(r.claimed), yen(r.ineligible), yen(r.cut), yen(r.eligible))).flatten(),
  [*合計*], [*#yen(data.total.claimed)*], [*#yen(data.total.ineligible)*], [*#yen(data.total.cut)*], [*#yen(data.total.eligible)*])
#if data.payable != none [
  #v(2mm) #text(12pt)[#data.payable_name：*#yen(data.payable) 円*] ]
#v(3mm)
=== 上限
#for one in data.limits [ - #one.name：#one.words #text(8pt)[（#one.source）] ]
#if data.limits.len() == 0 [ 文書に上限の定めはありません。 ]
#if data.left_out.len() > 0 [
  === この書類に入らない行
  #for one in data.left_out [ - #one.number 番：#one.why ] ]
#if data.lines.len() > 0 [
  #pagebreak()
  === 明細
  #set text(8pt)
  #table(columns: (auto, auto, 1.1fr, 1.2fr, 1.6fr, auto, auto, auto), stroke: 0.3pt, inset: 3.5pt,
    align: (col, row) => if col > 4 and row > 0 { right } else { left },
    table.header([番号], [日], [費目], [払った先], [内容], [請求], [対象], [対象外]),
    ..data.lines.map(r => (str(r.number), r.day, r.category, r.payee, r.purpose, yen(r.claimed), yen(r.eligible), yen(r.ineligible))).flatten()) ]
#v(4mm)
#text(8pt)[この書類は、engine の問いと答え（JSON）を写しとして持っています。`yui engine expenses` に同じ問いを渡すと、同じ答えになります。]
"""


def payable_name(statement: ExpenseStatement) -> str:
    """What the last figure of a statement is called."""
    settled = statement.phase == ExpenseStatement.Phase.SETTLEMENT
    return "契約で払う額" if settled else "予算の合計（契約額まで）"


def line_rows(snapshot: Snapshot, names: Names) -> list[dict[str, Any]]:
    """The lines of a settlement with names, in the order of the ledger."""
    found = []
    for line, asked in zip(snapshot["answer"]["lines"], snapshot["question"]["lines"], strict=True):
        number = int(line["id"].removeprefix("L")) if line["id"].startswith("L") else 0
        if number not in names:
            continue
        day = dt.date.fromisoformat(asked["date"])
        payee, purpose = names[number]
        found.append(
            {
                "number": number, "day": wareki(day), "date": day, "payee": payee, "purpose": purpose,
                "category": snapshot["names"].get(asked["category"], asked["category"]),
                "claimed": line["claimed"], "eligible": line["eligible"], "ineligible": line["ineligible"],
                "evidence": len(asked.get("evidence", [])),
                "why": "".join(say(ORGAN, "rules", code, {}) for code in line["rules"]),
            }
        )  # fmt: skip
    return found


def statement_sheets(statement: ExpenseStatement, title: str, names: Names) -> list[Sheet]:
    """費目ごと, 上限, 明細, 入らない行."""
    snapshot = statement.snapshot
    rows = rows_of(snapshot)
    total = total_of(rows)
    columns = ("claimed", "judged", "cut", "eligible", "ineligible")
    body: list[list[Any]] = [[row["name"], *(row[key] for key in columns)] for row in rows]
    body.append(["合計", *(total[key] for key in columns)])
    body.append([payable_name(statement), None, None, None, snapshot["payable"], None])
    head = ("費目", "請求（円）", "行ごとの対象（円）", "上限での減（円）", "対象（円）", "対象外（円）")
    limits = [[one["name"], one["limit"], one["actual"], one["over"], one["source"]] for one in snapshot["limits"]]
    sheets = [
        Sheet(title, head, body),
        Sheet("上限", ("上限", "上限の額（円）", "実際（円）", "こえた額（円）", "決まりの場所"), limits),
    ]
    lines = line_rows(snapshot, names)
    if lines:
        keys = (
            "number",
            "date",
            "category",
            "payee",
            "purpose",
            "claimed",
            "eligible",
            "ineligible",
            "evidence",
            "why",
        )
        words = (
            "番号",
            "日",
            "費目",
            "払った先",
            "内容",
            "請求（円）",
            "対象（円）",
            "対象外（円）",
            "証拠の数",
            "わけ",
        )
        sheets.append(Sheet("明細", words, [[one[key] for key in keys] for one in lines]))
    if snapshot["left_out"]:
        outside = [[one["number"], one["why"]] for one in snapshot["left_out"]]
        sheets.append(Sheet("入らない行", ("番号", "わけ"), outside))
    return sheets


def statement_page(statement: ExpenseStatement, title: str, names: Names) -> dict[str, Any]:
    """The values of ``STATEMENT``."""
    snapshot = statement.snapshot
    rows = rows_of(snapshot)
    lines = [{key: value for key, value in one.items() if key != "date"} for one in line_rows(snapshot, names)]
    return {
        "title": title,
        "made": wareki(statement.requested_on),
        "town": statement.authority.name,
        "commission": statement.commission.title,
        "document": snapshot["document"],
        "about": ExpenseStatement.Phase(statement.phase).label + (f"　{statement.reason}" if statement.reason else ""),
        "rows": rows,
        "total": total_of(rows),
        "payable": snapshot["payable"],
        "payable_name": payable_name(statement),
        "limits": snapshot["limits"],
        "left_out": snapshot["left_out"],
        "lines": lines,
    }
