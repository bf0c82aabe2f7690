"""CSV that opens rightly in a Japanese spreadsheet and runs nothing there."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

BOM = b"\xef\xbb\xbf"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that begins so is a formula for some spreadsheet (OWASP, CSV Injection), full width included."""

Cell = str | int | bool | Decimal | dt.date | dt.datetime | None


def safe_text(text: str) -> str:
    """The text, with an apostrophe before it when a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with BOM, CRLF, everything quoted. Text stays as it is written, leading zeros included.

    Raises ``ValueError`` for a row of another length and ``TypeError`` for a cell of another type.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([safe_text(name) for name in header])
    for row in rows:
        if len(row) != len(header):
            raise ValueError(f"a row of {len(row)} cells below a header of {len(header)}")
        writer.writerow([_written(cell) for cell in row])
    return BOM + stream.getvalue().encode()


def as_text(cell: Cell) -> str:
    """A cell as text: nothing is empty, true is 1, days are 2026-11-20. Raises ``TypeError`` for another type."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, str):
        return cell
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, int | Decimal):
        return str(cell)
    raise TypeError(f"a cell of type {type(cell).__name__}")


def _written(cell: Cell) -> str:
    return safe_text(cell) if isinstance(cell, str) else as_text(cell)
