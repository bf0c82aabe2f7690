"""The Word form of a candidate list that is shipped, built in code; A4 landscape, one table."""

import io
from typing import Any

TAGS: dict[str, str] = {
    "title": "リストの名",
    "town": "市の名",
    "commission": "業務の名",
    "date": "作った日（令和8年10月30日）",
    "count": "候補の数",
    "candidates": "候補のくり返し（number, name, kind, field, qualities, experience, sources）",
}
COLUMNS = (
    ("番号", "number", 1.3), ("候補", "name", 4.2), ("区分", "kind", 3.6), ("分野", "field", 2.8),
    ("資質", "qualities", 5.2), ("経験", "experience", 5.2), ("何で分かったか", "sources", 3.4),
)  # fmt: skip


def sample() -> dict[str, Any]:
    """Invented candidates, for a trial of a town's own form."""
    row = {
        "number": 1, "name": "見本 太郎", "kind": "登録している方", "field": "子育て", "qualities": "よく話を聞く",
        "experience": "読み聞かせの会の代表", "sources": "ヒアリング",
    }  # fmt: skip
    return {
        "title": "候補者リスト案", "town": "見本市", "commission": "令和8年度見本市人財活躍支援業務委託",
        "date": "令和8年10月30日", "count": 1, "candidates": [row],
    }  # fmt: skip


def build_roster() -> bytes:
    """候補者リスト (仕様書 6.(1)④⑤)."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    paper = Document()
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = "游明朝", Pt(10)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "游明朝")
    paper.core_properties.author = "Yui"
    paper.core_properties.title = ""
    run = paper.add_paragraph().add_run("{{ title }}")
    run.bold, run.font.size = True, Pt(15)
    paper.add_paragraph("{{ town }}　{{ commission }}　{{ date }}現在　{{ count }}件")
    _table(paper)
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


def _table(paper: Any) -> None:
    from docx.shared import Cm

    table = paper.add_table(rows=4, cols=len(COLUMNS))
    table.style = "Table Grid"
    for column, (head, key, width) in enumerate(COLUMNS):
        table.cell(0, column).text = head
        table.cell(2, column).text = f"{{{{ row.{key} }}}}"
        for cell in table.columns[column].cells:
            cell.width = Cm(width)
    table.cell(1, 0).text = "{%tr for row in candidates %}"
    table.cell(3, 0).text = "{%tr endfor %}"
