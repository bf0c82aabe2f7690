"""Django application of the access rules."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Roles held at an authority."""

    name = "yui.base.access"
    label = "access"
