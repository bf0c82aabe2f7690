"""The facts of a PDF, and files made to hang, to swell or to break a reader."""

import zlib
from io import BytesIO

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject

from yui.base.files.pdf import pages_of

FONT = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}


def made(*contents: str, sheet=(595, 842), password: str = "") -> bytes:
    writer = PdfWriter()
    font = writer._add_object(DictionaryObject({NameObject(k): NameObject(v) for k, v in FONT.items()}))
    for content in contents:
        page = writer.add_blank_page(*sheet)
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        stream.set_data(content.encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
    if password:
        writer.encrypt(password)
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_sheet_letters_and_number_of_each_page():
    told = pages_of(made("BT /F1 10.5 Tf 50 700 Td (plain words) Tj ET BT /F1 9 Tf 290 20 Td (- 1 -) Tj ET", "BT ET"))
    assert (told.fault, told.count) == ("", 2)
    assert (told.pages[0].width, told.pages[0].height) == (595, 842)
    assert told.pages[0].sizes == {105: 10, 90: 3}
    assert [page.numbered for page in told.pages] == [True, False]


def test_letters_are_measured_as_they_appear():
    """A font of 1 point in a matrix of 12, and a font of 24 in a page drawn at half size, are both 12 points."""
    told = pages_of(
        made("BT /F1 1 Tf 12 0 0 12 50 700 Tm (abcde) Tj ET", "0.5 0 0 0.5 0 0 cm BT /F1 24 Tf 50 700 Td (abcde) Tj ET")
    )
    assert [page.sizes for page in told.pages] == [{120: 5}, {120: 5}]


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\x00" * 5000, made("BT ET")[:200], b"%PDF-1.7\n1 0 obj\n<</Length 1 0 R>>\nendobj"],
)  # fmt: skip
def test_what_is_broken_is_told_and_nothing_is_raised(data):
    assert pages_of(data).fault == "broken"


def test_a_password_is_told():
    assert pages_of(made("BT ET", password="geheim")).fault == "encrypted"


def test_a_page_tree_that_bites_its_tail_ends():
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer._pages.get_object()[NameObject("/Kids")] = ArrayObject([writer._pages])
    buffer = BytesIO()
    writer.write(buffer)
    assert pages_of(buffer.getvalue(), seconds=5).pages == ()


def test_a_file_that_swells_or_takes_forever_stops_its_own_process_only():

    bomb = zlib.compress(b" " * 300_000_000, 9)
    head = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    page = b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj\n"
    body = b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n" % len(bomb) + bomb + b"\nendstream endobj\n"
    told = pages_of(head + page + body + b"trailer<</Root 1 0 R>>\n", seconds=5)
    assert told.pages == () and told.fault in {"broken", "too_big", "too_slow"}
