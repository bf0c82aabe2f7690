"""Django application of the files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Attachments."""

    name = "yui.base.files"
    label = "files"
