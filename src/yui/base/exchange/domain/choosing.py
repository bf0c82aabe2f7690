"""Sheet, headings, columns, and how it is to be done; remembered for the next time."""

from collections.abc import Mapping

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.rules import require
from yui.base.exchange import states
from yui.base.exchange.domain.intake import guess_columns
from yui.base.exchange.domain.keeping import held
from yui.base.exchange.mapping import find_header_row, heading_key, headings
from yui.base.exchange.models import Import, ImportMapping
from yui.base.exchange.queries import Plan, book_of, importer_of, plan_of, signature_of
from yui.base.exchange.registry import Policy


def choose_table(*, actor: Actor, batch: Import, sheet: str, header_row: int | None = None) -> Import:
    """Choose the sheet and the row of headings (``None``: find it); the columns are guessed anew where one is another."""
    importer = importer_of(batch)
    require(actor, importer.permission, batch)
    book = book_of(batch)
    table = book.table(sheet)
    if table is None or not table.rows:
        raise NotPossible("そのシートには、行がありません。ほかのシートを選んでください。", "no_rows")
    if header_row is None:
        header_row = find_header_row(table, importer.columns(batch.authority), importer.presets())
    if not 1 <= header_row <= len(table.rows):
        raise NotPossible(f"見出しの行は、1から{len(table.rows)}までで選んでください。", "no_such_row")
    with transaction.atomic():
        batch = held(batch, states.OPEN)
        if (batch.sheet, batch.header_row) != (sheet, header_row):
            batch.sheet, batch.header_row = sheet, header_row
            guess_columns(batch, table)
        batch.state = states.UPLOADED
        batch.save()
    return batch


def choose_columns(*, actor: Actor, batch: Import, columns: Mapping[int, str]) -> Import:
    """Say which column of the file is which of ours, and remember it for files with the same headings.

    Raises ``NotPossible`` where a column of ours is chosen twice or one that is needed is not there.
    """
    importer = importer_of(batch)
    require(actor, importer.permission, batch)
    known = {column.key: column for column in importer.columns(batch.authority)}
    chosen = [key for key in columns.values() if key in known]
    for key in chosen:
        if chosen.count(key) > 1:
            sentence = f"「{known[key].label}」が2つの列で選ばれています。どちらかを「取り込まない」にしてください。"
            raise NotPossible(sentence, "column_twice")
    for group in {column.group for column in known.values() if column.required}:
        wanted = [column for column in known.values() if column.required and column.group == group]
        if not any(column.key in chosen for column in wanted):
            names = "か".join(f"「{column.label}」" for column in wanted)
            raise NotPossible(f"{names}の列を選んでください。", "column_missing")
    with transaction.atomic():
        batch = held(batch, states.OPEN)
        file_headings = list(batch.headings)
        batch.columns = {str(position): key for position, key in sorted(columns.items()) if key in known}
        batch.state, batch.counts = states.MAPPED, {}
        batch.save(update_fields=["columns", "state", "counts"])
        ImportMapping.objects.update_or_create(
            kind=batch.kind, signature=signature_of(file_headings),
            defaults={
                "authority": batch.authority, "used_at": clock.now(),
                "columns": {
                    heading_key(heading): columns.get(position, "")
                    for position, heading in enumerate(file_headings)
                    if heading_key(heading)
                },
            },
        )  # fmt: skip
    return batch


def choose_policy(*, actor: Actor, batch: Import, policy: Policy) -> Import:
    """Say what to do with rows that are known, which suggestions to take and whether likely doubles are let in."""
    require(actor, importer_of(batch).permission, batch)
    with transaction.atomic():
        batch = held(batch, states.OPEN)
        chosen = {"existing": policy.existing, "mend": sorted(policy.mend), "doubles": policy.doubles}
        batch.policy, batch.counts = chosen, {}
        batch.save(update_fields=["policy", "counts"])
    return batch


def look_through(*, actor: Actor, batch: Import) -> Plan:
    """The preview: every row with what would be done and what is wrong. Nothing is written but that it was looked at."""
    require(actor, importer_of(batch).permission, batch)
    book = book_of(batch)
    if headings(book.table(batch.sheet) or book.tables[0], batch.header_row) != batch.headings:
        raise NotPossible("ファイルの見出しが変わっています。列を選びなおしてください。", "headings_changed")
    plan = plan_of(batch, book)
    if batch.state == states.MAPPED:
        Import.objects.filter(pk=batch.pk, state=states.MAPPED).update(state=states.PREVIEWED)
        batch.state = states.PREVIEWED
    return plan
