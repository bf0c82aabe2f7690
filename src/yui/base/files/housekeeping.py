"""What happens to files by itself: those past their retention and those without a row are deleted."""

import contextlib
from collections.abc import Callable, Iterable

from django.db import transaction
from django.db.models import ProtectedError

from yui.base import clock
from yui.base.access.actor import system_actor
from yui.base.audit.record import record
from yui.base.files import store
from yui.base.files.models import Attachment
from yui.base.tenancy.models import Authority

Paths = Callable[[], Iterable[str]]
_sources: list[Paths] = []


def register_paths(source: Paths) -> None:
    """A wing whose own tables know files below ``MEDIA_ROOT`` registers here, once, when its application is ready."""
    if source not in _sources:
        _sources.append(source)


def kept_paths() -> set[str]:
    """Every file below ``MEDIA_ROOT`` that a row of the open scope knows: for the sweep and for backups."""
    return {*Attachment.objects.values_list("path", flat=True), *(path for source in _sources for path in source())}


def sweep(authority: Authority) -> int:
    """Delete what is past its retention and what no row knows. Call inside the scope; returns how many files."""
    actor = system_actor(authority, "files.sweep")
    expired = 0
    for attachment in Attachment.objects.filter(retention_until__lt=clock.today()):
        with contextlib.suppress(ProtectedError), transaction.atomic():  # a document still stands on it
            path = attachment.path
            record(actor, "file.expired", attachment, details={"purpose": attachment.purpose})
            attachment.delete()
            transaction.on_commit(lambda path=path: store.remove(path))
            expired += 1
    lost = store.orphans(authority, kept_paths())
    for path in lost:
        store.remove(path)
    return expired + len(lost)
