"""Kurihara's ledger: a night, a talk and hours above what the rules pay; sent back, checked, settled, bound."""

import io
import time
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.journeys.visits import Visit
from yui.office.expenses.tests.conftest import png_of

pytestmark = pytest.mark.journey
Begin = Callable[..., Visit]
LEDGER = "/kurihara/desk/expenses/"
MADE_WITHIN = 90.0


def test_three_lines_are_judged_sent_back_settled_and_bound(visit: Begin, axe: None) -> None:
    lead, officer = visit("kurihara_lead", 390), visit("kurihara_officer", 1280, script=False)
    night = enter(lead, "lodging", "12,300円のうち、11,800円が対象", spent_on="R8.11.10", payee="例示ホテル",
                  purpose="研修の宿泊（旅）", paid="12300", nights="1", people="1")  # fmt: skip
    assert lead.accessible() == []
    attach(lead, "lodging_invoice")
    assert lead.fits()
    talk = enter(lead, "honorarium", "20,251円のうち、20,250円が対象", {"class": "A"}, spent_on="R8.11.12",
                 payee="架空 健一", purpose="移住の講演", ground="大学教授", minutes="70", one_way_km="320", paid="20251")  # fmt: skip
    attach(lead, "receipt")
    hours = enter(lead, "personnel", "2,072,000円で、上限 2,000,000円を 72,000円こえています", spent_on="R8.11.14",
                  payee="想定 なおき", purpose="相談と訪問", rate="1850", hours="700")  # fmt: skip
    sent_back_and_checked(officer, lead, night)
    for line in (talk, hours):
        decide(officer, line, "accept")
    settled(lead, officer)
    bound(lead)


def enter(lead: Visit, category: str, verdict: str, picks: dict[str, str] | None = None, **fields: str) -> str:
    """Type a line on the telephone; the verdict stands there before it is kept. The address of its page."""
    lead.open(f"{LEDGER}new/{category}/")
    for name, value in (picks or {}).items():
        lead.tick(name, value)
    lead.fill(**fields)
    lead.page.locator("main [aria-live]", has_text=verdict).wait_for()
    lead.press("保存する")
    return lead.path()


def attach(lead: Visit, kind: str) -> None:
    """A photo, as a telephone sends it."""
    lead.tick("kind", kind)
    photo = {"name": "IMG_0001.png", "mimeType": "image/png", "buffer": png_of()}
    lead.page.locator('main input[type="file"]').set_input_files(photo)
    assert "証拠を付けました" in lead.press("付ける")


def decide(officer: Visit, line: str, answer: str, comment: str = "") -> str:
    officer.open(line)
    officer.tick("answer", answer)
    officer.fill(comment=comment)
    return officer.press("決める")


def sent_back_and_checked(officer: Visit, lead: Visit, line: str) -> None:
    assert "差し戻しました" in decide(officer, line, "return", "何の研修かを書いてください。")
    assert "差し戻されました" in lead.open("/kurihara/desk/")
    lead.open(f"{line}edit/")
    lead.fill(purpose="移住相談員の研修の宿泊")
    text = lead.press("保存する")
    assert "研修の宿泊（旅） → 移住相談員の研修の宿泊" in text
    assert "確認しました" in decide(officer, line, "accept")


def settled(lead: Visit, officer: Visit) -> None:
    """Asked for by one, approved by the other; the workbook says what the page says."""
    lead.open(f"{LEDGER}statements/")
    lead.tick("phase", "settlement")
    lead.press("作って、承認を求める")
    statement = lead.path()
    assert lead.accessible() == []
    officer.open(statement)
    officer.tick("answer", "accept")
    assert "承認ずみ" in officer.press("決める")
    link = waited(officer, statement, "エクセル")
    shown = figures(officer)
    book = load_workbook(io.BytesIO(officer.fetch(link)), read_only=True)
    rows = {row[0]: row for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)}
    assert {name: (rows[name][1], rows[name][4]) for name in shown} == shown
    lines = list(book["明細"].iter_rows(min_row=2, values_only=True))
    assert sum(row[5] for row in lines) == rows["合計"][1]
    assert rows["合計"][1] == rows["合計"][4] + rows["合計"][5]
    assert rows["人件費"][1:5] == (2_072_000, 2_072_000, 72_000, 2_000_000)
    pages = PdfReader(io.BytesIO(officer.fetch(waited(officer, statement, "（PDF）")))).pages
    assert "移住相談員の研修の宿泊" in "".join(page.extract_text() for page in pages).replace("\n", "")


def figures(officer: Visit) -> dict[str, tuple[int, int]]:
    """Category → (claimed, eligible) as the page shows them."""
    found = {}
    for row in officer.page.locator("#rows + *, section[aria-labelledby=rows] tbody tr").all():
        cells = row.locator("td").all_inner_texts()
        if len(cells) == 4:
            found[row.locator("th").inner_text()] = (yen(cells[0]), yen(cells[3]))
    return found


def yen(text: str) -> int:
    return int(text.replace(",", "").replace("円", "").strip())


def bound(lead: Visit) -> None:
    """The binder: as many pages as it says, and the index names every piece."""
    lead.open(f"{LEDGER}evidence/")
    lead.press("綴りを作る")
    lead.open(lead.links(r"/binders/\w+/$")[0])
    link = waited(lead, lead.path(), "綴り（PDF")
    said = lead.page.locator("main a", has_text="綴り（PDF").inner_text()
    pages = PdfReader(io.BytesIO(lead.fetch(link))).pages
    assert f"{len(pages)}ページ" in said.replace(" ", "")
    assert "8-1" in pages[0].extract_text()
    assert lead.accessible() == []


def waited(who: Visit, path: str, words: str) -> str:
    """The address of a link that a worker's file will have."""
    until = time.monotonic() + MADE_WITHIN
    while True:
        who.open(path)
        found: Any = who.page.locator("main a", has_text=words)
        if found.count():
            return str(found.first.get_attribute("href"))
        assert time.monotonic() < until, who.text()
        time.sleep(0.5)
