"""Django application of the exchange."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ExchangeConfig(AppConfig):
    """The doors: import and export. Finds what the wings can import."""

    name = "yui.base.exchange"
    label = "exchange"

    def ready(self) -> None:
        """Import ``importers.py`` of every application that has one."""
        autodiscover_modules("importers")
