"""Django application of the jobs."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """Long work and the worker. Finds what the wings do by themselves."""

    name = "yui.base.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Import ``tasks.py`` of every application that has one."""
        autodiscover_modules("tasks")
