"""Keeping the index: called by the verbs in their own transaction, and by the job that makes it anew.

An entry is worth nothing by itself: it can be made again from the thing at any time, so nothing is written to the audit.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import groupby

from django.db import connection, transaction
from django.db.models import QuerySet

from yui.base.search.matching import twin
from yui.base.search.models import SearchEntry
from yui.base.search.registry import get_searchable, kinds
from yui.base.tenancy.models import Authority

BATCH = 500
_waiting: ContextVar[dict[tuple[int, str], set[int]] | None] = ContextVar("waiting", default=None)


def index(authority: Authority | int, kind: str, ids: Collection[int]) -> None:
    """Write the entries of these things anew; a thing that may not be found any more leaves the index.

    An entry that is right already is not touched. Inside ``gathered`` it is done at the end, for all at once.
    """
    town = authority if isinstance(authority, int) else authority.pk
    waiting = _waiting.get()
    if waiting is not None:
        waiting.setdefault((town, kind), set()).update(ids)
        return
    known = get_searchable(kind)
    with transaction.atomic():
        present = {entry.thing_id: entry for entry in _entries(town, kind, ids)}
        fresh: list[SearchEntry] = []
        changed: list[SearchEntry] = []
        for text in known.texts(known.rows().filter(authority_id=town, pk__in=ids)):
            entry = present.pop(text.thing_id, None)
            reading, tokens = text.reading[:200], " ".join(sorted(set(text.tokens)))
            if entry is None:
                own = {"authority_id": town, "kind": kind, "thing_id": text.thing_id}
                fresh.append(SearchEntry(**own, reading=reading, tokens=tokens))
            elif (entry.reading, entry.tokens) != (reading, tokens):
                entry.reading, entry.tokens = reading, tokens
                changed.append(entry)
        if present:
            _entries(town, kind, present).delete()
        SearchEntry.objects.bulk_create(fresh, batch_size=BATCH)
        if changed:
            SearchEntry.objects.bulk_update(changed, ["reading", "tokens"], batch_size=100)


@contextmanager
def gathered() -> Iterator[None]:
    """For verbs called by the thousand: their entries are written together at the end, inside the caller's transaction."""
    waiting: dict[tuple[int, str], set[int]] = {}
    before = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(before)
    for (town, kind), ids in sorted(waiting.items()):
        for _number, part in pieces(sorted(ids)):
            index(town, kind, part)


def forget(authority: Authority | int, kind: str, ids: Collection[int]) -> None:
    """Take things out for good, from the pages of the database's index too."""
    town = authority if isinstance(authority, int) else authority.pk
    with transaction.atomic():
        _entries(town, kind, ids).delete()
        with connection.cursor() as cursor:
            twin(connection).purge(cursor)


def complete(authority: Authority, kind: str) -> int:
    """Add what is missing and take out what is no longer there. Returns how many entries changed."""
    known = get_searchable(kind)
    wanted = known.rows().filter(authority=authority)
    entries = SearchEntry.objects.filter(authority=authority, kind=kind)
    missing = set(wanted.values_list("pk", flat=True))
    listed = set(entries.values_list("thing_id", flat=True))
    changed = sorted(missing ^ listed)
    for _number, ids in pieces(changed):
        index(authority, kind, ids)
    return len(changed)


def rebuild(authority: Authority) -> int:
    """Write every entry of a town anew, some hundreds a transaction. Returns how many there are then."""
    for kind in kinds():
        for _number, ids in pieces(all_ids(authority, kind)):
            index(authority, kind, ids)
    return SearchEntry.objects.filter(authority=authority).count()


def all_ids(authority: Authority, kind: str) -> list[int]:
    """Everything that has an entry or should have one."""
    entries = SearchEntry.objects.filter(authority=authority, kind=kind)
    rows = get_searchable(kind).rows().filter(authority=authority)
    return sorted({*entries.values_list("thing_id", flat=True), *rows.values_list("pk", flat=True)})


def pieces(ids: list[int]) -> Iterator[tuple[int, list[int]]]:
    """The sorted ids by ranges of some hundreds, each with the number of its range."""
    for number, found in groupby(ids, key=lambda pk: pk // BATCH):
        yield number, list(found)


def _entries(town: int, kind: str, ids: Collection[int]) -> QuerySet[SearchEntry]:
    return SearchEntry.objects.filter(authority_id=town, kind=kind, thing_id__in=ids)
