"""What is searchable: each wing declares its kinds in ``searching.py``."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Text:
    """What is found of one thing: its id, its place in the order, its tokens (letters and digits only)."""

    thing_id: int
    reading: str
    tokens: Iterable[str]


@dataclass(frozen=True, slots=True)
class Searchable:
    """A kind of thing. ``rows``: those that may be found; ``texts``: what of each."""

    kind: str
    rows: Callable[[], QuerySet[Any]]
    texts: Callable[[Iterable[Any]], Iterator[Text]]


_kinds: dict[str, Searchable] = {}


def searchable(
    kind: str, *, rows: Callable[[], QuerySet[Any]], texts: Callable[[Iterable[Any]], Iterator[Text]]
) -> None:
    """Declare a kind, once, when the application is loaded."""
    _kinds[kind] = Searchable(kind, rows, texts)


def get_searchable(kind: str) -> Searchable:
    """The kind of that name; ``KeyError`` when there is none."""
    return _kinds[kind]


def kinds() -> list[str]:
    """Every kind, in the order of names."""
    return sorted(_kinds)
