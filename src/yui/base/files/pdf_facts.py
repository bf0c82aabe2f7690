"""What a PDF tells of its pages: size, page number, how many characters of which size. Run as a program of its own.

Reads the bytes from standard input and writes one JSON object. Imports nothing of the house: whoever starts it bounds its
time and memory (``pdf.py``), since a file may be made to hang a reader.
"""

import json
import logging
import re
import resource
import sys
from io import BytesIO
from typing import Any

MOST_PAGES = 300
MOST_MEMORY = 1024 * 1024 * 1024
_NUMBER = re.compile(r"^[-‐–—―・.\s(（]*(?:p\.?\s*)?[0-9０-９]{1,3}(?:\s*[/／]\s*[0-9０-９]{1,3})?\s*(?:ページ|頁)?[-‐–—―・.\s)）]*$", re.I)  # fmt: skip


def facts_of(data: bytes) -> dict[str, Any]:
    """``pages``: width and height in points, ``numbered``, ``sizes`` (tenths of a point → characters). ``fault``: a code."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return {"fault": "encrypted", "pages": []}
        count = len(reader.pages)
        pages = [_page(reader.pages[index]) for index in range(min(count, MOST_PAGES))]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OverflowError,
            AssertionError, NotImplementedError, UnicodeError, ZeroDivisionError, EOFError, OSError):  # fmt: skip
        return {"fault": "broken", "pages": []}
    return {"fault": "", "count": count, "pages": pages}


def _page(page: Any) -> dict[str, Any]:
    box = page.mediabox
    width, height = round(float(box.width)), round(float(box.height))
    sizes: dict[int, int] = {}

    def visit(text: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        signs = len("".join(text.split()))
        tall_x, tall_y = tm[2] * size, tm[3] * size
        x, y = tall_x * cm[0] + tall_y * cm[2], tall_x * cm[1] + tall_y * cm[3]
        tenths = round(10 * (x * x + y * y) ** 0.5)
        if signs and 0 < tenths < 10_000:
            sizes[tenths] = sizes.get(tenths, 0) + signs

    lines = [line.strip() for line in page.extract_text(visitor_text=visit).splitlines() if line.strip()]
    numbered = any(_NUMBER.match(line) for line in {*lines[:2], *lines[-2:]})
    return {"width": width, "height": height, "numbered": numbered, "sizes": sizes}


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    logging.disable(logging.CRITICAL)
    sys.setrecursionlimit(2_000)
    try:
        told = facts_of(sys.stdin.buffer.read())
    except MemoryError:
        told = {"fault": "too_big", "pages": []}
    json.dump(told, sys.stdout)
