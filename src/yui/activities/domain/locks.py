"""Locking a row for the rest of the transaction, and telling a save that came too late."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from yui.base.access.errors import Stale
from yui.base.tenancy.models import EditableModel, TenantModel
from yui.people.models import Person

M = TypeVar("M", bound=TenantModel)


def lock(row: M) -> M:
    """The row as it is now, held until the transaction ends. On SQLite the transaction itself is exclusive."""
    return type(row).objects.select_for_update().get(pk=row.pk)  # type: ignore[no-any-return]


def lock_person(person: Person) -> None:
    """Hold the person until the transaction ends, so that two promises for one hour are not made side by side.

    Always before the rows of opportunities, and so that rows naming the person can still be written.
    """
    list(Person.objects.select_for_update(no_key=True).filter(pk=person.pk).values_list("pk"))


def lock_all(rows: Iterable[M]) -> list[M]:
    """Several rows of one table, always in the same order, so that two who hold them never wait for each other."""
    return [lock(row) for row in sorted({row.pk: row for row in rows}.values(), key=lambda row: row.pk)]


def check_version(row: EditableModel, version: int, values: Mapping[str, Any]) -> None:
    """Raise ``Stale`` with both texts when ``row`` is no longer the version that somebody began to edit."""
    if row.version != version:
        raise Stale(theirs={name: getattr(row, name) for name in values}, mine=dict(values))
