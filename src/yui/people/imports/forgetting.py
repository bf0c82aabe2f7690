"""What an erasure does to imports: earlier values go, a hash stays in the place of the number, waiting files go."""

from django.db import transaction
from django.utils.crypto import salted_hmac

from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.audit.record import record
from yui.base.exchange import states
from yui.base.exchange.models import Import, ImportRow
from yui.base.exchange.queries import book_of
from yui.base.files.models import Attachment
from yui.base.files.store import remove
from yui.people.models import ExternalNumber, Person

GONE = "gone:"
"""Begins what stands in the place of the number of an erased person."""


def number_after_erasure(number: str) -> str:
    """The keyed hash that stays: whoever brings the old list again is told that this person must not come back."""
    return GONE + salted_hmac("yui.people.gone", number, algorithm="sha256").hexdigest()[:40]


def forget_imports(actor: Actor, person: Person) -> None:
    """Called by the erasure of a person, which asked for the right, while the name is still there."""
    ImportRow.objects.filter(subject_kind="person", subject_id=person.public_id).update(earlier={})
    for row in ExternalNumber.objects.filter(person=person):
        if not row.number.startswith(GONE):
            row.number = number_after_erasure(row.number)
            row.save(update_fields=["number"])
    for batch in Import.objects.filter(kind="people").exclude(file=None).select_related("file"):
        if _holds(batch, person.display_name):
            _drop(actor, batch)


def _holds(batch: Import, name: str) -> bool:
    """Whether the waiting file has a cell with this name."""
    try:
        book = book_of(batch)
    except (NotPossible, FileNotFoundError):
        return False
    wanted = "".join(name.split())
    return bool(wanted) and any(
        wanted in "".join(cell.split()) for table in book.tables for row in table.rows for cell in row
    )


def _drop(actor: Actor, batch: Import) -> None:
    """The file goes with the bytes; an import that has not been carried out is over."""
    file: Attachment | None = batch.file
    if batch.state in states.OPEN:
        batch.state = states.DROPPED
    batch.file, batch.headings = None, []
    batch.save(update_fields=["file", "headings", "state"])
    if file is not None:
        record(actor, "file.removed", file, details={"purpose": file.purpose})
        path = file.path
        file.delete()
        transaction.on_commit(lambda: remove(path))
