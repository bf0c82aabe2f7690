"""Rows of any table as lines of JSON and back, the same on SQLite and PostgreSQL; shared by backup and restore."""

import base64
import datetime as dt
import json
import uuid
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import BinaryField, Field, Model, QuerySet

SKIPPED = frozenset({"contenttypes.ContentType", "auth.Permission", "sessions.Session", "usersessions.UserSession"})
"""Made anew by ``migrate``, or worth nothing after a restore: nobody stays signed in."""
BATCH = 500


def tables() -> list[type[Model]]:
    """Every model with a table of its own, those that others point to first where that is possible."""
    models = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label not in SKIPPED
    ]
    return sorted(models, key=lambda model: model._meta.db_table)


def lines(model: type[Model], chosen: QuerySet[Any] | None = None) -> Iterator[str]:
    """Every row of a table (or the chosen ones) by primary key, one line each.

    Without a choice it looks at every town: the base manager knows no scope.
    """
    fields = model._meta.concrete_fields
    source = model._base_manager.all() if chosen is None else chosen
    rows = source.order_by("pk").values_list(*(field.attname for field in fields))
    for row in rows.iterator(chunk_size=2000):
        values = {field.attname: _plain(value) for field, value in zip(fields, row, strict=True)}
        yield json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def build(model: type[Model], line: str) -> Model:
    """The unsaved row of a line. Raises ``ValueError`` when the line does not fit the table."""
    values = json.loads(line)
    fields = {field.attname: field for field in model._meta.concrete_fields}
    if fields.keys() != values.keys():
        raise ValueError(f"{model._meta.db_table}: other columns")
    return model(**{name: _typed(fields[name], value) for name, value in values.items()})


def insert(model: type[Model], rows: list[Model]) -> None:
    """Write rows exactly as they are: no defaults, no ``auto_now``."""
    from django.db.models.sql import InsertQuery

    fields = list(model._meta.concrete_fields)
    size = max(1, min(BATCH, connection.ops.bulk_batch_size(fields, rows)))
    for start in range(0, len(rows), size):
        query = InsertQuery(model)
        query.insert_values(fields, rows[start : start + size], raw=True)
        query.get_compiler(connection=connection).execute_sql()


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat() if value.tzinfo else value.isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal | uuid.UUID):
        return str(value)
    if isinstance(value, dt.timedelta):
        return value.total_seconds()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return value


def _typed(field: Field, value: Any) -> Any:
    if value is None:
        return None
    target = field
    while target.remote_field is not None:
        target = target.target_field
    if isinstance(target, BinaryField):
        return base64.b64decode(value)
    return value if target.get_internal_type() == "JSONField" else target.to_python(value)
