"""Django application of the documents."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Word templates and the documents made from them."""

    name = "yui.base.documents"
    label = "documents"
