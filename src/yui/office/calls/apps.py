"""Django application of office/calls."""

from django.apps import AppConfig


class CallsConfig(AppConfig):
    """公募."""

    name = "yui.office.calls"
    label = "calls"

    def ready(self) -> None:
        """Tell access for whom an account may speak, the sweep which files are papers of a call, people what is one's own."""
        from yui.base.access.actor import register_subjects  # apps must be loaded first
        from yui.base.files.housekeeping import register_paths
        from yui.office.calls import (
            own_data,
            result_items,  # noqa: F401 (declares lines of the officer's home)
        )
        from yui.office.calls.domain import receiving, selecting  # noqa: F401 (hear of decided approvals)
        from yui.office.calls.queries import paper_paths, subjects_of

        register_subjects(subjects_of)
        register_paths(paper_paths)
        own_data.register()
