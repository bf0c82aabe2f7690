"""The entrances of the front door: one for each layer, from the definition."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from yui.activities.catalogue import open_opportunities
from yui.activities.models import OpportunityChoice
from yui.base.tenancy.addresses import town_url
from yui.base.tenancy.models import Authority

STARTING = "activities:my_activity_new"
# by the order of the layer, from the outside in: where its entrance leads, and its picture
DOORS = (
    ("activities:catalogue", "kanko"),
    ("activities:catalogue", "fukushi"),
    (STARTING, "nou"),
    ("site:about", "kokusai"),
)


@dataclass(frozen=True, slots=True)
class Entrance:
    """A card of the front door."""

    title: Any
    text: Any
    url: str
    motif: str


def entrances_of(authority: Authority, definition: Any, *, registered: bool) -> list[Entrance]:
    """One for each layer, from the outside in; further layers share the last door. Who is not ``registered`` yet
    finds registration behind the door for starting something."""
    found = []
    for number, stage in enumerate(sorted(definition.people.stages, key=lambda s: s.order)):
        name, motif = DOORS[min(number, len(DOORS) - 1)]
        if name == STARTING and not registered:
            name = "people:register"
        extra = {"key": "beginners"} if name == "site:about" else {}
        found.append(Entrance(stage.entrance, stage.invitation, town_url(authority, name, **extra), motif))
    return found


@dataclass(frozen=True, slots=True)
class ThemeDoor:
    """A tile of the front door: a theme with how many 出番 are open."""

    key: str
    label: Any
    motif: str
    count: int


def theme_doors(definition: Any) -> list[ThemeDoor]:
    """Every theme in the definition's order, in one query."""
    rows = OpportunityChoice.objects.filter(kind="theme", opportunity__in=open_opportunities().values("pk"))
    counts = dict(rows.order_by().values_list("key").annotate(n=Count("opportunity", distinct=True)))
    return [ThemeDoor(t.key, t.label, t.motif, counts.get(t.key, 0)) for t in definition.people.themes]
