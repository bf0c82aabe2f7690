"""A filled Word document as PDF: the same words in the same order, so that both papers say the same.

Taken over: paragraphs with their alignment, bold and size; tables; header and footer. Not taken over: pictures, columns,
text boxes and fonts.
"""

import io
from typing import Any

from yui.base.documents.paper import pdf

USUAL_SIZE = 21
"""Half points: 10.5 pt."""
SOURCE = """
#set document(title: data.title)
#set text(cjk-latin-spacing: none)
#set par(leading: 0.75em, spacing: 0.75em)
#let words(run) = text(size: run.size * 0.5pt, weight: if run.bold { "bold" } else { "regular" },
  run.text.split("\\n").map(part => [#part]).join(linebreak()))
#let side(one) = if one.align == "right" { right } else if one.align == "center" { center } else { left }
#let line(one) = if one.runs.len() == 0 { v(0.5em) } else {
  block(above: 0.75em + one.above * 0.05pt, below: 0.75em + one.below * 0.05pt, width: 100%,
    align(side(one), one.runs.map(words).join()))
}
#for one in data.blocks {
  if one.kind == "table" {
    table(columns: one.widths.map(part => part * 1fr), inset: 6pt, stroke: 0.5pt,
      ..one.rows.flatten().map(cell => [#cell]))
  } else { line(one) }
}
"""


def pdf_of(word: bytes, *, title: str) -> bytes:
    """The PDF of a .docx. Raises what ``paper.pdf`` raises."""
    return pdf(SOURCE, {"title": title, "blocks": _blocks(word)})


def _blocks(word: bytes) -> list[dict[str, Any]]:
    from docx import Document
    from docx.table import Table

    paper = Document(io.BytesIO(word))
    found: list[dict[str, Any]] = []
    for section in paper.sections[:1]:
        found += [_paragraph(one) for one in section.header.paragraphs if one.text.strip()]
    for one in paper.iter_inner_content():
        found.append(_table(one) if isinstance(one, Table) else _paragraph(one))
    for section in paper.sections[:1]:
        found += [_paragraph(one) for one in section.footer.paragraphs if one.text.strip()]
    return found


def _paragraph(one: Any) -> dict[str, Any]:
    runs = [
        {"text": run.text, "bold": bool(run.bold), "size": _half_points(run.font.size or one.style.font.size)}
        for run in one.runs
        if run.text
    ]
    space = one.paragraph_format
    return {
        "kind": "line",
        "align": {1: "center", 2: "right"}.get(one.alignment, "left"),
        "runs": runs,
        "above": _half_points(space.space_before, 0) * 10,
        "below": _half_points(space.space_after, 0) * 10,
    }


def _table(one: Any) -> dict[str, Any]:
    rows = [[cell.text for cell in row.cells] for row in one.rows]
    widths = [int(cell.width.mm) if cell.width else 1 for cell in one.rows[0].cells] if one.rows else [1]
    return {"kind": "table", "rows": rows, "widths": [max(part, 1) for part in widths]}


def _half_points(length: Any, otherwise: int = USUAL_SIZE) -> int:
    """A length of the Word library (EMU, 12700 to the point) in whole half points."""
    return otherwise if length is None else int(length) // 6350
