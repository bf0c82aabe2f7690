"""A file comes in: read, kept for a few days, its sheet and headings found. Nothing of it is written anywhere yet."""

import datetime as dt

from django.core.files.base import File
from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.rules import require
from yui.base.audit.record import record
from yui.base.exchange import states
from yui.base.exchange.domain.keeping import drop_file, held
from yui.base.exchange.mapping import find_header_row, guess, headings
from yui.base.exchange.models import Import
from yui.base.exchange.queries import importer_of, remembered
from yui.base.exchange.reading import Book, Table, Unreadable, read_book
from yui.base.exchange.registry import get_importer
from yui.base.files.domain import read_upload, store_file
from yui.base.files.models import Attachment

DAYS_KEPT = 14
"""A file that nobody imports goes by itself."""


def start_import(*, actor: Actor, kind: str, upload: File | bytes, name: str) -> Import:
    """Take a file in. Raises ``NotPossible`` with a sentence where it can not be read or is too large."""
    importer = get_importer(kind)
    require(actor, importer.permission, actor.authority)
    data, book = _read(upload)
    with transaction.atomic():
        batch = Import.objects.create(
            authority=actor.authority, kind=kind, started_by=actor.account, started_at=clock.now()
        )
        batch.file = _keep(actor, batch, data, name)
        _find_table(batch, book)
        batch.save()
        record(actor, "import.started", batch, details={"kind": kind})
    return batch


def replace_file(*, actor: Actor, batch: Import, upload: File | bytes, name: str) -> Import:
    """Take the mended file instead. Where its headings are the same, sheet and columns stay as they were chosen."""
    require(actor, importer_of(batch).permission, batch)
    data, book = _read(upload)
    with transaction.atomic():
        batch = held(batch, states.OPEN)
        old, batch.counts = batch.file, {}
        before = batch.headings
        batch.file = _keep(actor, batch, data, name)
        table = book.table(batch.sheet)
        same = table is not None and headings(table, batch.header_row) == before and batch.state != states.UPLOADED
        if same:
            batch.encoding, batch.state = book.encoding, states.PREVIEWED
        else:
            _find_table(batch, book)
            batch.state = states.UPLOADED
        batch.save()
        drop_file(actor, old)
        record(actor, "import.file_replaced", batch, details={"kind": batch.kind})
    return batch


def drop_import(*, actor: Actor, batch: Import) -> None:
    """Stop before anything was written; the file goes."""
    require(actor, importer_of(batch).permission, batch)
    with transaction.atomic():
        batch = held(batch, states.OPEN)
        drop_file(actor, batch.file)
        batch.file, batch.headings, batch.state = None, [], states.DROPPED
        batch.save(update_fields=["file", "headings", "state"])
        record(actor, "import.dropped", batch, details={"kind": batch.kind})


def _read(upload: File | bytes) -> tuple[bytes, Book]:
    data = read_upload(upload)
    try:
        return data, read_book(data)
    except Unreadable as fault:
        raise NotPossible(fault.sentence, fault.code) from fault


def _keep(actor: Actor, batch: Import, data: bytes, name: str) -> Attachment:
    stem = name.rsplit(".", 1)[0] or "list"
    ending = ".xlsx" if data.startswith(b"PK") else ".csv"
    return store_file(
        actor=actor, upload=data, name=f"{stem}{ending}", purpose="import", permission=importer_of(batch).permission,
        thing=batch, data_class="c3c", related=("import", batch.public_id),
        retention_until=clock.today() + dt.timedelta(days=DAYS_KEPT),
    )  # fmt: skip


def _find_table(batch: Import, book: Book) -> None:
    """The first sheet that is seen and holds something, its headings, and a first guess of the columns."""
    full = [table for table in book.tables if table.rows]
    if not full:
        raise NotPossible("表のある行がありません。中身のあるファイルを選んでください。", "no_rows")
    table = next((table for table in full if not table.hidden), full[0])
    batch.encoding, batch.sheet = book.encoding, table.name[:100]
    importer = importer_of(batch)
    batch.header_row = find_header_row(table, importer.columns(batch.authority), importer.presets())
    guess_columns(batch, table)


def guess_columns(batch: Import, table: Table) -> None:
    """Map the columns of the table as well as they can be known. Saves nothing."""
    importer = importer_of(batch)
    found = headings(table, batch.header_row)
    before = remembered(batch, found)
    guessed = guess(found, importer.columns(batch.authority), importer.presets(), before.columns if before else None)
    batch.columns = {str(position): key for position, key in sorted(guessed.columns.items())}
    batch.source = guessed.source
    batch.headings = found
