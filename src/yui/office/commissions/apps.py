"""Django application of office/commissions."""

from django.apps import AppConfig


class CommissionsConfig(AppConfig):
    """Commissions, engagements, deliverables, papers and meetings."""

    name = "yui.office.commissions"
    label = "commissions"

    def ready(self) -> None:
        """Hear of what is decided about papers and deliverables."""
        from yui.office.commissions.domain import owed  # noqa: F401 — registers for its kinds; apps must be loaded first
