"""Django application of the approvals."""

from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    """Approvals of anything."""

    name = "yui.base.approvals"
    label = "approvals"
