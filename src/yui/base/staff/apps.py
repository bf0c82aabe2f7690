"""Django application of the staff. It has no tables: accounts and grants stand lower in the house."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    """Roles given, ended and told by mail. Above audit and messages, which its verbs call."""

    name = "yui.base.staff"
    label = "staff"
