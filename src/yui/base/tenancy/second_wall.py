"""A second wall behind the ORM's scope, on PostgreSQL: rows of sensitive tables of the open scope only (decision 14).

The role of the application must be neither the owner of the tables nor a superuser (``yui doctor`` looks): for those the
policies do not hold. With no scope open a raw SELECT gives no row. Used by migrations.
"""

from typing import Any

from django.db import migrations

POLICY = "authority_id::text = current_setting('yui.authority', true)"


def second_wall(*tables: str) -> migrations.RunPython:
    """The operation that raises the wall around tables which have a column ``authority_id``."""

    def up(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        for table in tables:
            schema_editor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            schema_editor.execute(f"CREATE POLICY town ON {table} USING ({POLICY}) WITH CHECK ({POLICY})")

    def down(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        for table in tables:
            schema_editor.execute(f"DROP POLICY town ON {table}")
            schema_editor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")

    return migrations.RunPython(up, down)
