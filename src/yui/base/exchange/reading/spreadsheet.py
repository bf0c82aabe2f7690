"""xlsx by openpyxl, read-only: what the cells show. Formulas are never evaluated; their saved results are read."""

import datetime as dt
import io
import re
import warnings
from collections.abc import Iterator
from typing import Any

from yui.base.exchange.reading.table import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    Book,
    Broken,
    Day,
    Flag,
    Number,
    Table,
    Unreadable,
    too_long,
)
from yui.base.files.archives import SENTENCES, fault_of

BROKEN = SENTENCES["broken"]
PADDED = re.compile(r"0{2,15}")
"""A number format that only pads: 0000000 shows 520001 as 0520001."""
POSTAL = "000\\-0000"
NOT_SAVED = "#計算式"
Rows = list[list[str]]


def read_spreadsheet(data: bytes) -> Book:
    """The sheets of an xlsx, in their order. Raises ``Unreadable``: a bomb, a macro, a broken or an empty file."""
    fault = fault_of(data)
    if fault is not None:
        raise Unreadable(fault, SENTENCES[fault])
    try:
        tables = tuple(_tables(data))
    except Unreadable:
        raise
    except Exception as error:  # the library raises whatever a damaged part makes it stumble over
        raise Unreadable("broken", BROKEN) from error
    if not tables:
        raise Unreadable("no_sheet", "表のあるシートがありません。中身のあるファイルを選んでください。")
    return Book(tables)


def _tables(data: bytes) -> Iterator[Table]:
    """Formulas are looked for first; only where there are some is the file read again for their saved results."""
    book = _open(data, saved=False)
    results, room = None, MOST_CELLS
    for number, sheet in enumerate(book.worksheets):
        rows, formulas, room = _rows(sheet, room)
        if formulas:
            results = results or _open(data, saved=True)
            _fill_in(rows, set(formulas), results.worksheets[number])
        while rows and not any(cell.strip() for cell in rows[-1]):
            rows.pop()
        hidden = sheet.sheet_state != "visible"
        yield Table(sheet.title, tuple(tuple(row) for row in rows), hidden=hidden)


def _open(data: bytes, *, saved: bool) -> Any:
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=saved, keep_links=False)


def _rows(sheet: Any, room: int) -> tuple[Rows, list[tuple[int, int]], int]:
    """The texts of a sheet, where formulas stand, and for how many more cells there is room."""
    sheet.reset_dimensions()  # what the file claims of its size is not believed
    rows: Rows = []
    formulas: list[tuple[int, int]] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for cells in sheet.iter_rows(max_row=MOST_ROWS + 1):
            row = []
            room -= len(cells)
            if room < 0:
                raise too_long("列")
            for cell in cells:
                if cell.data_type == "f":
                    formulas.append((len(rows), len(row)))
                    row.append("")
                else:
                    row.append(_text(cell))
            while row and not row[-1] and (len(rows), len(row) - 1) not in formulas[-1:]:
                row.pop()
            if len(row) > MOST_COLUMNS:
                raise too_long("列")
            rows.append(row)
    if len(rows) > MOST_ROWS and any(rows[MOST_ROWS]):
        raise too_long("行")
    return rows[:MOST_ROWS], formulas, room


def _fill_in(rows: Rows, formulas: set[tuple[int, int]], saved: Any) -> None:
    """Put the saved result where a formula stands; one that was never saved has no value.

    An empty result is kept with the type of a text, one that was never computed without a type.
    """
    saved.reset_dimensions()
    found: dict[tuple[int, int], str] = {}
    for number, cells in enumerate(saved.iter_rows(max_row=len(rows))):
        for column, cell in enumerate(cells):
            if (number, column) in formulas and (cell.value is not None or cell.data_type == "str"):
                found[number, column] = _text(cell)
    for number, column in formulas:
        rows[number] += [""] * (column + 1 - len(rows[number]))
        rows[number][column] = found.get((number, column), Broken(NOT_SAVED))


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "e":
        return Broken(value)
    if isinstance(value, str):
        return value.replace("_x000D_\n", "\n").replace("_x000D_", "\n")
    if isinstance(value, bool):
        return Flag("TRUE" if value else "FALSE")
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return Day(value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds"))
    if isinstance(value, dt.date | dt.time):
        return Day(value.isoformat())
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format or ""))
    return Broken(str(value))


def _number(value: int | float, shown_as: str) -> str:
    """As a spreadsheet shows it: whole numbers without a point, zeros where the format pads with them."""
    if isinstance(value, float) and not value.is_integer():
        return Number(repr(value))
    if isinstance(value, float) and abs(value) >= 10**15:
        return Number(repr(value))
    whole = str(int(value))
    if PADDED.fullmatch(shown_as):
        return Number(whole.zfill(len(shown_as)))
    if shown_as.endswith((POSTAL, "000-0000")) and len(whole) <= 7:
        padded = whole.zfill(7)
        return Number(f"{padded[:3]}-{padded[3:]}")
    return Number(whole)
