"""``yui migrate``: bring the tables up to date, and make the cache table."""

import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(given: argparse.Namespace) -> int:
    """Migrate if anything is to do."""
    from yui.config.cli import set_up

    set_up()
    print("表を新しくしました。" if bring_up_to_date() else "表は新しいままです。")
    return 0


def bring_up_to_date() -> bool:
    """Apply what is not applied and make the cache table. Returns whether there was anything to do."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    done = bool(unapplied())
    if done:
        print("データベースの表を作っています …", flush=True)
        call_command("migrate", verbosity=0, interactive=False)
    if settings.CACHES["default"]["LOCATION"] not in connection.introspection.table_names():
        call_command("createcachetable", verbosity=0)
        done = True
    return done


def unapplied() -> list[str]:
    """Names of migrations that the database does not have."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
