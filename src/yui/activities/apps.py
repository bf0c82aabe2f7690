"""Django application of the activities wing."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """Activities."""

    name = "yui.activities"
    label = "activities"

    def ready(self) -> None:
        """Hear of the town's decisions about opportunities, and tell what a stage may rest on."""
        from yui.activities import facts
        from yui.activities.domain.opportunities import APPROVAL_KIND, on_decision  # apps must be loaded first
        from yui.base.approvals.decisions import on_decision as call_on

        call_on(APPROVAL_KIND, on_decision)
        facts.register()
