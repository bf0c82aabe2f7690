"""Putting evidence into one ordered PDF: a page for each picture and each page of a PDF, with its number above it.

Pictures and captions are set by typst, pages of PDFs are laid below their caption by pypdf. A file that can not be read
gets a page that says so, and is named in the index: nothing is dropped.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from yui.base.documents.paper import pdf
from yui.base.files.kinds import JPEG, PDF, PNG

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter

A4 = (595.28, 841.89)
"""Width and height in points. Geometry of a page, not money."""
EDGE, HEAD = 34.0, 62.0
"""Free edge at the sides and the foot, and above the picture, in points."""
MOST_PAGES = 500
"""Pages of one file; what is longer is named as not bound."""
CAPTIONS = """
#set page(margin: (x: 12mm, top: 8mm, bottom: 12mm))
#for (at, one) in data.pages.enumerate() {
  if at > 0 { pagebreak() }
  block(width: 100%, stroke: (bottom: 0.5pt), inset: (bottom: 3pt))[#text(11pt, weight: "bold")[証拠 #one.label]　#one.kind #h(1fr) #text(9pt)[#one.part]]
  if one.picture != "" { align(center + horizon, image(one.picture, width: 100%, height: 92%, fit: "contain")) }
  if one.fault != "" { v(20mm); align(center, text(13pt)[#one.fault]) }
}
"""
FAULTS = {
    "encrypted": "このPDFには鍵がかかっていて、綴じられません。もとのファイルを見てください。",
    "broken": "このファイルは壊れていて、開けません。",
    "too_long": f"このPDFは{MOST_PAGES}ページをこえるので、綴じていません。もとのファイルを見てください。",
    "missing": "ファイルが見つかりません。",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One file to bind. ``label``: number of the line and of the evidence, as 12-1."""

    label: str
    kind: str
    content_type: str
    data: bytes | None


@dataclass(frozen=True, slots=True)
class Bound:
    """What became of a piece: how many pages it has in the binder, and the code of its fault or nothing."""

    label: str
    pages: int
    fault: str


def bind(pieces: Sequence[Piece]) -> tuple[bytes, list[Bound]]:
    """The pieces as one PDF in their order, and what became of each."""
    from pypdf import PdfReader, PdfWriter

    opened = [_open(piece) for piece in pieces]
    captions, pictures = _captions(pieces, opened)
    writer = PdfWriter()
    sheets = iter(PdfReader(io.BytesIO(_set(captions, pictures))).pages)
    for piece, (reader, fault) in zip(pieces, opened, strict=True):
        first = len(writer.pages)
        for number in range(_pages(reader)):
            sheet = writer.add_page(next(sheets))
            if reader is not None and not fault:
                _lay(sheet, reader.pages[number])
        writer.add_outline_item(title=f"証拠 {piece.label} {piece.kind}", page_number=first)
    made = io.BytesIO()
    writer.write(made)
    bound = [Bound(piece.label, _pages(reader), fault) for piece, (reader, fault) in zip(pieces, opened, strict=True)]
    return made.getvalue(), bound


def join(parts: Sequence[bytes]) -> tuple[bytes, int]:
    """Parts one after the other, with their outlines, and the number of pages."""
    from pypdf import PdfWriter

    writer: PdfWriter = PdfWriter()
    for part in parts:
        writer.append(io.BytesIO(part))
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue(), len(writer.pages)


def count_pages(data: bytes) -> int:
    """The pages of a PDF of our own."""
    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(data)).pages)


def _open(piece: Piece) -> "tuple[PdfWriter | None, str]":
    """The pages of a PDF, upright, or nothing for a picture; with the code of a fault."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.errors import PyPdfError

    if piece.data is None:
        return None, "missing"
    if piece.content_type in (JPEG.content_type, PNG.content_type):
        return None, "" if _draws(piece) else "broken"
    if piece.content_type != PDF.content_type:
        return None, "broken"
    try:
        reader = PdfReader(io.BytesIO(piece.data))
        if reader.is_encrypted and not reader.decrypt(""):
            return None, "encrypted"
        if len(reader.pages) > MOST_PAGES:
            return None, "too_long"
        pages = PdfWriter(clone_from=reader)
        _try(pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError):
        return None, "broken"
    except Exception as error:  # what a damaged file raises is not foreseeable; a binder names it and goes on
        if "crypt" in str(error).lower():
            return None, "encrypted"
        return None, "broken"
    return pages, "" if len(pages.pages) else "broken"


def _try(pages: "PdfWriter") -> None:
    """Turn every page upright and lay it on an empty one, so that a fault shows before the binder is begun."""
    from pypdf import PdfWriter

    trial = PdfWriter()
    for page in pages.pages:
        page.transfer_rotation_to_content()
        _lay(trial.add_blank_page(*A4), page)


def _draws(piece: Piece) -> bool:
    """Whether typst can draw the picture."""
    name = f"one{_ending(piece)}"
    try:
        pdf(f'#image("{name}", width: 10mm)', {}, files={name: piece.data or b""})
    except RuntimeError:
        return False
    return True


def _ending(piece: Piece) -> str:
    return PNG.ending if piece.content_type == PNG.content_type else JPEG.ending


def _pages(reader: "PdfWriter | None") -> int:
    return 1 if reader is None else max(1, len(reader.pages))


def _captions(
    pieces: Sequence[Piece], opened: "Sequence[tuple[PdfWriter | None, str]]"
) -> tuple[list[dict[str, Any]], dict[str, bytes]]:
    captions: list[dict[str, Any]] = []
    pictures: dict[str, bytes] = {}
    for piece, (reader, fault) in zip(pieces, opened, strict=True):
        count = _pages(reader)
        picture = ""
        if reader is None and not fault and piece.data is not None:
            picture = f"{len(pictures)}{_ending(piece)}"
            pictures[picture] = piece.data
        for number in range(count):
            captions.append(
                {
                    "label": piece.label, "kind": piece.kind, "picture": picture, "fault": FAULTS.get(fault, ""),
                    "part": f"{number + 1} / {count}" if count > 1 else "",
                }
            )  # fmt: skip
    return captions, pictures


def _set(captions: list[dict[str, Any]], pictures: dict[str, bytes]) -> bytes:
    return pdf(CAPTIONS, {"pages": captions}, files=pictures)


def _lay(sheet: "PageObject", page: "PageObject") -> None:
    """Draw an upright page, made to fit, below the caption of a sheet."""
    from pypdf import Transformation

    box = page.cropbox
    width, height = float(box.width) or 1.0, float(box.height) or 1.0
    room = (A4[0] - 2 * EDGE, A4[1] - EDGE - HEAD)
    scale = min(room[0] / width, room[1] / height)
    left = EDGE + (room[0] - width * scale) / 2 - float(box.left) * scale
    low = EDGE + (room[1] - height * scale) - float(box.bottom) * scale
    sheet.merge_transformed_page(page, Transformation().scale(scale).translate(left, low))
