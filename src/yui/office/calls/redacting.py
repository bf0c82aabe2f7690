"""Pages as pictures, with what is withheld painted black in the picture itself: nothing lies below it.

Areas are [left, top, right, bottom] in thousandths of the page as it is seen. ``pypdfium2`` is loaded only when needed.
"""

import io
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

Area = Sequence[int]
THOUSAND = 1000
SCALE = 2
"""Of 72 dots to the inch: 144, which is legible when printed."""
MOST_PAGES = 400
MOST_SIDE = 3000
"""Dots; a larger page is made smaller."""
BLACK, LINE, GRID = (0, 0, 0, 255), (178, 58, 26, 255), (150, 170, 190, 255)
DOT = 4
"""Dots to each square of a digit."""
DIGITS = (
    ("###", "#.#", "#.#", "#.#", "###"), (".#.", "##.", ".#.", ".#.", "###"), ("###", "..#", "###", "#..", "###"),
    ("###", "..#", "###", "..#", "###"), ("#.#", "#.#", "###", "..#", "..#"), ("###", "#..", "###", "..#", "###"),
    ("###", "#..", "###", "#.#", "###"), ("###", "..#", "..#", "..#", "..#"), ("###", "#.#", "###", "#.#", "###"),
    ("###", "#.#", "###", "..#", "###"),
)  # fmt: skip
LEAST_BLACK = 2
"""Dots by which a black area is larger than it was marked, so that no edge of a letter stays."""


class Unreadable(ValueError):
    """Not a PDF that can be opened, or with more pages than can be given out at once."""


def page_count(data: bytes) -> int:
    """How many pages a PDF has. Raises ``Unreadable``."""
    with _opened(data) as document:
        return len(document)


def picture(data: bytes, page: int, areas: Sequence[Area] = ()) -> bytes:
    """A page (from 1) as PNG, with a grid at each tenth and the marked areas framed; for those who mark.

    Raises ``Unreadable`` and ``IndexError``.
    """
    with _opened(data) as document:
        if not 1 <= page <= len(document):
            raise IndexError(page)
        bitmap = _rendered(document[page - 1])
        try:
            for tenth in range(1, 10):
                x, y = bitmap.width * tenth // 10, bitmap.height * tenth // 10
                bitmap.fill_rect(GRID, x, 0, 2, bitmap.height)
                bitmap.fill_rect(GRID, 0, y, bitmap.width, 2)
                _write(bitmap, f"{tenth}00", x + 4, 4)
                _write(bitmap, f"{tenth}00", 4, y + 4)
            for area in areas:
                _frame(bitmap, _box(bitmap, area))
            return _png(bitmap)
        finally:
            bitmap.close()


def blackened(front: bytes, papers: Sequence[tuple[bytes, Mapping[int, Sequence[Area]]]]) -> bytes:
    """One PDF: the pages of ``front`` as they are, then every page of each paper as a picture with its areas black.

    ``papers``: bytes and, by page from 1, the areas. Raises ``Unreadable``.
    """
    import pypdfium2

    made = pypdfium2.PdfDocument(front)
    try:
        count = 0
        for data, areas in papers:
            with _opened(data) as document:
                count += len(document)
                if count > MOST_PAGES:
                    raise Unreadable("too_many_pages")
                for number in range(1, len(document) + 1):
                    _add(made, document[number - 1], areas.get(number, ()))
        stream = io.BytesIO()
        made.save(stream)
        return stream.getvalue()
    finally:
        made.close()


def fault_of(area: Area) -> str:
    """Why an area cannot be one, in words; empty where it can."""
    if len(area) != 4 or any(not 0 <= one <= THOUSAND for one in area):
        return "隠すところは、0から1000までの数で書いてください。"
    left, top, right, bottom = area
    return "" if left < right and top < bottom else "右は左より、下は上より、大きい数にしてください。"


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Unreadable("not_a_pdf") from error
    try:
        if len(document) > MOST_PAGES:
            raise Unreadable("too_many_pages")
        yield document
    finally:
        document.close()


def _rendered(page: Any) -> Any:
    """The page as a bitmap in red, green, blue; forms and notes on it are drawn too, since they would be seen."""
    width, height = page.get_size()
    longest = max(width, height, 1)
    scale = min(SCALE, MOST_SIDE / longest)
    bitmap = page.render(scale=scale, rev_byteorder=True, may_draw_forms=True)
    page.close()
    return bitmap


def _add(made: Any, page: Any, areas: Sequence[Area]) -> None:
    """A new page of the same size that holds nothing but the picture."""
    import pypdfium2

    width, height = page.get_size()
    bitmap = _rendered(page)
    for area in areas:
        left, top, right, bottom = _box(bitmap, area)
        bitmap.fill_rect(BLACK, left, top, right - left, bottom - top)
    image = pypdfium2.PdfImage.new(made)
    image.set_bitmap(_turned(bitmap))
    image.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
    fresh = made.new_page(width, height)
    fresh.insert_obj(image)
    fresh.gen_content()
    fresh.close()
    bitmap.close()


def _turned(bitmap: Any) -> Any:
    """The same dots in the order that a picture in a PDF has: blue, green, red."""
    import pypdfium2

    fresh = pypdfium2.PdfBitmap.new_native(bitmap.width, bitmap.height, pypdfium2.raw.FPDFBitmap_BGR)
    source, target = memoryview(bitmap.buffer).cast("B"), memoryview(fresh.buffer).cast("B")
    for row in range(bitmap.height):
        line = bytearray(source[row * bitmap.stride : row * bitmap.stride + bitmap.width * 3])
        line[0::3], line[2::3] = line[2::3], line[0::3]
        target[row * fresh.stride : row * fresh.stride + bitmap.width * 3] = line
    return fresh


def _box(bitmap: Any, area: Area) -> tuple[int, int, int, int]:
    """The dots of an area, rounded outwards."""
    left, top, right, bottom = area
    return (
        max(bitmap.width * left // THOUSAND - LEAST_BLACK, 0),
        max(bitmap.height * top // THOUSAND - LEAST_BLACK, 0),
        min(-(-bitmap.width * right // THOUSAND) + LEAST_BLACK, bitmap.width),
        min(-(-bitmap.height * bottom // THOUSAND) + LEAST_BLACK, bitmap.height),
    )


def _write(bitmap: Any, digits: str, x: int, y: int) -> None:
    """A small number beside a line of the grid."""
    for place, digit in enumerate(digits):
        for row, line in enumerate(DIGITS[int(digit)]):
            for column, dot in enumerate(line):
                if dot == "#":
                    left = x + (place * 4 + column) * DOT
                    bitmap.fill_rect(LINE, left, y + row * DOT, DOT, DOT)


def _frame(bitmap: Any, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    for x, y, width, height in (
        (left, top, right - left, 3), (left, max(bottom - 3, 0), right - left, 3),
        (left, top, 3, bottom - top), (max(right - 3, 0), top, 3, bottom - top),
    ):  # fmt: skip
        bitmap.fill_rect(LINE, x, y, width, height)


def _png(bitmap: Any) -> bytes:
    """The bitmap as a PNG of three bytes to the dot."""
    source = memoryview(bitmap.buffer).cast("B")
    rows = bytearray()
    for row in range(bitmap.height):
        rows.append(0)
        rows += source[row * bitmap.stride : row * bitmap.stride + bitmap.width * 3]

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", bitmap.width, bitmap.height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(rows), 6))
        + chunk(b"IEND", b"")
    )
