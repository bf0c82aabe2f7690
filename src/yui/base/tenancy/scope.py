"""Opening a scope: by the middleware for a request, by an id for a task, by a key for a command."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django_scopes import scope, scopes_disabled

from yui.base.tenancy.models import Authority


@contextmanager
def authority_scope(authority: Authority) -> Iterator[Authority]:
    """Everything inside sees the rows of ``authority`` only, in the ORM and, on PostgreSQL, in the database."""
    before = _database_scope()
    with scope(authority=authority):
        _set_database_scope(str(authority.pk))
        try:
            yield authority
        finally:
            _set_database_scope(before)


@contextmanager
def every_town_on_purpose() -> Iterator[None]:
    """Look at every town at once. Only the places listed in tests/architecture may call this."""
    with scopes_disabled():
        yield


def _database_scope() -> str:
    """What was set last on this connection; remembered here, because asking the database costs a query a page."""
    return getattr(connection, "yui_scope", "")


def _set_database_scope(value: str) -> None:
    if connection.vendor != "postgresql" or connection.needs_rollback:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('yui.authority', %s, false)", [value])
    connection.yui_scope = value  # type: ignore[attr-defined]
