"""Django application of office/indicators."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """Targets over measures."""

    name = "yui.office.indicators"
    label = "indicators"
