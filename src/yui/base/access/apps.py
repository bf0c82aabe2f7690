"""Django application of the access rules."""

from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest


class AccessConfig(AppConfig):
    """Roles held at an authority."""

    name = "yui.base.access"
    label = "access"

    def ready(self) -> None:
        """Whoever enrols a second factor has just shown it."""
        from allauth.mfa.signals import authenticator_added  # its models need the registry

        authenticator_added.connect(_enrolled, dispatch_uid="yui.access.enrolled")


def _enrolled(request: HttpRequest, authenticator: Any, **kwargs: Any) -> None:
    if authenticator.type != "recovery_codes":
        request.session["enrolled"] = True
