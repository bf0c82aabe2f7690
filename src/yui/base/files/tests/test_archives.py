"""Word and Excel files that would do harm are refused, each with its reason."""

import io
import zipfile

import pytest

from yui.base.files.archives import SENTENCES, fault_of
from yui.base.files.kinds import CSV, EXCEL, PDF, TEXT, WORD, kind_of

TYPES = b'<?xml version="1.0"?><Types/>'
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx(**parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", parts.pop("types", TYPES))
        archive.writestr("word/document.xml", b"<w:document/>")
        for name, body in parts.items():
            archive.writestr(name, body)
    return stream.getvalue()


def rels(kind, target):
    return f'<Relationships><Relationship Id="r1" Type="{LINK}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'


def test_an_honest_document_passes():
    assert fault_of(docx(**{"word/_rels/document.xml.rels": rels("hyperlink", "https://example.jp/")})) is None


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"word/media/a.png": b"\x00" * 120 * 1024 * 1024}, "too_big"),
        ({"word/media/a.png": b"\x00" * 5 * 1024 * 1024}, "too_big"),
        ({f"word/{n}.xml": b"" for n in range(2001)}, "too_big"),
        ({"word/embeddings/a.xlsx": b"x"}, "nested_archive"),
        ({"word/media/a.png": docx()}, "nested_archive"),
        ({"word/vbaProject.bin": b"x"}, "macro"),
        ({"types": b"<Types application/vnd.ms-word.document.macroEnabled.main+xml/>"}, "macro"),
        ({"word/_rels/settings.xml.rels": rels("attachedTemplate", "https://example.jp/a.dotm")}, "external"),
        ({"word/_rels/document.xml.rels": rels("image", "file:///etc/passwd")}, "external"),
        ({"word/_rels/document.xml.rels": rels("hyperlink", "file://example.jp/a")}, "external"),
        ({"word/styles.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "broken"),
        (
            {"xl/worksheets/sheet1.xml": '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a><a/>'.encode("utf-16")},
            "broken",
        ),
    ],
)
def test_harm_is_named(parts, code):
    assert fault_of(docx(**parts)) == code
    assert SENTENCES[code].endswith("。")


def test_a_cut_file_is_broken():
    assert fault_of(docx()[:-10]) == "broken"


def test_kinds_are_told_by_content_not_by_name():
    assert kind_of(docx()) is WORD
    assert kind_of(b"%PDF-1.7 ...", "a.docx") is PDF
    assert kind_of("氏名,よみ".encode("cp932"), "a.csv") is CSV
    assert kind_of("こんにちは".encode(), "a.txt") is TEXT
    assert kind_of(b"<html><script>", "a.txt") is None
    assert kind_of(b"MZ\x00\x00", "a.pdf") is None
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    assert kind_of(stream.getvalue()) is EXCEL
