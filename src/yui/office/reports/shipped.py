"""The Word forms that are shipped, built in code so that nothing binary lies in the source. Tags as in ``content``."""

import io
from typing import Any


def build_report() -> bytes:
    """月次報告: one A4 page in its usual length; figures as a table."""
    paper = _paper()
    _line(paper, "{{ date }}", right=True)
    _line(paper, "{{ addressee }}　様")
    _line(paper, "受託者　{{ contractor }}", right=True)
    _title(paper, "{{ month }}分　月次報告")
    _line(paper, "{{ commission }}について、次のとおり報告します。")
    _line(paper, "{%p if reason %}")
    _line(paper, "（第{{ version }}版）直した理由：{{ reason }}")
    _line(paper, "{%p endif %}")
    _line(paper, "{%p for section in sections %}")
    _heading(paper, "{{ section.number }}　{{ section.name }}")
    _line(paper, "{%p for line in section.lines %}")
    _line(paper, "・{{ line }}")
    _line(paper, "{%p endfor %}")
    _line(paper, "{%p endfor %}")
    _heading(paper, "数字")
    _table(
        paper,
        ["項目", "{{ month }}", "契約から", "目標", "めやすとくらべて"],
        "figure",
        "figures",
        ["label", ("value", "unit"), ("total", "unit"), "target", "verdict"],
    )
    _line(paper, "{%p for one in outside %}")
    _line(paper, "・{{ one.label }}　{{ one.value }}（目標 {{ one.target }}）　{{ one.source }}")
    _line(paper, "{%p endfor %}")
    _heading(paper, "催し・会議")
    _loop(paper, "event", "events", "・{{ event.title }}　{{ event.times }}回（のべ{{ event.people }}人）")
    _loop(paper, "meeting", "meetings", "・{{ meeting.date }}　{{ meeting.kind }}")
    _heading(paper, "来月の予定")
    _loop(paper, "line", "next_month", "・{{ line }}")
    _heading(paper, "別添")
    _loop(paper, "line", "attachments", "・{{ line }}")
    return _bytes(paper)


def build_minutes() -> bytes:
    """打合せ記録簿 (仕様書 11.⑥)."""
    paper = _paper()
    _title(paper, "打合せ記録簿")
    rows = [
        ("業務名", "{{ commission }}"),
        ("会議", "{{ kind }}"),
        ("日時", "{{ date }}　{{ time }}"),
        ("場所", "{{ place }}"),
        ("出席した人", "{{ attendees }}"),
        ("受託者", "{{ contractor }}"),
    ]
    table = paper.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    for name, tag in rows:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = name, tag
    _widths(table, (3.2, 13.3))
    for name, key in (("議題", "agenda"), ("決まったこと", "decisions"), ("宿題", "homework")):
        _heading(paper, name)
        _loop(paper, "line", key, "・{{ line }}")
    _heading(paper, "次回")
    _line(paper, "{{ next }}")
    return _bytes(paper)


def _paper() -> Any:
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2)
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = "游明朝", Pt(10.5)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "游明朝")
    normal.paragraph_format.space_after = Pt(2)
    paper.core_properties.author = "Yui"
    paper.core_properties.title = ""
    return paper


def _line(paper: Any, text: str, *, right: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    line = paper.add_paragraph(text)
    if right:
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _title(paper: Any, text: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    line = paper.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(10)
    run = line.add_run(text)
    run.bold, run.font.size = True, Pt(15)


def _heading(paper: Any, text: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    line = paper.add_heading(level=2)
    line.paragraph_format.space_before = Pt(8)
    line.paragraph_format.space_after = Pt(2)
    run = line.add_run(text)
    run.font.size, run.font.name, run.font.color.rgb = Pt(11.5), "游ゴシック", RGBColor(0x21, 0x1D, 0x18)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "游ゴシック")


def _loop(paper: Any, name: str, key: str, text: str) -> None:
    _line(paper, f"{{%p for {name} in {key} %}}")
    _line(paper, text)
    _line(paper, "{%p endfor %}")


def _table(paper: Any, head: list[str], name: str, key: str, columns: list[str | tuple[str, str]]) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    table = paper.add_table(rows=1, cols=len(head))
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, head, strict=True):
        cell.text = text
    table.add_row().cells[0].text = f"{{%tr for {name} in {key} %}}"
    cells = table.add_row().cells
    for cell, column in zip(cells, columns, strict=True):
        parts = (column,) if isinstance(column, str) else column
        cell.text = "".join(f"{{{{ {name}.{part} }}}}" for part in parts)
        if not isinstance(column, str) or column == "target":
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    table.add_row().cells[0].text = "{%tr endfor %}"
    _widths(table, (5.2, 2.6, 2.8, 2.4, 3.6))


def _widths(table: Any, widths: tuple[float, ...]) -> None:
    from docx.shared import Cm

    table.autofit = False
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)


def _bytes(paper: Any) -> bytes:
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()
