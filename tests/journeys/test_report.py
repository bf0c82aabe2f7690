"""The officer's month: locked, made, downloaded, equal to the page, corrected with a reason; and bad templates."""

import io
import re
import time
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.journeys.visits import Visit

pytestmark = pytest.mark.journey
Begin = Callable[..., Visit]
REPORT = "/konan/desk/reports/r8/2026-10/"
FORM = "/konan/desk/forms/monthly/"
MADE_WITHIN = 90.0
MONITORED = (
    "アクター・サポーターとの関係構築",
    "コーディネーター候補者等の課題と解決策",
    "登録者の活用とネットワーク形成",
)


def test_the_past_month_is_corrected_and_the_files_say_what_the_page_says(visit: Begin) -> None:
    assert "締めるのは、市の担当職員です" in visit("contractor_lead", 1280).open(REPORT.replace("-10", "-11"))
    officer = visit("officer", 1280)
    agree(officer, version=1)
    officer.unfold("なおした版をつくる")
    assert "直す理由を書いてください" in officer.press("なおした版をつくる", status=422)
    officer.fill(reason="打合せの日を書きもらしたため。")
    officer.press("なおした版をつくる")
    word = agree(officer, version=2)
    assert any("打合せの日を書きもらしたため。" in paragraph.text for paragraph in word.paragraphs)
    assert "第1版" in officer.text()


def agree(officer: Visit, version: int) -> Any:
    """The Word file of a version, after its figures and those of the workbook were held against the page."""
    word, excel = made(officer, version)
    shown = figures_on_page(officer)
    assert figures_in_word(word) == shown
    texts = [paragraph.text for paragraph in word.paragraphs]
    for heading in MONITORED:
        assert any(heading in text for text in texts), heading
    amounts = {number for row in rows_of(excel) for number in row if isinstance(number, int | float)}
    assert {int(re.sub(r"\D", "", value)) for value, _ in shown.values()} <= {int(number) for number in amounts}
    return word


def made(officer: Visit, version: int) -> tuple[Any, Any]:
    """Wait for the worker; the Word file and the workbook of this version, opened."""
    until = time.monotonic() + MADE_WITHIN
    while True:
        officer.open(REPORT)
        links = officer.page.locator("main a", has_text=f"第{version}版")
        if links.count() == 2:
            break
        assert time.monotonic() < until, officer.text()
        time.sleep(0.5)
    files = [officer.fetch(link.get_attribute("href") or "") for link in links.all()]
    return Document(io.BytesIO(files[0])), load_workbook(io.BytesIO(files[1]), read_only=True)


def figures_on_page(officer: Visit) -> dict[str, tuple[str, str]]:
    """Label → (this month, since the contract) as the page shows them."""
    rows = officer.page.locator(".yui-sheet__table--figures tbody tr").all()
    return {
        row.locator("th").inner_text(): (row.locator("td").nth(0).inner_text(), row.locator("td").nth(1).inner_text())
        for row in rows
    }


def figures_in_word(word: Any) -> dict[str, tuple[str, str]]:
    """The same from the table of figures in the Word file."""
    table = next(table for table in word.tables if "契約から" in [cell.text for cell in table.rows[0].cells])
    rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    return {row[0]: (row[1], row[2]) for row in rows}


def rows_of(book: Any) -> list[tuple[Any, ...]]:
    return [row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("kind", ["too_large", "bomb", "unknown_tag", "not_word"])
def test_a_bad_template_gets_a_sentence(visit: Begin, kind: str) -> None:
    officer = visit("officer", 1280)
    officer.open("/konan/desk/forms/")
    address = officer.links(r"/desk/forms/\w+/$")[0]
    officer.open(address)
    status, text = officer.upload(address, "file", "様式.docx", bad_file(kind))
    assert status in (413, 422), text[:300]
    sentence = {
        "too_large": "大き",
        "bomb": "大き",
        "unknown_tag": "namae_no_nai_tag",
        "not_word": "ワード",
    }[kind]
    assert sentence in text
    assert "市の様式は、まだ置かれていません" in officer.open(address)


def bad_file(kind: str) -> bytes:
    """A file that must not be taken."""
    if kind == "too_large":
        return b"PK\x03\x04" + bytes(100 * 1024 * 1024)
    if kind == "not_word":
        return b"%PDF-1.7 not a Word file"
    made = io.BytesIO()
    if kind == "unknown_tag":
        document = Document()
        document.add_paragraph("{{ namae_no_nai_tag }}")
        document.save(made)
        return made.getvalue()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as entry:
            for _ in range(600):
                entry.write(bytes(1024 * 1024))
    return made.getvalue()
