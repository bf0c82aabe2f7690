"""半年声のかからない人: who agreed to be thought of and was not asked for as many days as the definition counts."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, FilteredRelation, Max, Min, Q
from django.db.models.functions import Coalesce, Greatest

from yui.base import clock
from yui.base.definitions import current
from yui.base.measures.types import Keyed
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


def waiting(authority: Authority, on: dt.date, as_of: dt.datetime | None = None) -> Keyed:
    """Everybody who waits on a day, as recorded up to ``as_of``: ``person_id``, public id and since when.

    The resting are left in peace. One query over registrations; the ledger is joined, not asked person by person.
    """
    moment = as_of or clock.now()
    last_chance = on - dt.timedelta(days=current(authority).introductions.fairness.never_asked_days.value)
    lasting = Q(withdrawn_on=None) | Q(withdrawn_on__gt=on)
    willing = Consent.objects.filter(lasting, purpose=INTRODUCE, effective_on__lte=on, recorded_at__lte=moment)
    resting = Pause.objects.filter(
        Q(until=None) | Q(until__gte=on), Q(lifted_on=None) | Q(lifted_on__gt=on), starts_on__lte=on
    )
    asked = Exposure.objects.filter(act=Exposure.Act.ASKED, effective_on__lte=on, recorded_at__lte=moment)
    standing = Registration.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=on), effective_on__lte=last_chance, recorded_at__lte=moment,
        person__hidden=False, person__erased_at=None, person__in=willing.values("person_id"),
    ).exclude(person__in=resting.values("person_id"))  # fmt: skip
    spared = asked.order_by().filter(effective_on__gt=last_chance).values("person_id")
    earlier = FilteredRelation(
        "person__exposures",
        condition=Q(
            person__exposures__act=Exposure.Act.ASKED,
            person__exposures__effective_on__lte=last_chance,
            person__exposures__recorded_at__lte=moment,
        ),
    )
    entered, last = Min("effective_on"), Max("asked__effective_on")
    return (
        standing.exclude(person__in=spared)
        .annotate(asked=earlier)
        .order_by()
        .values("person_id", counted_key=F("person__public_id"))
        .annotate(counted_day=Greatest(entered, Coalesce(last, entered)))
    )


def in_fair_order(
    authority: Authority, on: dt.date, found: Keyed, first: int | None = None
) -> list[tuple[int, dt.date]]:
    """Person and since when: longest waiting first; then by the lottery of the month, so that no name decides.

    ``first``: only so many.
    """
    return [(pk, since) for since, _, pk in _ordered(authority, on, found, "person_id", first)]


def named_in_fair_order(authority: Authority, on: dt.date, found: Keyed, first: int) -> list[tuple[str, str, dt.date]]:
    """Public id, name and since when of the first of that order, in one query."""
    rows = _ordered(authority, on, found, "person__display_name", first)
    return [(public_id, name, since) for since, public_id, name in rows]


def _ordered(
    authority: Authority, on: dt.date, found: Keyed, field: str, first: int | None
) -> list[tuple[dt.date, str, Any]]:
    rows = sorted(found.values_list("counted_day", "counted_key", field))
    if first is not None and len(rows) > first:
        rows = [row for row in rows if row[0] <= rows[first - 1][0]]
    seed = seed_of(authority, on)
    rows.sort(key=lambda row: (row[0], ticket(seed, row[1])))
    return rows[:first]


def told(rows: Sequence[tuple[int, dt.date]], on: dt.date) -> list[Waiting]:
    """The persons of some places of that order."""
    people = Person.objects.select_related("district").in_bulk([pk for pk, _ in rows])
    return [Waiting(people[pk], since, (on - since).days) for pk, since in rows if pk in people]


def never_asked(authority: Authority, on: dt.date, as_of: dt.datetime | None = None) -> list[Waiting]:
    """Everybody who waits, in the fair order."""
    return told(in_fair_order(authority, on, waiting(authority, on, as_of)), on)
