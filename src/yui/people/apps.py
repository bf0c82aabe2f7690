"""Django application of the people wing."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People."""

    name = "yui.people"
    label = "people"

    def ready(self) -> None:
        """Tell access for whom an account may speak, and what goes with a person when two rows become one."""
        from yui.base.access.actor import register_subjects  # apps must be loaded first
        from yui.people import own_merging
        from yui.people.queries import subjects_of

        register_subjects(subjects_of)
        own_merging.register()
