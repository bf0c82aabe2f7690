"""Django application of the activities wing."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """Activities."""

    name = "yui.activities"
    label = "activities"
