"""Definitions: the versioned YAML folder from which a town runs.

``current(authority)`` is what a wing asks; ``check(folder)`` and the schema need no Django. Importing this package loads
neither Django's models nor the wings.
"""

from typing import TYPE_CHECKING

from .definition import Definition
from .schema import Item, Part, Section, Setting, Texts, active, by_key

if TYPE_CHECKING:
    from yui.base.tenancy.models import Authority

__all__ = ["Definition", "Item", "Part", "Section", "Setting", "Texts", "active", "by_key", "current"]


def current(authority: "Authority") -> Definition:
    """The definition that an authority runs from now: its newest stored versions.

    Read once per authority object (that is, once per request) and again after a ``load``. Raises
    ``queries.NoDefinition`` where nothing has been loaded.
    """
    from .queries import current as stored

    return stored(authority)
