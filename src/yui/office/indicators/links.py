"""From the pseudonymous id of a counted row to the page where the thing itself is shown, for staff who may see it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Model
from django.urls import NoReverseMatch

from yui.activities.models import Activity, Opportunity, Participation
from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere
from yui.base.measures.types import Row
from yui.base.tenancy.addresses import town_url
from yui.introductions.models import Introduction
from yui.office.commissions.models import Meeting
from yui.people.models import Organization, Person, Registration, StageChange


@dataclass(frozen=True, slots=True)
class LinkedRow:
    """A row with the address behind it; empty for whoever sees ids only."""

    key: str
    on: dt.date
    label: str
    codes: tuple[str, ...]
    url: str = ""


# (table, the path from its row to the public id that the address names, name of the address, permission)
SOURCES: tuple[tuple[type[Model], str, str, Permission], ...] = (
    (Person, "public_id", "people:person", Permission.PERSON_READ),
    (Registration, "person__public_id", "people:person", Permission.PERSON_READ),
    (StageChange, "person__public_id", "people:person", Permission.PERSON_READ),
    (Organization, "public_id", "people:organization", Permission.ORGANIZATION_READ),
    (Introduction, "public_id", "introductions:introduction", Permission.INTRODUCTION_READ),
    (Opportunity, "activity__public_id", "activities:activity", Permission.ACTIVITY_READ),
    (Activity, "public_id", "activities:activity", Permission.ACTIVITY_READ),
    (Participation, "person__public_id", "people:person", Permission.PERSON_READ),
    (Meeting, "public_id", "office:meeting", Permission.COMMISSION_READ),
)


def linked(actor: Actor, rows: Iterable[Row]) -> list[LinkedRow]:
    """The rows, with addresses for those the actor may open. Without PERSON_READ there is none at all."""
    listed = list(rows)
    urls = _addresses(actor, [row.key for row in listed]) if holds_everywhere(actor, Permission.PERSON_READ) else {}
    return [LinkedRow(row.key, row.effective_on, row.label, row.codes, urls.get(row.key, "")) for row in listed]


def _addresses(actor: Actor, keys: list[str]) -> dict[str, str]:
    assert actor.authority is not None
    found: dict[str, str] = {}
    for table, path, name, permission in SOURCES:
        wanted = [key for key in keys if key not in found]
        if not wanted or not holds_everywhere(actor, permission):
            continue
        for key, target in table.objects.filter(public_id__in=wanted).values_list("public_id", path):  # type: ignore[attr-defined]
            try:
                found[key] = town_url(actor.authority, name, public_id=target)
            except NoReverseMatch:  # the wing has no such page
                break
    return found
