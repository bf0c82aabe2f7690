"""What this wing knows of a person that a stage may rest on: public ids of the rows effective in a time."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from yui.activities.models import Activity, Participation, Tie
from yui.people.facts import register_fact
from yui.people.models import Person


def participations(person: Person, since: dt.date | None, until: dt.date) -> list[str]:
    """Every time the person came, in whatever role."""
    return _ids(Participation.objects.filter(person=person, withdrawn_at=None), since, until)


def helped(person: Person, since: dt.date | None, until: dt.date) -> list[str]:
    """Every time the person lent a hand or led."""
    rows = Participation.objects.filter(person=person, withdrawn_at=None, role__in=["helped", "led"])
    return _ids(rows, since, until)


def led_activities(person: Person, since: dt.date | None, until: dt.date) -> list[str]:
    """Activities the person hosted, and those of which the person led a session."""
    led = Participation.objects.filter(
        person=person, withdrawn_at=None, role="led", effective_on__lte=until, **_since(since)
    )
    rows = Activity.objects.filter(
        Q(pk__in=led.values("session__activity_id")) | Q(host_person=person, effective_on__lte=until, **_since(since))
    )
    return list(rows.values_list("public_id", flat=True).order_by("effective_on", "id"))


def ties(person: Person, since: dt.date | None, until: dt.date) -> list[str]:
    """Ties of which the person is one end."""
    return _ids(Tie.objects.filter(Q(person=person) | Q(other_person=person)), since, until)


def register() -> None:
    """Tell the people wing; called once when the application is ready."""
    for source in (participations, helped, led_activities, ties):
        register_fact(source.__name__, source)


def _since(since: dt.date | None) -> dict[str, dt.date]:
    return {"effective_on__gte": since} if since is not None else {}


def _ids(rows: "QuerySet[Participation] | QuerySet[Tie]", since: dt.date | None, until: dt.date) -> list[str]:
    found: Iterable[str] = rows.filter(effective_on__lte=until, **_since(since)).values_list("public_id", flat=True)
    return list(found)
