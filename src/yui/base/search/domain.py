"""Keeping the index: called by the verbs in their own transaction, and by the job that makes it anew.

An entry is worth nothing by itself: it can be made again from the thing at any time, so nothing is written to the audit.
"""

from collections.abc import Collection, Iterator
from itertools import groupby

from django.db import connection, transaction

from yui.base.search.matching import twin
from yui.base.search.models import SearchEntry
from yui.base.search.registry import Text, get_searchable, kinds
from yui.base.tenancy.models import Authority

BATCH = 500


def index(authority: Authority | int, kind: str, ids: Collection[int]) -> None:
    """Write the entries of these things anew; a thing that may not be found any more leaves the index."""
    known = get_searchable(kind)
    town = authority if isinstance(authority, int) else authority.pk
    with transaction.atomic():
        SearchEntry.objects.filter(authority_id=town, kind=kind, thing_id__in=ids).delete()
        rows = known.rows().filter(authority_id=town, pk__in=ids)
        SearchEntry.objects.bulk_create(_entries(town, kind, known.texts(rows)), batch_size=BATCH)


def forget(authority: Authority | int, kind: str, ids: Collection[int]) -> None:
    """Take things out for good, from the pages of the database's index too."""
    town = authority if isinstance(authority, int) else authority.pk
    with transaction.atomic():
        SearchEntry.objects.filter(authority_id=town, kind=kind, thing_id__in=ids).delete()
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


def _entries(town: int, kind: str, texts: Iterator[Text]) -> Iterator[SearchEntry]:
    for text in texts:
        yield SearchEntry(
            authority_id=town, kind=kind, thing_id=text.thing_id, reading=text.reading[:200],
            tokens=" ".join(sorted(set(text.tokens))),
        )  # fmt: skip
