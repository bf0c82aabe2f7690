"""The two Word forms of contracts, built in code."""

import io
from collections.abc import Sequence
from typing import Any

from yui.base.documents.registry import Form, declare_form

COMMON = {
    "date": "書類の日（令和8年11月20日）",
    "town": "自治体の名",
    "contractor": "受託者の名",
    "contract": "契約の名前",
    "number": "契約番号",
    "signed_on": "契約を結んだ日",
}
SUBCONTRACT_TAGS = COMMON | {
    "subcontractor": "再委託先の名前",
    "work": "再委託する業務",
    "outline": "業務の概要",
    "structure": "再委託先の体制",
    "amount": "再委託の額",
    "starts_on": "始める日",
    "ground": "再委託する理由",
    "indispensable": "欠かせないと認める理由（原則禁止の契約だけ）",
}
CONSENT_TAGS = COMMON | {
    "role": "役割",
    "leaving": "替わる前の人",
    "coming": "替わったあとの人",
    "career": "替わったあとの人の経歴・資格",
    "on": "替わる日",
    "reason": "替わるわけ",
    "ground": "同等以上の人である理由",
}
SAMPLE = {
    "date": "令和8年11月20日", "town": "見本市", "contractor": "まちのわ例示社", "contract": "令和8年度見本業務委託",
    "number": "見本-8-1", "signed_on": "令和8年7月1日", "ground": "専門の技術が要るため",
}  # fmt: skip


def build_subcontract() -> bytes:
    """再委託承認書."""
    rows = (
        ("契約", "{{ contract }}　{{ number }}"), ("契約の日", "{{ signed_on }}"), ("再委託先", "{{ subcontractor }}"),
        ("業務", "{{ work }}"), ("概要", "{{ outline }}"), ("体制", "{{ structure }}"), ("額", "{{ amount }}"),
        ("始める日", "{{ starts_on }}"), ("理由", "{{ ground }}"), ("市の判断", "{{ indispensable }}"),
    )  # fmt: skip
    return _letter("再委託承認書", "願い出のあった再委託を、次のとおり承認します。", rows)


def build_consent() -> bytes:
    """業務担当者の変更承諾書."""
    rows = (
        ("契約", "{{ contract }}　{{ number }}"), ("契約の日", "{{ signed_on }}"), ("役割", "{{ role }}"),
        ("替わる前の人", "{{ leaving }}"), ("替わったあとの人", "{{ coming }}"), ("経歴・資格", "{{ career }}"),
        ("替わる日", "{{ on }}"), ("わけ", "{{ reason }}"), ("同等以上の理由", "{{ ground }}"),
    )  # fmt: skip
    return _letter("業務担当者の変更承諾書", "届け出のあった体制の変更を、次のとおり承諾します。", rows)


def _letter(title: str, sentence: str, rows: Sequence[tuple[str, str]]) -> bytes:
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    paper: Any = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = "游明朝", Pt(10.5)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "游明朝")
    paper.core_properties.author, paper.core_properties.title = "Yui", ""
    paper.add_paragraph("{{ date }}").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paper.add_paragraph("{{ contractor }}　様")
    paper.add_paragraph("{{ town }}").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    head = paper.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = head.add_run(title)
    run.bold, run.font.size = True, Pt(15)
    paper.add_paragraph(sentence)
    table = paper.add_table(rows=0, cols=2)
    table.style, table.autofit = "Table Grid", False
    for name, tag in rows:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = name, tag
        cells[0].width, cells[1].width = Cm(3.6), Cm(13)
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


def _sample(tags: dict[str, str]) -> dict[str, str]:
    return {tag: SAMPLE.get(tag, "見本") for tag in tags}


SUBCONTRACT = declare_form(
    Form("subcontract_approval", "再委託承認書", SUBCONTRACT_TAGS, build_subcontract, _sample(SUBCONTRACT_TAGS))
)
CONSENT = declare_form(
    Form("staff_change_consent", "業務担当者の変更承諾書", CONSENT_TAGS, build_consent, _sample(CONSENT_TAGS))
)
