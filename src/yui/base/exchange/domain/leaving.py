"""Faults and rows that stay out, as files to work with. They leave by the one door and are recorded."""

from django.db import transaction

from yui.base.access.actor import Actor
from yui.base.access.rules import require
from yui.base.exchange.csv import csv_bytes
from yui.base.exchange.leaving import record_leaving
from yui.base.exchange.mapping import headings
from yui.base.exchange.models import Import
from yui.base.exchange.queries import book_of, importer_of, plan_of, table_of

FAULTS_HEADER = ("セル", "見出し", "入っている値", "なおすところ", "提案", "取り込むか")


def faults_file(*, actor: Actor, batch: Import) -> bytes:
    """Every fault with its cell, what stands there and what would be right."""
    importer = importer_of(batch)
    require(actor, importer.permission, batch)
    rows = [
        (
            fault.cell, fault.column, fault.given, fault.sentence, fault.suggestion or "",
            "提案の値で取り込む" if fault.mended else ("この行は取り込まない" if fault.stops else "取り込む"),
        )
        for fault in plan_of(batch).faults
    ]  # fmt: skip
    _record(actor, batch, "import_faults", len(rows))
    return csv_bytes(FAULTS_HEADER, rows)


def rest_file(*, actor: Actor, batch: Import) -> bytes:
    """The rows that stay out as they stand in the file, with the cells to be mended behind them."""
    importer = importer_of(batch)
    require(actor, importer.permission, batch)
    book = book_of(batch)
    table = table_of(batch, book)
    header = headings(table, batch.header_row)
    rows = []
    for planned in plan_of(batch, book).rows("fault"):
        cells = [str(cell) for cell in table.rows[planned.line.number - 1]]
        told = "／".join(f"{fault.cell} {fault.sentence}" for fault in planned.faults if fault.stops)
        rows.append((*cells, *[""] * (len(header) - len(cells)), told))
    _record(actor, batch, "import_rest", len(rows))
    return csv_bytes((*header, "なおすところ"), rows)


def _record(actor: Actor, batch: Import, what: str, count: int) -> None:
    with transaction.atomic():
        record_leaving(actor=actor, what=what, count=count, permission=importer_of(batch).permission, thing=batch)
