"""An opportunity whose places are given in another way than by arrival: an app beside says which, and where to ask."""

from collections.abc import Callable
from dataclasses import dataclass

from yui.activities.models import Opportunity


@dataclass(frozen=True, slots=True)
class Hold:
    """``title``: what holds it; ``url``: where one says one's wishes; ``takes_wishes``: whether one may do so today."""

    title: str
    url: str
    takes_wishes: bool


Source = Callable[[Opportunity], Hold | None]
_sources: list[Source] = []


def register_hold(source: Source) -> None:
    """Called once when an application is ready."""
    if source not in _sources:
        _sources.append(source)


def hold_on(opportunity: Opportunity) -> Hold | None:
    """What holds the opportunity now, if anything."""
    return next((hold for source in _sources if (hold := source(opportunity)) is not None), None)
