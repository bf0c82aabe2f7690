"""Django application of office/sharing."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    """Figures shared between authorities."""

    name = "yui.office.sharing"
    label = "sharing"
