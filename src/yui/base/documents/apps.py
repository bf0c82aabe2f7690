"""Django application of the documents."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DocumentsConfig(AppConfig):
    """Word templates and the documents made from them. Finds the forms of the wings."""

    name = "yui.base.documents"
    label = "documents"

    def ready(self) -> None:
        """Import ``document_forms.py`` of every application that has one."""
        autodiscover_modules("document_forms")
