"""Addresses under a town: ``/konan/…``."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from yui.base.tenancy.models import Authority


def town_url(authority: Authority, name: str, **kwargs: Any) -> str:
    """The path of a named page of this town, e.g. ``town_url(a, "people:person", public_id="…")``."""
    return reverse(name, kwargs={"town": authority.key, **kwargs})


def full_url(path: str) -> str:
    """A path with the public host in front, for mails, letters and codes."""
    return settings.YUI_PUBLIC_URL + path
