"""From the town's own template, or the shipped one, to a numbered document; Excel and PDF."""

import datetime as dt
import io

import openpyxl
import pytest

from yui.base import clock
from yui.base.access.errors import Refused
from yui.base.documents import registry
from yui.base.documents.domain import TemplateRefused, make_document, upload_template
from yui.base.documents.excel import Sheet, workbook
from yui.base.documents.models import DocumentTemplate
from yui.base.documents.paper import JAPANESE, fonts, pdf
from yui.base.documents.registry import Form, declare_form, default_template
from yui.base.documents.word import text_of
from yui.base.files.domain import open_file

from .test_word import word


@pytest.fixture
def form(monkeypatch):
    monkeypatch.setattr(registry, "_forms", {})
    default_template.cache_clear()
    return declare_form(
        Form("tiny", "小さな書類", {"month": "月"}, lambda: word("既定 {{ month }}"), {"month": "令和8年4月"})
    )  # fmt: skip


def make(actor):
    return make_document(
        actor=actor, kind="tiny", title="例", context={"month": "令和8年11月"}, snapshot={"lock": "x"}, name="例.docx"
    )


def words(actor, document):
    with open_file(actor=actor, attachment=document.attachment) as handle:
        return text_of(handle.read()).strip()


def test_the_shipped_template_is_used_until_the_town_has_its_own(sora, officer, files, form):
    first = make(officer)
    assert (words(officer, first), first.number, first.template) == ("既定 令和8年11月", 1, None)
    own = upload_template(actor=officer, kind="tiny", upload=word("町の様式 {{ month }}"), name="様式.docx")
    second = make(officer)
    assert (words(officer, second), second.number, second.template) == ("町の様式 令和8年11月", 2, own)
    assert (own.version, own.tags) == (1, ["month"])
    later = clock.today() + dt.timedelta(days=1)
    upload_template(actor=officer, kind="tiny", upload=word("来年 {{ month }}"), name="b.docx", active_from=later)
    assert make(officer).template == own
    assert second.sha256 == second.attachment.sha256


def test_a_template_with_faults_is_not_kept(sora, officer, files, form):
    with pytest.raises(TemplateRefused) as refused:
        upload_template(actor=officer, kind="tiny", upload=word("{{ mnth }}"), name="a.docx")
    assert "mnth" in refused.value.sentence
    assert DocumentTemplate.objects.count() == 0


def test_only_who_may_uploads_and_makes(sora, coordinator, files, form):
    with pytest.raises(Refused):
        upload_template(actor=coordinator, kind="tiny", upload=word("x"), name="a.docx")
    with pytest.raises(Refused):
        make(coordinator)


def test_a_workbook_keeps_codes_as_text_and_runs_no_formula():
    rows = [["0012", "=1+1", 1234, dt.date(2026, 11, 3)], ["https://example.jp", "例", None, None]]
    sheets = [Sheet("根拠/1", ["番号", "名", "数", "日"], rows), Sheet("根拠/1", ["空"], [])]
    book = openpyxl.load_workbook(io.BytesIO(workbook(sheets, made_at=clock.now())))
    assert book.sheetnames == ["根拠 1", "根拠 1-2"]
    page = book["根拠 1"]
    assert [[cell.value for cell in row] for row in page.iter_rows(min_row=2, max_row=2)] == [
        ["0012", "=1+1", 1234, dt.datetime.combine(dt.date(2026, 11, 3), dt.time())]
    ]
    assert page["B2"].data_type == "s"
    assert page["A3"].hyperlink is None
    assert page.freeze_panes == "A2"
    assert (page.page_setup.orientation, str(page.page_setup.paperSize)) == ("landscape", "9")
    assert page.print_title_rows == "$1:$1"


@pytest.mark.skipif(not set(fonts()) & set(JAPANESE), reason="the host has no Japanese font; yui doctor says so")
def test_a_pdf_takes_its_data_as_data():
    made = pdf("= #data.title\n#data.text", {"title": "見本", "text": '#read("/etc/passwd") 𠮷 ã ở'})
    assert made.startswith(b"%PDF-")
