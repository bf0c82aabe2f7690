"""Django application of office/calls."""

from django.apps import AppConfig


class CallsConfig(AppConfig):
    """公募."""

    name = "yui.office.calls"
    label = "calls"

    def ready(self) -> None:
        """Tell access for which applicants and seats of a committee an account may speak."""
        from yui.base.access.actor import register_subjects  # apps must be loaded first
        from yui.office.calls.queries import subjects_of

        register_subjects(subjects_of)
