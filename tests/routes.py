"""Every route of the URL configuration with the object its address names, for the sweeps.

A route whose parameters are not in ``OBJECTS`` fails the sweep: nothing is exempt.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from yui.base.access.permissions import Permission


@dataclass(frozen=True)
class Route:
    """A named address. ``access``: a permission, ``public`` or ``signed_in``."""

    name: str
    pattern: str
    access: Any
    params: tuple[str, ...]
    in_town: bool
    extra: tuple[tuple[str, Any], ...] = ()

    @property
    def permission(self) -> Permission | None:
        return self.access if isinstance(self.access, Permission) else None


def all_routes() -> list[Route]:
    """In the order of the URL configuration."""
    return list(_walk(get_resolver().url_patterns, "", "", False))


def _walk(patterns: Any, prefix: str, namespace: str, in_town: bool) -> Iterator[Route]:
    for entry in patterns:
        text = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            space = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry.url_patterns, text, space, in_town or "<slug:town>" in str(entry.pattern))
        elif isinstance(entry, URLPattern):
            params = tuple(p for p in entry.pattern.converters if p != "town")
            if not params and entry.pattern.regex.groups:
                params = tuple(p for p in entry.pattern.regex.groupindex if p != "town")
            yield Route(
                f"{namespace}{entry.name}", text, entry.callback.access, params, in_town,
                tuple((entry.default_args or {}).items()),
            )  # fmt: skip
