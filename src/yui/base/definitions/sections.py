"""The sections that make a definition. Each wing declares its own; base only lists where to look."""

from collections.abc import Iterable
from importlib import import_module

from .schema import Section

WINGS = (
    "yui.base.definitions.scheme",
    "yui.site.definition",
    "yui.people.definition",
    "yui.activities.definition",
    "yui.activities.programmes.definition",
    "yui.introductions.definition",
    "yui.office.definition",
    "yui.office.calls.definition",
    "yui.office.expenses.definition",
)
"""Modules with a ``SECTION``. They import without Django being configured."""

_sections: dict[str, Section] = {}


def register(section: Section) -> None:
    """Add a section; the same name twice from two wings is a mistake of the programme."""
    known = _sections.get(section.name)
    if known is not None and known.model is not section.model:
        raise ValueError(f"section {section.name!r} is declared twice")
    _sections[section.name] = section


def autodiscover() -> tuple[Section, ...]:
    """Import every wing's declaration and return all sections in their order. Idempotent."""
    for wing in WINGS:
        register(import_module(wing).SECTION)
    return tuple(_sections.values())


def section_of(file_name: str, sections: Iterable[Section]) -> Section | None:
    """The section that a file of the folder belongs to."""
    return next((section for section in sections if section.holds(file_name)), None)
