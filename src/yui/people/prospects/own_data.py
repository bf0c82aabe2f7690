"""What these tables give a registered person who downloads all their own data."""

from typing import Any

from yui.people.domain.own_data import register_own_data
from yui.people.models import Person
from yui.people.prospects.models import BenefitShown, Invitation, Prospect, RosterEntry

Rows = list[dict[str, Any]]


def prospects(person: Person) -> Rows:
    """How the town had heard of the person before the registration."""
    columns = ("source", "agreed", "agreed_on", "effective_on", "ended_on")
    return list(Prospect.objects.filter(person=person).values(*columns))


def invitations(person: Person) -> Rows:
    """Each invitation, and the answer."""
    columns = ("channel", "sent_on", "outcome", "answered_on", "registered_on")
    return list(Invitation.objects.filter(prospect__person=person).values(*columns))


def benefits_shown(person: Person) -> Rows:
    """What was explained."""
    return list(BenefitShown.objects.filter(person=person).values("benefit", "way", "shown_on"))


def roster_entries(person: Person) -> Rows:
    """What stands about the person in lists of candidates."""
    columns = ("roster__title", "field", "qualities", "experience", "sources", "effective_on", "ended_on")
    return list(RosterEntry.objects.filter(person=person).values(*columns))


def register() -> None:
    """Tell the people wing; called once when the application is ready."""
    for source in (prospects, invitations, benefits_shown, roster_entries):
        register_own_data(source.__name__, source)
