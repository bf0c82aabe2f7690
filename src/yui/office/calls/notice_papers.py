"""The tags of the Word forms of notices, the forms that are shipped, and a sample to try them with. No model, no clock."""

import functools
import io
from collections.abc import Callable, Sequence
from typing import Any

from yui.office.calls.notice_kinds import Paper

TAGS: dict[str, str] = {
    "date": "通知日（令和7年7月18日）",
    "reference": "文書番号（なければ空）",
    "addressee": "応募者の名",
    "representative": "代表者の名（なければ空）",
    "postal": "応募者の住所（なければ空）",
    "town": "市町などの名",
    "signed_by": "差出人（三田市長 など）",
    "contact": "問合せ先",
    "call": "公募の名",
    "notice": "通知の名（選定審査結果の通知 など）",
    "outcome": "結果のことば（特定、非特定、失格 など）",
    "reasons": "理由のくり返し（1行ずつ）",
    "ask_until": "説明を求められる最後の日（令和7年7月25日（金））。定めがなければ空",
    "answer_by": "説明を答える最後の日。定めがなければ空",
    "correction": "前の通知をなおした理由。はじめの通知では空",
    "corrected": "なおした通知の通知日。はじめの通知では空",
}
EXPLANATION_TAGS: dict[str, str] = {
    **{
        key: TAGS[key] for key in ("reference", "addressee", "representative", "postal", "town", "signed_by", "contact")
    },
    "date": "回答の日（令和7年7月30日）",
    "call": "公募の名",
    "notice": "もとの通知の名",
    "noticed_on": "もとの通知の通知日",
    "asked_on": "説明の求めを受けた日",
    "late": "期間のあとに受けたときだけ、その説明。ほかは空",
    "answer": "回答のくり返し（1行ずつ）",
}


def notice_sample() -> dict[str, Any]:
    """Invented values of every tag."""
    return {
        "date": "令和7年7月18日", "reference": "見本第12号", "addressee": "架空ネットワーク株式会社",
        "representative": "代表取締役 見本 太郎", "postal": "見本県見本市見本町1番地", "town": "見本市",
        "signed_by": "見本市長 例示 花子", "contact": "見本課（電話 0748-00-0000）", "call": "見本業務委託",
        "notice": "選定審査結果の通知", "outcome": "非特定",
        "reasons": ["合計点が、最も高い提案ではありませんでした。"], "ask_until": "令和7年7月25日（金）",
        "answer_by": "令和7年8月4日（月）", "correction": "", "corrected": "",
    }  # fmt: skip


def explanation_sample() -> dict[str, Any]:
    """Invented values of every tag of the answer."""
    sample = notice_sample()
    return {key: sample[key] for key in EXPLANATION_TAGS if key in sample} | {
        "date": "令和7年7月30日", "noticed_on": "令和7年7月18日", "asked_on": "令和7年7月22日", "late": "",
        "answer": ["求めのあった点について、次のとおり説明します。"],
    }  # fmt: skip


def builder(paper: Paper) -> Callable[[], bytes]:
    """What builds the shipped form of a kind of notice."""
    return functools.partial(_notice, paper)


def build_explanation() -> bytes:
    """The shipped form of an answer to who asked for reasons."""
    lines = [
        "",
        "{{ noticed_on }}付けの「{{ notice }}」について、{{ asked_on }}に説明の求めがありました。次のとおり回答します。",
        "{%p if late %}", "{{ late }}", "{%p endif %}",
        "", "公募の名　{{ call }}", "",
        "{%p for line in answer %}", "{{ line }}", "{%p endfor %}",
    ]  # fmt: skip
    return _letter("{{ notice }}に関する説明について（回答）", lines)


def _notice(paper: Paper) -> bytes:
    lines = [
        "{%p if correction %}",
        "{{ corrected }}付けの通知を、次の理由によりあらためます。　{{ correction }}",
        "{%p endif %}",
        *paper.sentences,
        "", "公募の名　{{ call }}", "結果　{{ outcome }}",
        "{%p if reasons %}", paper.heading, "{%p for line in reasons %}", "・{{ line }}", "{%p endfor %}", "{%p endif %}",
        "{%p if ask_until %}", "",
        "この結果の理由について、{{ ask_until }}までに、書面で説明を求めることができます。"
        "回答は、{{ answer_by }}までに書面で行います。",
        "{%p endif %}",
    ]  # fmt: skip
    return _letter("{{ notice }}（{{ outcome }}）", lines)


def _letter(title: str, lines: Sequence[str]) -> bytes:
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.4)
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = "游明朝", Pt(10.5)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "游明朝")
    normal.paragraph_format.space_after = Pt(2)
    paper.core_properties.author, paper.core_properties.title = "Yui", ""

    def right(text: str) -> None:
        paper.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.RIGHT

    for text in ("{%p if reference %}", "{{ reference }}", "{%p endif %}", "{{ date }}"):
        right(text)
    for key in ("postal", "", "representative"):
        for text in (
            ("{{ addressee }}　御中",) if not key else (f"{{%p if {key} %}}", f"{{{{ {key} }}}}", "{%p endif %}")
        ):
            paper.add_paragraph(text)
    right("{{ signed_by }}")
    heading = paper.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    heading.paragraph_format.space_before = heading.paragraph_format.space_after = Pt(14)
    run = heading.add_run(title)
    run.bold, run.font.size = True, Pt(14)
    for text in lines:
        paper.add_paragraph(text)
    for text in ("", "問合せ先　{{ contact }}"):
        paper.add_paragraph(text)
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()
