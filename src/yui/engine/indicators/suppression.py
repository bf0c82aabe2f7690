"""Hiding small cells of several tables shown together, so that nothing that stays visible brings them back.

All tables count the same persons under the same columns (acts, such as *shown* or *asked*) and stand beside one total a
column. In a table that *partitions* the persons the cells of a column sum to its total; in one that *covers* them a
person may stand in several rows, so a total lies between the largest cell and the sum. No relation is known between two
columns. A reader therefore knows, column by column, one equation or inequality for each table.

What is hidden, by column:

1. a total from 1 to ``least`` − 1 goes with every cell of its column, in every table;
2. cells from 1 to ``least`` − 1 go; where any does, the zeros of that column of that table go with them, so that a
   hidden cell may be no one at all;
3. further cells, the smallest first (of equals the first by key), go until at least two are hidden and together hold
   at least ``least``.

Then every hidden cell can, for whoever knows all that is shown, be any number from 0 to at least ``least``: it is never
found, and never shown to be below the threshold. Where nothing small is present, zeros stay: zero is no one. Whoever
reasons from this rule itself, and not from the page, may exclude some of those numbers in rare columns: the further
cells are the smallest ones, because hiding others would cost the page more than it protects.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Cells = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Table:
    """Counts of persons: ``cells`` by (row, column), 0 where absent."""

    key: str
    rows: Sequence[str]
    cells: Cells
    covers: bool = False
    """A person may stand in several rows; the rows do not sum to the total."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be published; ``None`` is hidden. ``tables``: key → (row, column) → count."""

    totals: Mapping[str, int | None]
    tables: Mapping[str, Mapping[tuple[str, str], int | None]]


def suppress(tables: Sequence[Table], totals: Mapping[str, int], least: int) -> Shown:
    """The tables and totals as they may stand on one page.

    Raises ``ValueError`` where the cells cannot be what the totals say: then a total would tell more than it should.
    """
    shown: dict[str, dict[tuple[str, str], int | None]] = {table.key: {} for table in tables}
    for column, total in totals.items():
        for table in tables:
            counts = {row: table.cells.get((row, column), 0) for row in table.rows}
            _check(table, column, counts, total)
            out = hidden_in(counts, least)  # below a small total every cell is small
            for row, count in counts.items():
                shown[table.key][row, column] = None if row in out else count
    return Shown({name: None if 0 < total < least else total for name, total in totals.items()}, shown)


def hidden_in(counts: Mapping[str, int], least: int) -> frozenset[str]:
    """The rows of one column that must be hidden, where the column's total is shown."""
    if not any(0 < count < least for count in counts.values()):
        return frozenset()
    out = {row for row, count in counts.items() if count < least}
    rest = sorted((count, row) for row, count in counts.items() if row not in out)
    held = sum(counts[row] for row in out)
    while rest and (len(out) < 2 or held < least):
        count, row = rest.pop(0)
        out.add(row)
        held += count
    return frozenset(out)


def _check(table: Table, column: str, counts: Mapping[str, int], total: int) -> None:
    if any(count < 0 for count in counts.values()):
        raise ValueError(f"negative count in {table.key}, {column}")
    held, most = sum(counts.values()), max(counts.values(), default=0)
    fits = most <= total <= held if table.covers else held == total
    if not fits:
        raise ValueError(f"the cells of {table.key}, {column} do not make up the total")
