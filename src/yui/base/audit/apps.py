"""Django application of the audit."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit chain."""

    name = "yui.base.audit"
    label = "audit"
