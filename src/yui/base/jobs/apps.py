"""Django application of the jobs."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Long work and the worker."""

    name = "yui.base.jobs"
    label = "jobs"
