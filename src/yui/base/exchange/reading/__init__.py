"""Reading what offices keep: CSV and xlsx as they are, cell by cell, changing nothing and evaluating nothing."""

from yui.base.exchange.reading.book import read_book
from yui.base.exchange.reading.table import (
    MOST_COLUMNS,
    MOST_ROWS,
    Book,
    Broken,
    Day,
    Flag,
    Number,
    Table,
    Unreadable,
    cell_name,
    column_name,
)

__all__ = [
    "MOST_COLUMNS",
    "MOST_ROWS",
    "Book",
    "Broken",
    "Day",
    "Flag",
    "Number",
    "Table",
    "Unreadable",
    "cell_name",
    "column_name",
    "read_book",
]
