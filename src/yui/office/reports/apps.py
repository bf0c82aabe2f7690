"""Django application of office/reports."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Monthly reports with locked figures."""

    name = "yui.office.reports"
    label = "reports"
