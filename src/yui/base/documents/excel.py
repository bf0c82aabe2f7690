"""Excel annexes: a frozen header, widths that fit, A4 landscape, and text that stays text."""

import datetime as dt
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

WIDEST = 48
NARROWEST = 8


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet. Texts are written as texts, so codes keep their zeros and nothing becomes a formula."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Any]]
    widths: Sequence[int] = ()
    """In characters; measured when not given."""


def workbook(sheets: Sequence[Sheet], *, made_at: dt.datetime) -> bytes:
    """An .xlsx of these sheets. Cells: text, integer, decimal, date, datetime, boolean or nothing."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"created": made_at.replace(tzinfo=None), "author": "Yui"})
        forms = {
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#EEF1F4"}),
            "text": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
            "number": book.add_format({"num_format": "#,##0", "valign": "top"}),
            "day": book.add_format({"num_format": "yyyy/mm/dd", "valign": "top"}),
            "time": book.add_format({"num_format": "yyyy/mm/dd hh:mm", "valign": "top"}),
        }  # fmt: skip
        used: set[str] = set()
        for sheet in sheets:
            page = book.add_worksheet(_sheet_name(sheet.title, used))
            _lay_out(page, sheet)
            for column, name in enumerate(sheet.header):
                page.write_string(0, column, name, forms["head"])
            for number, row in enumerate(sheet.rows, start=1):
                for column, cell in enumerate(row):
                    _write(page, number, column, cell, forms)
    return stream.getvalue()


def _lay_out(page: Any, sheet: Sheet) -> None:
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_paper(9)  # A4
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_footer("&C&P / &N")
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), max(len(sheet.header) - 1, 0))
    widths = sheet.widths or [
        max([_width(name), *(_width(row[column]) for row in sheet.rows[:500])])
        for column, name in enumerate(sheet.header)
    ]
    for column, width in enumerate(widths):
        page.set_column(column, column, min(max(width + 2, NARROWEST), WIDEST))


def _write(page: Any, row: int, column: int, cell: Any, forms: dict[str, Any]) -> None:
    if cell is None:
        page.write_blank(row, column, None, forms["text"])
    elif isinstance(cell, bool):
        page.write_string(row, column, "○" if cell else "", forms["text"])
    elif isinstance(cell, int | Decimal):
        page.write_number(row, column, cell, forms["number"])
    elif isinstance(cell, dt.datetime):
        page.write_datetime(row, column, cell.replace(tzinfo=None), forms["time"])
    elif isinstance(cell, dt.date):
        page.write_datetime(row, column, dt.datetime.combine(cell, dt.time()), forms["day"])
    elif isinstance(cell, str):
        page.write_string(row, column, cell[:32_767], forms["text"])
    else:
        raise TypeError(f"a cell of type {type(cell).__name__}")


def _width(cell: Any) -> int:
    """Columns on the screen: a full-width sign takes two."""
    if isinstance(cell, dt.date):
        return 16 if isinstance(cell, dt.datetime) else 10
    longest = max(str("" if cell is None else cell).splitlines() or [""], key=len)
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in longest)


def _sheet_name(title: str, used: set[str]) -> str:
    """Excel allows 31 signs, not these, and no name twice."""
    bare = re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:28] or "Sheet"
    name, number = bare, 2
    while name.lower() in used:
        name, number = f"{bare}-{number}", number + 1
    used.add(name.lower())
    return name
