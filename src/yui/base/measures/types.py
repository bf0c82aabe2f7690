"""A measure is what a wing can count. It never answers with a number alone: it answers with dated rows."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Expression, F, Min, QuerySet

from yui.base.tenancy.models import Authority


@dataclass(frozen=True, slots=True)
class Row:
    """One counted thing. ``key``: pseudonymous public id. ``label`` and ``codes``: words and codes, no personal value."""

    key: str
    effective_on: dt.date
    label: str = ""
    codes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The form kept in a locked month."""
        return {"key": self.key, "on": self.effective_on.isoformat(), "label": self.label, "codes": list(self.codes)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Row":
        """The inverse of ``as_json``."""
        return cls(data["key"], dt.date.fromisoformat(data["on"]), data["label"], tuple(data["codes"]))


RowSource = Callable[[Authority, dt.date, dt.date, dt.datetime], Sequence[Row]]
"""``(authority, first day, last day, as_of)``: rows effective in the period and recorded up to ``as_of``."""


Keyed = QuerySet[Any, Any]
KeySource = Callable[[Authority, dt.date, dt.date, dt.datetime], Keyed]
"""The same question answered with a query that is not yet asked, made by ``keyed``: one line for each row."""


def keyed(found: QuerySet[Any], key: str = "public_id", day: str | Expression = "effective_on") -> Keyed:
    """The keys and days of rows as a query, so that a page may count without fetching: ``key`` and ``day`` are fields
    of the model, ``day`` may be an expression. Where one thing would stand twice, group it before.
    """
    days = F(day) if isinstance(day, str) else day
    return found.order_by().values(counted_key=F(key), counted_day=days)


def one_each(found: QuerySet[Any], key: str, day: str = "effective_on") -> Keyed:
    """The same, where several rows make one: each key with its first day."""
    return found.order_by().values(counted_key=F(key)).annotate(counted_day=Min(day))


@dataclass(frozen=True, slots=True)
class Measure:
    """Declared once by the wing that owns the records. ``stock``: counts what stands on the last day of the period."""

    key: str
    label: str
    unit: str
    source: RowSource
    stock: bool = False
    note: str = ""
    """How it is counted, in one Japanese sentence, shown beside 「この数字の根拠」."""
    keys: KeySource | None = None
    """How to count without fetching; ``None``: it is counted by fetching. Always the same things as ``source``."""
