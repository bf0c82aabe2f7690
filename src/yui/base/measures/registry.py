"""The measures of the house: declared in ``measures.py`` of each wing, found when the application starts."""

import datetime as dt
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db.models import IntegerField, Subquery, Value
from django_scopes import get_scope

from yui.base import clock
from yui.base.measures.types import Keyed, KeySource, Measure, Row, RowSource
from yui.base.tenancy.models import Authority
from yui.base.tenancy.scope import authority_scope

Period = tuple[str, dt.date, dt.date]
"""Measure, first day, last day."""
_measures: dict[str, Measure] = {}


def measure(
    key: str, *, label: str, unit: str, stock: bool = False, note: str = "", keys: KeySource | None = None
) -> Callable[[RowSource], RowSource]:
    """Declare the decorated function as the rows of a measure. A key declared twice raises ``ValueError``.

    ``keys`` answers the same question with a query of ``keyed`` or ``one_each``, so that many figures are one query.
    """

    def declare(source: RowSource) -> RowSource:
        present = _measures.get(key)
        if present is not None and present.source is not source:
            raise ValueError(f"measure {key} is declared twice")
        _measures[key] = Measure(key, label, unit, source, stock, note, keys)
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
    with _inside(authority):
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
    key = measure if isinstance(measure, str) else measure.key
    return counts([(key, start, end)], authority=authority, as_of=as_of)[key, start, end]


def counts(periods: Iterable[Period], *, authority: Authority, as_of: dt.datetime | None = None) -> dict[Period, int]:
    """How many rows each measure has in each period: one query for all that say how to count without fetching."""
    moment, asked = as_of or clock.now(), list(dict.fromkeys(periods))
    found: dict[Period, int] = {}
    with _inside(authority):
        queries = {period: _keys_of(period, authority, moment) for period in asked}
        direct = {period: query for period, query in queries.items() if query is not None}
        if direct:
            one = Authority.objects.filter(pk=authority.pk).order_by()
            found |= zip(direct, one.values_list(*(HowMany(query) for query in direct.values())).get(), strict=True)
    for measure, start, end in (period for period in asked if period not in found):
        found[measure, start, end] = len(rows(measure, authority=authority, start=start, end=end, as_of=moment))
    return found


class Counted:
    """The figures of one page: what several parts of it want to know is asked at one instant, in one query."""

    def __init__(self, authority: Authority, as_of: dt.datetime | None = None) -> None:
        self.authority, self.as_of = authority, as_of or clock.now()
        self._awaited: dict[Period, None] = {}
        self._known: dict[Period, int] = {}

    def expect(self, periods: Iterable[Period]) -> None:
        """These will be wanted."""
        self._awaited |= dict.fromkeys(periods)

    def __getitem__(self, period: Period) -> int:
        """The figure; the first that is wanted brings all that are expected."""
        if period not in self._known:
            self.expect([period])
            wanted = [one for one in self._awaited if one not in self._known]
            self._known |= counts(wanted, authority=self.authority, as_of=self.as_of)
        return self._known[period]


def dated_keys(
    periods: Iterable[Period], *, authority: Authority, since: dt.date, as_of: dt.datetime | None = None
) -> dict[Period, list[tuple[str, dt.date]]]:
    """Key and day of the rows of each measure in each period that are dated ``since`` or later; one query, if it can be."""
    moment, asked = as_of or clock.now(), list(dict.fromkeys(periods))
    found: dict[Period, list[tuple[str, dt.date]]] = {period: [] for period in asked}
    parts = []
    with _inside(authority):
        for number, period in enumerate(asked):
            query = _keys_of(period, authority, moment)
            if query is not None:
                late = query.filter(counted_day__gte=since)
                parts.append(late.values_list(Value(number), "counted_key", "counted_day"))
                continue
            measure, start, end = period
            for row in rows(measure, authority=authority, start=start, end=end, as_of=moment):
                if row.effective_on >= since:
                    found[period].append((row.key, row.effective_on))
        whole = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else (parts[0] if parts else ())
        for number, key, day in whole:
            found[asked[number]].append((key, day))
    return found


class HowMany(Subquery):
    """The number of lines of a query, as a value inside another query."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def _keys_of(period: Period, authority: Authority, as_of: dt.datetime) -> Keyed | None:
    measure, start, end = period
    keys = get_measure(measure).keys
    return keys(authority, start, end, as_of) if keys is not None else None


def _inside(authority: Authority) -> AbstractContextManager[Any]:
    """The authority's scope, opened unless it is open."""
    return nullcontext() if get_scope().get("authority") == authority else authority_scope(authority)
