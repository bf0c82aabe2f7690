"""Where other things for somebody without a place come from: a wing above says what fits whom, by its own rules."""

from collections.abc import Callable, Sequence

from yui.activities.models import Opportunity
from yui.base.tenancy.models import Authority
from yui.people.models import Person

Source = Callable[[Authority, Person], Sequence[Opportunity]]
"""What is open, has room and keeps within every hard limit of the person; what fits best comes first."""
_sources: list[Source] = []


def register_alternatives(source: Source) -> None:
    """Called once when an application is ready."""
    if source not in _sources:
        _sources.append(source)


def fitting(authority: Authority, person: Person) -> list[Opportunity]:
    """What the sources know, in their order, each once."""
    found = {thing.pk: thing for source in _sources for thing in source(authority, person)}
    return list(found.values())
