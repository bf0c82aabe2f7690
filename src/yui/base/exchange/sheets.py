"""Two kinds of xlsx: one for the eye (widths, filter, days in the era) and one for machines (texts and codes alone)."""

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from yui.base.documents.excel import Sheet, workbook
from yui.base.exchange.csv import Cell, as_text
from yui.engine.calendar import wareki


def for_the_eye(title: str, header: Sequence[str], rows: Sequence[Sequence[Any]], *, made_at: dt.datetime) -> bytes:
    """A list to be looked at and printed: days as 令和8年11月20日, a frozen header, a filter, A4 landscape."""
    told = [[wareki(cell) if type(cell) is dt.date else cell for cell in row] for row in rows]
    return workbook([Sheet(title, header, told)], made_at=made_at)


def for_machines(name: str, header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """One header row, one datum a cell, every cell a text: zeros stay, days are 2026-11-20, nothing is merged or shown."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        sheet = book.add_worksheet(name[:31])
        text = book.add_format({"num_format": "@"})
        for number, row in enumerate([header, *rows]):
            if len(row) != len(header):
                raise ValueError(f"a row of {len(row)} cells below a header of {len(header)}")
            for column, cell in enumerate(row):
                sheet.write_string(number, column, as_text(cell)[:32_767], text)
    return stream.getvalue()
