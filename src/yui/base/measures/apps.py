"""Django application of the measures."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class MeasuresConfig(AppConfig):
    """Figures, their rows and the locked months. Finds what the wings declare."""

    name = "yui.base.measures"
    label = "measures"

    def ready(self) -> None:
        """Import ``measures.py`` and ``desk_items.py`` of every application that has one."""
        autodiscover_modules("measures", "desk_items")
