"""Django application of the measures."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    """Figures, their rows and the locked months."""

    name = "yui.base.measures"
    label = "measures"
