"""The measures of the house: declared in ``measures.py`` of each wing, found when the application starts."""

import datetime as dt
from collections.abc import Callable

from django_scopes import get_scope

from yui.base import clock
from yui.base.measures.types import Measure, Row, RowSource
from yui.base.tenancy.models import Authority
from yui.base.tenancy.scope import authority_scope

_measures: dict[str, Measure] = {}


def measure(
    key: str, *, label: str, unit: str, stock: bool = False, note: str = ""
) -> Callable[[RowSource], RowSource]:
    """Declare the decorated function as the rows of a measure. A key declared twice raises ``ValueError``."""

    def declare(source: RowSource) -> RowSource:
        present = _measures.get(key)
        if present is not None and present.source is not source:
            raise ValueError(f"measure {key} is declared twice")
        _measures[key] = Measure(key, label, unit, source, stock, note)
        return source

    return declare


def all_measures() -> tuple[Measure, ...]:
    """Every declared measure, by key."""
    return tuple(_measures[key] for key in sorted(_measures))


def get_measure(key: str) -> Measure:
    """The measure of that key; ``KeyError`` when no wing declares it."""
    return _measures[key]


def rows(
    measure: Measure | str, *, authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime | None = None
) -> list[Row]:
    """The rows behind a figure: the only way to one. By day, then key; ``as_of`` is now unless given.

    Raises ``ValueError`` when a wing answers with a row after the period or with one row twice.
    """
    found = get_measure(measure) if isinstance(measure, str) else measure
    moment = as_of or clock.now()
    if get_scope().get("authority") == authority:
        answer = list(found.source(authority, start, end, moment))
    else:
        with authority_scope(authority):
            answer = list(found.source(authority, start, end, moment))
    for row in answer:
        if row.effective_on > end or (row.effective_on < start and not found.stock):
            raise ValueError(f"measure {found.key}: row {row.key} lies outside {start}..{end}")
    if len({row.key for row in answer}) != len(answer):
        raise ValueError(f"measure {found.key}: one row is counted twice")
    return sorted(answer, key=lambda row: (row.effective_on, row.key))


def figure(
    measure: Measure | str, *, authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime | None = None
) -> int:
    """How many rows there are."""
    return len(rows(measure, authority=authority, start=start, end=end, as_of=as_of))
