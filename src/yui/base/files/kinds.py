"""What a file is, by its content. The name and the type a browser claims are never believed."""

import codecs
import io
import zipfile
from dataclasses import dataclass

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Kind:
    """An allowed type: its content type, the ending of its name and whether a browser may show it in the page."""

    content_type: str
    ending: str
    inline: bool = False


PDF = Kind("application/pdf", ".pdf")
PNG = Kind("image/png", ".png", inline=True)
JPEG = Kind("image/jpeg", ".jpg", inline=True)
WORD = Kind(DOCX, ".docx")
EXCEL = Kind(XLSX, ".xlsx")
TEXT = Kind("text/plain; charset=utf-8", ".txt")
CSV = Kind("text/csv", ".csv")
ALLOWED_SENTENCE = (
    "使えるファイルは、PDF、画像（JPEG・PNG）、Word（.docx）、Excel（.xlsx）、テキスト（.txt・.csv）です。"
)


def kind_of(data: bytes, name: str = "") -> Kind | None:
    """The kind of these bytes, or ``None`` when it is not on the list. ``name`` only tells a CSV from other text."""
    if data.startswith(b"%PDF-"):
        return PDF
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"PK"):
        return _office(data)
    if _is_text(data):
        return CSV if name.lower().endswith(".csv") else TEXT
    return None


def _office(data: bytes) -> Kind | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if "[Content_Types].xml" not in names:
        return None
    if "word/document.xml" in names:
        return WORD
    if "xl/workbook.xml" in names:
        return EXCEL
    return None


def _is_text(data: bytes) -> bool:
    """UTF-8 or CP932 without control signs, and nothing that a browser would run as a page."""
    if not data or any(sign in data for sign in (b"\x00", b"\x1b")):
        return False
    if data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return False
    for encoding in ("utf-8", "cp932"):
        try:
            codecs.decode(data, encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False
