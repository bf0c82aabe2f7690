"""The field of an upload."""

from typing import Any

from django import forms
from django.conf import settings

from yui.base.files.domain import too_large_sentence


class UploadField(forms.FileField):
    """A file; one above the limit is told at once, what it is the domain looks at."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The upload, or the sentence on its size."""
        upload = super().clean(data, initial)
        if upload and upload.size > settings.YUI_UPLOAD_LIMIT:
            raise forms.ValidationError(too_large_sentence(), code="too_large")
        return upload
