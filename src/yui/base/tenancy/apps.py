"""Django application of the tenancy."""

from django.apps import AppConfig


class TenancyConfig(AppConfig):
    """Authorities and districts."""

    name = "yui.base.tenancy"
    label = "tenancy"
