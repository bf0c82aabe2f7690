"""Locking a row for the rest of the transaction, and telling a save that came too late."""

from collections.abc import Mapping
from typing import Any, TypeVar

from yui.base.access.errors import Stale
from yui.base.tenancy.models import EditableModel, TenantModel

M = TypeVar("M", bound=TenantModel)


def lock(row: M) -> M:
    """The row as it is now, held until the transaction ends. On SQLite the transaction itself is exclusive."""
    return type(row).objects.select_for_update().get(pk=row.pk)  # type: ignore[no-any-return]


def check_version(row: EditableModel, version: int, values: Mapping[str, Any]) -> None:
    """Raise ``Stale`` with both texts when ``row`` is no longer the version that somebody began to edit."""
    if row.version != version:
        raise Stale(theirs={name: getattr(row, name) for name in values}, mine=dict(values))
