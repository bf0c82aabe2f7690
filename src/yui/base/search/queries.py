"""Reading the index. Call inside the authority's scope; what is found is looked up, and shown, by the wing."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import QuerySet

from yui.base.search.matching import Groups, in_order
from yui.base.search.models import SearchEntry
from yui.engine.text import Question

MOST = 1000
"""More are not counted and not put in order: "1000人以上"."""
FEW = 5
"""With so many found exactly, nobody looks for those that are merely alike."""
CERTAIN = ("name", "beginning")
LAST = ("near", "place")
"""Asked only when nothing else was found."""


@dataclass(slots=True)
class Found:
    """Ids in the order to be shown, each with why it was found (``Question.by``). ``more``: there are others."""

    by: dict[int, str] = field(default_factory=dict)
    more: bool = False


def matching(kind: str, groups: Groups) -> QuerySet[SearchEntry]:
    """The entries of a kind that hold a token of each group."""
    return SearchEntry.objects.filter(kind=kind, tokens__matches=groups)


def find(
    kind: str, questions: Iterable[Question], *, key: str = "", most: int = MOST, among: QuerySet | None = None
) -> Found:
    """Ask one question after the other until enough is found: by question, then by reading, then by id.

    ``key``: the strict key of a single word; those whose reading begins with it are read straight from the order.
    ``among``: ids beyond which nothing is to be found.
    """
    found = Found()
    for question in questions:
        if question.by not in CERTAIN and len(found.by) >= (1 if question.by in LAST else min(FEW, most)):
            continue
        if question.by == "beginning" and key:
            ready = SearchEntry.objects.filter(kind=kind, reading__begins=key)
            _take(found, ready.order_by(*in_order(connection, ready=True)), question.by, most, among)
        if len(found.by) <= most:
            tokens = matching(kind, question.words).order_by(*in_order(connection))
            _take(found, tokens, question.by, most, among)
        if len(found.by) > most:
            break
    if len(found.by) > most:
        found = Found(dict(list(found.by.items())[:most]), more=True)
    return found


def _take(found: Found, entries: QuerySet[SearchEntry], by: str, most: int, among: QuerySet | None) -> None:
    """Add what is new, in the order of the entries, up to one more than wanted."""
    if among is not None:
        entries = entries.filter(thing_id__in=among)
    limit = most + 1 + len(found.by)  # those found before may come again
    for thing in entries.values_list("thing_id", flat=True)[:limit]:
        if len(found.by) > most:
            break
        found.by.setdefault(thing, by)
