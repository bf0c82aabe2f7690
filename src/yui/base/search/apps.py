"""Django application of the search."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class SearchConfig(AppConfig):
    """The index. Learns what is searchable from ``searching.py`` of every application that has one."""

    name = "yui.base.search"
    label = "search"

    def ready(self) -> None:
        """Read the declarations, and keep the database's own index beside the table after each migration."""
        autodiscover_modules("searching")
        post_migrate.connect(_prepare, sender=self)


def _prepare(using: str, **_given: Any) -> None:
    from django.db import connections

    from yui.base.search.matching import prepare  # the models must be loaded first

    prepare(connections[using])
