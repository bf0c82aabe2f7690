"""A binder holds every file in the order of its index; what can not be read is named, never dropped."""

import io

import openpyxl
import pytest
from pypdf import PdfReader

from yui.base.access.errors import NotPossible, Refused
from yui.base.files.models import Attachment
from yui.base.jobs.models import JobRun
from yui.base.jobs.tasks import perform
from yui.office.expenses.binding import Piece, bind
from yui.office.expenses.domain import ask_binder
from yui.office.expenses.tests.conftest import PNG, pdf_of
from yui.office.expenses.tests.test_statements import file_of


@pytest.fixture
def proved(kurihara):
    """Three pages of bills, a photo, a locked bill, a broken one, and a line without any."""
    first, second = kurihara.enter("printing", paid=20_000), kurihara.enter("consumables", paid=900)
    kurihara.enter("travel", paid=700)
    kurihara.prove(first, "invoice", pdf_of(3))
    kurihara.prove(first, "sample", PNG, "photo.png")
    kurihara.prove(second, "receipt", pdf_of(1, "himitsu"))
    kurihara.prove(second, "other", b"%PDF-1.7\nnot really")
    return kurihara


def made_by(office, **given):
    binder = ask_binder(actor=office.actor(office.lead), commission=office.commission, **given)
    perform.func(binder.run_id)
    binder.refresh_from_db()
    return binder


def test_the_binder_has_the_index_and_every_file_in_order(proved):
    binder = made_by(proved)
    assert (binder.state, binder.unreadable) == ("made", 2)
    assert [(one["line"], one["number"], one["pages"], one["fault"]) for one in binder.index] == [
        (1, 1, 3, ""), (1, 2, 1, ""), (2, 1, 1, "encrypted"), (2, 2, 1, "broken")
    ]  # fmt: skip
    pages = PdfReader(io.BytesIO(file_of(binder.pdf_id))).pages
    assert len(pages) == binder.pages == 1 + 3 + 1 + 1 + 1
    texts = [page.extract_text() for page in pages]
    assert [one["page"] for one in binder.index] == [2, 5, 6, 7]
    assert all(label in texts[0] for label in ("1-1", "1-2", "2-1", "2-2", "証拠なし", "綴じられなかったもの"))
    assert ["1-1" in text for text in texts[1:]] == [True, True, True, False, False, False]
    assert ["bill 0" in text for text in texts] == [False, True, False, False, False, False, False]
    assert "鍵がかかっていて" in texts[5]
    assert "壊れていて" in texts[6]


def test_the_list_names_every_line_also_the_one_without_evidence(proved):
    binder = made_by(proved)
    rows = list(
        openpyxl.load_workbook(io.BytesIO(file_of(binder.excel_id))).active.iter_rows(min_row=2, values_only=True)
    )
    assert [(row[0], row[8]) for row in rows] == [(1, "1-1"), (1, "1-2"), (2, "2-1"), (2, "2-2"), (3, "")]
    assert file_of(binder.csv_id).decode("utf-8-sig").count("\r\n") == 6


def test_a_binder_of_one_source_holds_its_lines_only(kurihara):
    kurihara.prove(kurihara.enter("consumables", paid=900, sources={"grant": 900}))
    kurihara.prove(kurihara.enter("consumables", paid=500))
    assert [one["line"] for one in made_by(kurihara, source="grant").index] == [1]


def test_a_run_that_was_cut_off_goes_on_where_it_stopped(proved):
    binder = made_by(proved)
    JobRun.objects.filter(public_id=binder.run_id).update(state="queued")
    perform.func(binder.run_id)
    again = type(binder).objects.get(pk=binder.pk)
    assert (again.pdf_id, len(again.index)) == (binder.pdf_id, 4)
    assert not Attachment.objects.filter(related_kind="binder_part").exists()


def test_without_evidence_there_is_nothing_to_bind(kurihara):
    with pytest.raises(NotPossible, match="証拠がまだ"):
        ask_binder(actor=kurihara.actor(kurihara.lead), commission=kurihara.commission)
    with pytest.raises(Refused):
        ask_binder(actor=kurihara.actor(kurihara.auditor), commission=kurihara.commission)


def test_a_wide_turned_page_is_laid_upright_into_its_sheet():
    reader = PdfReader(io.BytesIO(pdf_of(1)))
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_page(reader.pages[0]).rotate(90)
    made = io.BytesIO()
    writer.write(made)
    data, bound = bind([Piece("1-1", "領収書", "application/pdf", made.getvalue())])
    page = PdfReader(io.BytesIO(data)).pages[0]
    assert (bound[0].fault, bound[0].pages) == ("", 1)
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
    assert "bill 0" in page.extract_text()
