from django.apps import AppConfig


class DefinitionsConfig(AppConfig):
    """Stored versions of definitions."""

    name = "yui.base.definitions"
    label = "definitions"
    verbose_name = "定義"
