"""A measure is what a wing can count. It never answers with a number alone: it answers with dated rows."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

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
