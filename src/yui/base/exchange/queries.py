"""Reading imports, their files and what would be done with each row. Call inside the authority's scope."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.rules import holds_everywhere
from yui.base.exchange.faults import Fault
from yui.base.exchange.mapping import headings, signature
from yui.base.exchange.models import Import, ImportMapping, ImportRow
from yui.base.exchange.reading import Book, Table, Unreadable, cell_name, read_book
from yui.base.exchange.registry import Importer, Line, Planned, Policy, Value, get_importer, importers
from yui.base.exchange.values import CellFault, check_letters
from yui.base.files.store import open_path


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be done with a file, row by row."""

    planned: tuple[Planned, ...]

    @property
    def faults(self) -> list[Fault]:
        """Every fault, in the order of the file."""
        found = [fault for planned in self.planned for fault in planned.faults]
        return sorted(found, key=lambda fault: (fault.row, len(fault.cell), fault.cell))

    @property
    def to_mend(self) -> list[Fault]:
        """The faults that keep rows out or are mended on the way."""
        return [fault for fault in self.faults if fault.stops or fault.mended]

    @property
    def remarks(self) -> list[Fault]:
        """What is told of rows that are imported as they are."""
        return [fault for fault in self.faults if not (fault.stops or fault.mended)]

    def rows(self, action: str) -> list[Planned]:
        """The rows with that action; ``fault``: those that stay out."""
        return [planned for planned in self.planned if _action(planned) == action]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each action."""
        return {action: len(self.rows(action)) for action in ("add", "update", "skip", "fault")}


def _action(planned: Planned) -> str:
    return "fault" if planned.stopped else planned.action


def imports(actor: Actor) -> QuerySet[Import]:
    """The imports an actor may see, newest first."""
    kinds = [importer.kind for importer in importers() if holds_everywhere(actor, importer.permission)]
    return Import.objects.filter(kind__in=kinds).select_related("started_by")


def importer_of(batch: Import) -> Importer:
    """The importer behind an import."""
    return get_importer(batch.kind)


def policy_of(batch: Import) -> Policy:
    """What the town chose for this import."""
    given = batch.policy
    return Policy(
        existing=given.get("existing", "update"), mend=frozenset(given.get("mend", [])),
        doubles=given.get("doubles", True),
    )  # fmt: skip


def book_of(batch: Import) -> Book:
    """The file, read anew. Raises ``NotPossible`` when it is gone or can not be read any more."""
    if batch.file is None:
        raise NotPossible("元のファイルは、もう残っていません。もう一度、ファイルを選んでください。", "file_gone")
    with open_path(batch.file.path) as handle:
        data = handle.read()
    try:
        return read_book(data)
    except Unreadable as fault:
        raise NotPossible(fault.sentence, fault.code) from fault


def table_of(batch: Import, book: Book | None = None) -> Table:
    """The sheet that was chosen."""
    table = (book or book_of(batch)).table(batch.sheet)
    if table is None:
        raise NotPossible("選んだシートが、このファイルにはありません。", "sheet_gone")
    return table


def remembered(batch: Import, file_headings: Sequence[str]) -> ImportMapping | None:
    """What the town chose for a file with the same headings."""
    return ImportMapping.objects.filter(kind=batch.kind, signature=signature_of(file_headings)).first()


def signature_of(file_headings: Sequence[str]) -> str:
    """The hash under which a choice is remembered."""
    return hashlib.sha256(signature(file_headings).encode()).hexdigest()


def lines_of(batch: Import, table: Table) -> list[tuple[Line, list[Fault]]]:
    """The rows below the headings, with the faults that any table can have. Empty rows are not there."""
    file_headings = headings(table, batch.header_row)
    wanted = {int(position): key for position, key in batch.columns.items()}
    places = {key: (position, file_headings[position]) for position, key in wanted.items()}
    return [
        _line(number, row, file_headings, places)
        for number, row in enumerate(table.rows[batch.header_row :], start=batch.header_row + 1)
        if any(cell.strip() for cell in row)
    ]


def _line(
    number: int, row: Sequence[str], file_headings: Sequence[str], places: dict[str, tuple[int, str]]
) -> tuple[Line, list[Fault]]:
    values: dict[str, Value] = {}
    faults: list[Fault] = []
    for key, (position, heading) in places.items():
        text = row[position] if position < len(row) else ""
        if not text.strip():
            continue
        value = Value(text, cell_name(number, position), heading)
        try:
            check_letters(text)
        except CellFault as fault:
            faults.append(Fault(number, value.cell, value.heading, fault.code, fault.sentence, str(text)))
        else:
            values[key] = value
    taken = {position for position, _ in places.values()}
    beyond = [n for n in range(len(row)) if row[n].strip() and not file_headings[n] and n not in taken]
    last = max((n for n, heading in enumerate(file_headings) if heading), default=-1)
    if any(n > last for n in beyond):
        position = next(n for n in beyond if n > last)
        sentence = "見出しのない列に値があります。コンマや引用符で、列がずれていないかをたしかめてください。"
        faults.append(Fault(number, cell_name(number, position), "", "too_many_cells", sentence, row[position]))
    return Line(number, values, places), faults


def plan_of(batch: Import, book: Book | None = None) -> Plan:
    """What would be done. Reads the file and the database, writes nothing."""
    found = lines_of(batch, table_of(batch, book))
    importer = importer_of(batch)
    planned = importer.plan(batch.authority, [line for line, _ in found], policy_of(batch))
    for row, (_, faults) in zip(planned, found, strict=True):
        broken = {fault.cell for fault in faults}
        row.faults = [*faults, *(fault for fault in row.faults if fault.cell not in broken)]
    return Plan(tuple(planned))


def fault_at(line: Line, key: str, fault: CellFault, *, column: str = "", mended: bool = False) -> Fault:
    """A fault of a cell as the list shows it; where the file has no such column, of the row, with the name of ours."""
    value = line.values.get(key)
    position, heading = line.places.get(key, (None, column))
    cell = f"{line.number}行目" if position is None else cell_name(line.number, position)
    made = Fault(
        line.number, cell, heading, fault.code, fault.sentence, str(value.text) if value else "", fault.suggestion,
        fault.stops,
    )  # fmt: skip
    return replace(made, stops=False, mended=True) if mended else made


def left_rows(batch: Import) -> list[ImportRow]:
    """After an undo: the rows in which something was left as it is, because somebody has changed or used it."""
    return list(batch.rows.filter(outcome__in=("left", "partly")))
