"""The printed parts of what is given out: the index in front, and the records as tables, withheld fields black. No model."""

from typing import TYPE_CHECKING, Any

from yui.engine.calendar import wareki

if TYPE_CHECKING:
    from yui.office.calls.models import DisclosureRequest

RECORDS = {"sheets": "採点表", "selection": "選定の記録"}
FIELDS = {
    "sheets.member": "採点表：審査委員の名",
    "sheets.applicant": "採点表：応募者の名",
    "sheets.points": "採点表：点",
    "sheets.comment": "採点表：所見",
    "selection.applicant": "選定の記録：応募者の名",
    "selection.points": "選定の記録：点と順位",
    "selection.steps": "選定の記録：計算の手順",
}
BLACK = "■■■■"
"""Stands for a withheld field before its page becomes a picture."""
INDEX = """
#set text(cjk-latin-spacing: none)
#align(center, text(size: 14pt, weight: "bold")[開示する文書と、開示しないところ])
#v(1em)
#table(columns: (1fr, 3fr), inset: 6pt, stroke: 0.5pt,
  ..data.facts.map(row => (row.at(0), row.at(1))).flatten())
#v(1em)
#text(weight: "bold")[文書]
#for one in data.papers { block[#one.number　#one.name　#one.pages] }
#v(1em)
#text(weight: "bold")[開示しないところと根拠]
#if data.marks.len() == 0 [なし] else { table(columns: (1fr, 3fr, 1fr, 3fr), inset: 6pt, stroke: 0.5pt,
  [番号], [文書], [ページ], [根拠の条文],
  ..data.marks.map(row => (row.number, row.name, row.page, row.ground)).flatten()) }
#v(1em)
黒くぬったところは、開示しないところです。この文書のページは画像で、黒いところの下に文字はありません。
"""
TABLE = """
#set page(flipped: data.columns.len() > 5)
#set text(size: 9pt, cjk-latin-spacing: none)
#align(center, text(size: 13pt, weight: "bold")[#data.title])
#v(0.5em)
#table(columns: data.columns.map(c => auto), inset: 5pt, stroke: 0.5pt,
  ..data.columns.map(c => text(weight: "bold")[#c]), ..data.rows.flatten().map(cell => [#cell]))
#for line in data.lines { block[#line] }
"""


def index_pages(asked: "DisclosureRequest", decision: str) -> dict[str, Any]:
    """The values of the index: numbers of papers, pages, grounds; no name of anybody."""
    papers = [one for one in asked.index if one["kind"] == "paper"]
    marks = [one for one in asked.index if one["kind"] == "mark"]
    return {
        "facts": [
            ["請求の番号", asked.number],
            ["公募", asked.call.title],
            ["決定", decision],
            ["決定の日", wareki(asked.decided_on) if asked.decided_on else ""],
        ],
        "papers": [{"number": one["number"], "name": one["name"], "pages": one["pages"]} for one in papers],
        "marks": [
            {"number": str(n), "name": one["name"], "page": one["page"], "ground": one["ground"]}
            for n, one in enumerate(marks, start=1)
        ],
    }


def shown(value: str, field: str, withheld: set[str]) -> str:
    """A value, or the black that stands for it."""
    return BLACK if field in withheld and value else value
