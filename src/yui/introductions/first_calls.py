"""手をあげたのに、一度も声をかけていない人: registered, and nobody has called, asked or met them since.

The first useful screen after a list was imported. Order: least shown to anybody first, then longest waiting, then the
lottery of the month; never by name, and never by the order of the list they came from.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from yui.activities.models import Application, Participation
from yui.base.definitions import by_key, current
from yui.base.tenancy.models import Authority
from yui.introductions.facts import seed_of, ticket
from yui.introductions.models import Exposure, Introduction
from yui.people.models import Consent, ContactNote, Person, Registration
from yui.people.queries import pauses_on


@dataclass(frozen=True, slots=True)
class FirstCall:
    """Somebody to be called for the first time. ``agreed``: a consent to be contacted is on record."""

    person: Person
    since: dt.date
    days: int
    way: str
    agreed: bool
    phone: bool
    """Whether a telephone call is what they asked for, or nothing was said."""


def uncalled(on: dt.date) -> QuerySet[Registration]:
    """The registrations of those whom nobody has called, asked or met. The resting are left in peace."""
    met = (
        Exposure.objects.filter(act=Exposure.Act.ASKED), ContactNote.objects.exclude(person=None), Introduction.objects,
        Application.objects, Participation.objects, pauses_on(on),
    )  # fmt: skip
    rows = Registration.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=on), effective_on__lte=on, person__erased_at=None, person__hidden=False
    )
    for known in met:
        rows = rows.exclude(person__in=known.order_by().values("person_id"))
    return rows


def in_order(authority: Authority, on: dt.date) -> list[tuple[int, dt.date]]:
    """Person and since when, in the fair order."""
    shown = Count("person__exposures", filter=Q(person__exposures__act=Exposure.Act.SHOWN))
    rows = uncalled(on).order_by().annotate(shown=shown)
    seed = seed_of(authority, on)
    found = sorted(
        (shown, since, ticket(seed, public_id), pk)
        for pk, public_id, since, shown in rows.values_list("person_id", "person__public_id", "effective_on", "shown")
    )
    return [(pk, since) for _, since, _, pk in found]


def told(authority: Authority, rows: Sequence[tuple[int, dt.date]], on: dt.date) -> list[FirstCall]:
    """The persons of some places of that order, with how they wish to be reached and whether they agreed to it."""
    ids = [pk for pk, _ in rows]
    definition = current(authority).people
    ways = by_key(definition.contact_ways)
    needed = [purpose.key for purpose in definition.purposes if purpose.required]
    agreed = set(
        Consent.objects.filter(person__in=ids, purpose__in=needed, withdrawn_on=None).values_list(
            "person_id", flat=True
        )
    )
    people = Person.objects.select_related("district", "profile").in_bulk(ids)
    return [
        FirstCall(people[pk], since, (on - since).days, label, pk in agreed, phone=needs in ("", "phone"))
        for pk, since in rows
        if pk in people
        for label, needs in [_way(people[pk], ways)]
    ]


def _way(person: Person, ways: dict[str, object]) -> tuple[str, str]:
    profile = getattr(person, "profile", None)
    way = ways.get(profile.contact_way) if profile is not None else None
    return str(getattr(way, "label", "")), getattr(way, "needs", "")
