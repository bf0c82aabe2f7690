"""Locking a row for the rest of the transaction, and telling a save that came too late."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from yui.base.access.actor import Actor
from yui.base.access.errors import Refused, Stale
from yui.base.tenancy.models import Authority, EditableModel, TenantModel

M = TypeVar("M", bound=TenantModel)


def lock(row: M) -> M:
    """The row as it is now, held until the transaction ends. On SQLite the transaction itself is exclusive."""
    return type(row).objects.select_for_update().get(pk=row.pk)  # type: ignore[no-any-return]


def check_version(row: EditableModel, version: int, values: Mapping[str, Any]) -> None:
    """Raise ``Stale`` with both texts when ``row`` is no longer the version that somebody began to edit."""
    if row.version != version:
        raise Stale(theirs={name: getattr(row, name) for name in values}, mine=dict(values))


def town_of(actor: Actor) -> Authority:
    """The authority an actor acts in; ``Refused`` outside of any."""
    if actor.authority is None:
        raise Refused(_("まちを選んでください。"), "no_town")
    return actor.authority
