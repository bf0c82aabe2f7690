"""Reading the index. Call inside the authority's scope; what is found is looked up, and shown, by the wing."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import QuerySet

from yui.base.search.matching import Groups, in_order
from yui.base.search.models import SearchEntry
from yui.engine.text import Question, Round

MOST = 1000
"""More are not counted and not put in order: "1000人以上"."""
FEW = 5
"""With so many found exactly, nobody looks for those that are merely alike."""
GATHERED = 200
"""Alike ones are fetched at once and told apart here, unless there are more."""
CERTAIN = ("name", "beginning")
ALIKE = ("sound", "reading")


@dataclass(slots=True)
class Found:
    """Ids in the order to be shown, each with why it was found (``Question.by``). ``more``: there are others."""

    by: dict[int, str] = field(default_factory=dict)
    more: bool = False


def matching(kind: str, groups: Groups) -> QuerySet[SearchEntry]:
    """The entries of a kind that hold a token of each group."""
    return SearchEntry.objects.filter(kind=kind, tokens__matches=groups)


def find(kind: str, rounds: Iterable[Round], *, key: str = "", most: int = MOST, alike: bool = True) -> Found:
    """Ask one question after the other until enough is found: by question, then by reading, then by id.

    ``key``: the strict key of a single word; those whose reading begins with it are read straight from the order.
    ``alike``: whether to look beyond those that are surely meant.
    """
    found = Found()
    for asked in rounds:
        _certain(found, kind, asked, key, most)
        if alike and len(found.by) < min(FEW, most):
            _alike(found, kind, [question for question in asked if question.by in ALIKE], most)
        for question in asked if alike and not found.by else ():
            if question.by not in (*CERTAIN, *ALIKE):
                _take(found, _tokens(kind, question), question.by, most)
        if found.by:
            break
    if len(found.by) > most:
        found = Found(dict(list(found.by.items())[:most]), more=True)
    return found


def _certain(found: Found, kind: str, asked: Round, key: str, most: int) -> None:
    for question in asked:
        if question.by not in CERTAIN or len(found.by) > most:
            continue
        if question.by == "beginning" and key:
            ready = SearchEntry.objects.filter(kind=kind, reading__begins=key)
            _take(found, ready.order_by(*in_order(connection, ready=True)), question.by, most)
        if len(found.by) <= most:
            _take(found, _tokens(kind, question), question.by, most)


def _alike(found: Found, kind: str, asked: list[Question], most: int) -> None:
    """The last question takes in the others: one query gives all, and only where they are many each is asked alone."""
    if not asked:
        return
    rows = list(_tokens(kind, asked[-1]).values_list("thing_id", "tokens")[:GATHERED])
    if len(rows) < GATHERED:
        kept = [(thing, tokens.split()) for thing, tokens in rows if thing not in found.by]
        for question in asked:
            for thing, tokens in kept:
                if question.fits(tokens):
                    found.by.setdefault(thing, question.by)
        return
    for question in asked:
        if len(found.by) < min(FEW, most):
            _take(found, _tokens(kind, question), question.by, most)


def _tokens(kind: str, question: Question) -> QuerySet[SearchEntry]:
    return matching(kind, question.words).order_by(*in_order(connection))


def _take(found: Found, entries: QuerySet[SearchEntry], by: str, most: int) -> None:
    """Add what is new, in the order of the entries, up to one more than wanted."""
    limit = most + 1 + len(found.by)  # those found before may come again
    for thing in entries.values_list("thing_id", flat=True)[:limit]:
        if len(found.by) > most:
            break
        found.by.setdefault(thing, by)
