"""What this wing gives a person who downloads all their own data. The other side's private reasons are not theirs."""

from typing import Any

from yui.introductions.models import Answer, Exposure, Introduction
from yui.people.domain.own_data import register_own_data
from yui.people.models import Person

Rows = list[dict[str, Any]]


def introductions(person: Person) -> Rows:
    """Every introduction with the coordinator's words."""
    columns = ("opportunity__title", "state", "why", "proposed_on", "meeting_at", "meeting_place", "outcome")
    return list(Introduction.objects.filter(person=person).values(*columns))


def answers(person: Person) -> Rows:
    """The person's own answers, with the words only the desk may read."""
    columns = ("introduction__opportunity__title", "yes", "how", "answered_on", "words", "private_reason")
    return list(Answer.objects.filter(introduction__person=person, side=Answer.Side.PERSON).values(*columns))


def exposures(person: Person) -> Rows:
    """公平台帳: when the person was shown, asked, chosen or passed over, and by which rule."""
    return list(Exposure.objects.filter(person=person).values("opportunity__title", "act", "rule", "effective_on"))


def register() -> None:
    """Tell the people wing; called once when the application is ready."""
    for source in (introductions, answers, exposures):
        register_own_data(source.__name__, source)
