"""What a file holds once it is read: sheets of cells. A cell is a text; its class tells what the file said it was."""

from dataclasses import dataclass

MOST_ROWS = 20_000
"""Rows of one sheet, headings included; so that one import stays one transaction."""
MOST_COLUMNS = 200
MOST_CELLS = MOST_ROWS * MOST_COLUMNS
"""Cells of all sheets together, empty ones included: a small file can claim sixteen thousand of them in each row."""


class Number(str):
    """A cell that the file keeps as a number: zeros in front are gone, long numbers may be rounded."""


class Day(str):
    """A cell that the file keeps as a day, written 2026-11-20 (or with a time behind it)."""


class Flag(str):
    """A cell that the file keeps as true or false."""


class Broken(str):
    """A cell with an error (#N/A) or a formula whose result was not saved. It has no value that may be used."""


class Unreadable(ValueError):
    """The file can not be read at all; ``sentence`` says why and what to do."""

    def __init__(self, code: str, sentence: str) -> None:
        self.code, self.sentence = code, sentence
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet. ``rows[0]`` is row 1 of the spreadsheet; rows may differ in length. ``hidden``: not seen in Excel."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    hidden: bool = False

    @property
    def width(self) -> int:
        """The number of columns of the longest row."""
        return max((len(row) for row in self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Book:
    """A file. ``encoding`` is that of a CSV, empty for xlsx; ``delimiter`` likewise."""

    tables: tuple[Table, ...]
    encoding: str = ""
    delimiter: str = ""

    def table(self, name: str) -> Table | None:
        """The sheet of that name."""
        return next((table for table in self.tables if table.name == name), None)


def column_name(column: int) -> str:
    """A for 0, Z for 25, AA for 26."""
    name, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def cell_name(row: int, column: int) -> str:
    """The cell as a spreadsheet calls it: row 7 (counted from 1), column 1 (counted from 0) is B7."""
    return f"{column_name(column)}{row}"


def too_long(what: str) -> Unreadable:
    """The refusal of a sheet above the limit."""
    return Unreadable(
        "too_long",
        f"{what}が多すぎます。一度に{MOST_ROWS:,}行・{MOST_COLUMNS}列までです。いくつかのファイルに分けてください。",
    )
