"""What this wing gives a person who downloads all their own data. Other people appear as 「人」, never by name."""

from typing import Any

from django.db.models import Q

from yui.activities.models import Activity, Application, Bookmark, FirstMeeting, NextThing, Participation, Tie
from yui.people.domain.own_data import register_own_data
from yui.people.models import Person

Rows = list[dict[str, Any]]


def applications(person: Person) -> Rows:
    """Every application."""
    columns = ("opportunity__title", "state", "effective_on", "message", "first_timer", "offered_at", "answer_until")
    return list(Application.objects.filter(person=person).values(*columns))


def bookmarks(person: Person) -> Rows:
    """Every mark."""
    return list(Bookmark.objects.filter(person=person).values("opportunity__title", "effective_on", "ended_on"))


def next_things(person: Person) -> Rows:
    """What the person was shown instead of something without a place."""
    return list(NextThing.objects.filter(person=person).values("opportunity__title", "effective_on"))


def participations(person: Person) -> Rows:
    """Everything the person took part in; a record taken back has the instant at which it was."""
    columns = ("session__activity__title", "effective_on", "role", "minutes", "how", "withdrawn_at")
    return list(Participation.objects.filter(person=person).values(*columns))


def first_meetings(person: Person) -> Rows:
    """The answers to the one question."""
    return list(FirstMeeting.objects.filter(person=person).values("session__activity__title", "answer", "effective_on"))


def ties(person: Person) -> Rows:
    """Ties: with an organisation by its name, with a person without."""
    found = Tie.objects.filter(Q(person=person) | Q(other_person=person)).select_related("other_organization")
    return [
        {
            "with": tie.other_organization.name if tie.other_organization else "人",
            "first_time": tie.first_time,
            "effective_on": tie.effective_on,
        }
        for tie in found
    ]


def hosted(person: Person) -> Rows:
    """The activities the person hosts."""
    return list(Activity.objects.filter(host_person=person).values("title", "about", "effective_on", "ended_on"))


def register() -> None:
    """Tell the people wing; called once when the application is ready."""
    for source in (applications, bookmarks, next_things, participations, first_meetings, ties, hosted):
        register_own_data("hosted_activities" if source is hosted else source.__name__, source)
