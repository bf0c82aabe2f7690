"""Django application of office/commissions."""

from django.apps import AppConfig


class CommissionsConfig(AppConfig):
    """Commissions, engagements, deliverables, papers and meetings."""

    name = "yui.office.commissions"
    label = "commissions"
