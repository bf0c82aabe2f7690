"""半年声のかからない人: who agreed to be thought of and was not asked for as many days as the definition counts."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Max, Q

from yui.base import clock
from yui.base.definitions import current
from yui.base.tenancy.models import Authority
from yui.introductions.facts import INTRODUCE, seed_of, ticket
from yui.introductions.models import Exposure
from yui.people.models import Consent, Pause, Person, Registration


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody whom nobody has asked for so many days."""

    person: Person
    since: dt.date
    days: int


def never_asked(authority: Authority, on: dt.date, as_of: dt.datetime | None = None) -> list[Waiting]:
    """Everybody who waits on a day, as recorded up to ``as_of``; the resting are left in peace.

    In the order of waiting, longest first; then by the lottery of the month, so that no name decides.
    """
    moment = as_of or clock.now()
    days = current(authority).introductions.fairness.never_asked_days.value
    lasting = Q(withdrawn_on=None) | Q(withdrawn_on__gt=on)
    willing = Consent.objects.filter(lasting, purpose=INTRODUCE, effective_on__lte=on, recorded_at__lte=moment)
    resting = Pause.objects.filter(
        Q(until=None) | Q(until__gte=on), Q(lifted_on=None) | Q(lifted_on__gt=on), starts_on__lte=on
    )
    asked = dict(
        Exposure.objects.filter(act=Exposure.Act.ASKED, effective_on__lte=on, recorded_at__lte=moment)
        .order_by()
        .values("person_id")
        .annotate(last=Max("effective_on"))
        .values_list("person_id", "last")
    )
    entered = dict(
        Registration.objects.filter(
            Q(ended_on=None) | Q(ended_on__gt=on), effective_on__lte=on, recorded_at__lte=moment
        )
        .order_by("-effective_on")
        .values_list("person_id", "effective_on")
    )
    people = (
        Person.objects.filter(hidden=False, erased_at=None, pk__in=willing.values("person_id"))
        .exclude(pk__in=resting.values("person_id"))
        .select_related("district")
    )
    found = []
    for person in people:
        if person.pk not in entered:
            continue
        start = max(entered[person.pk], asked.get(person.pk, entered[person.pk]))
        if (on - start).days >= days:
            found.append(Waiting(person, start, (on - start).days))
    seed = seed_of(authority, on)
    return sorted(found, key=lambda row: (-row.days, ticket(seed, row.person.public_id)))
