"""site.yaml: the words of the town's front door. Pure: no Django."""

from typing import Annotated

from pydantic import Field

from yui.base.definitions.schema import Item, Part, Section, Texts


class Saying(Item):
    """A sentence with an optional heading."""

    heading: Texts | None = None
    text: Texts


class Link(Item):
    """A page of explanation, linked from the foot of every page."""

    label: Texts
    text: Texts


class Site(Part):
    """site.yaml"""

    headline: Texts
    lead: Annotated[list[Saying], Field(min_length=3, max_length=3)]
    entrances_heading: Texts
    entrances_note: Texts
    ways_to_register: Annotated[list[Saying], Field(min_length=2)]
    promises: Annotated[list[Saying], Field(min_length=1)]
    help: Texts
    after_applying: Annotated[list[Saying], Field(min_length=1)]
    pages: list[Link]


SECTION = Section(name="site", file="site.yaml", model=Site)
