"""A second wall behind the ORM's scope, on PostgreSQL: rows of contacts and consents of the open scope only.

The role of the application must be neither the owner of the tables nor a superuser (``yui doctor`` looks): for those
the policies do not hold. With no scope open a raw SELECT gives no row (decision 14).
"""

from django.db import migrations

TABLES = ("people_contact", "people_residence", "people_personkey", "people_consent")
POLICY = "authority_id::text = current_setting('yui.authority', true)"


def raise_wall(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for table in TABLES:
        schema_editor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        schema_editor.execute(f"CREATE POLICY town ON {table} USING ({POLICY}) WITH CHECK ({POLICY})")


def take_down(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for table in TABLES:
        schema_editor.execute(f"DROP POLICY town ON {table}")
        schema_editor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(raise_wall, take_down)]
