"""Invented content for the gallery."""

from typing import Any

from django.http import HttpRequest


def gallery_context(request: HttpRequest) -> dict[str, Any]:
    """Everything the gallery page shows."""
    return {}
