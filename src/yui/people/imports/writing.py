"""Writing the rows of a list: thousands of people in one transaction, by the rules of the registration at the desk.

Imported people get no account: nobody has asked for one. A consent is written only where the list has the day.
"""

from collections.abc import Sequence
from typing import Any

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import require, town_of
from yui.base.audit.record import record_each
from yui.base.definitions import current
from yui.base.exchange.models import Import, ImportRow
from yui.base.exchange.registry import Planned
from yui.base.tenancy.inserting import insert_many
from yui.people.definition import People
from yui.people.imports.consents import consents_of
from yui.people.imports.rows import Entry
from yui.people.imports.updating import update_many
from yui.people.keys import keep_keys_of_many
from yui.people.models import (
    Consent,
    Contact,
    ExternalNumber,
    Person,
    PersonChoice,
    Profile,
    Registration,
    Residence,
    StageChange,
)
from yui.people.models.registrations import Received

AT_ONCE = 2000


def write(actor: Actor, batch: Import, planned: Sequence[Planned]) -> list[ImportRow]:
    """Carry the plan out inside the caller's transaction. Returns the rows that undo needs, not yet saved."""
    require(actor, Permission.PERSON_IMPORT, batch)
    new = [row for row in planned if row.action == "add"]
    added = _add(actor, new)
    updated = update_many(actor, batch, [row for row in planned if row.action == "update"])
    rows = [_row(batch, row, person) for row, person in zip(new, added, strict=True)]
    return rows + updated


def _row(batch: Import, planned: Planned, person: Person) -> ImportRow:
    return ImportRow(
        authority_id=batch.authority_id, batch=batch, number=planned.line.number, action="add", subject_kind="person",
        subject_id=person.public_id,
    )  # fmt: skip


def _add(actor: Actor, planned: Sequence[Planned]) -> list[Person]:
    town, now, today = town_of(actor), clock.now(), clock.today()
    people: People = current(town).people
    entries: list[Entry] = [row.content for row in planned]
    persons = Person.objects.bulk_create(
        (
            Person(
                authority=town, display_name=entry.display_name, kana=entry.kana, birth_year=entry.birth_year,
                district_id=entry.district, created_at=now,
            )
            for entry in entries
        ),
        batch_size=AT_ONCE,
    )  # fmt: skip
    pairs = list(zip(persons, entries, strict=True))
    insert_many(Profile, (
        {
            **_of(person), "about": entry.about, "contact_when": entry.contact_when,
            "contact_way": entry.contact_way or likely_way(people, entry),
        }
        for person, entry in pairs
    ))  # fmt: skip
    insert_many(Contact, (
        {**_of(person), "kind": kind, "value": value, "effective_on": today}
        for person, entry in pairs for kind, value in entry.contacts
    ))  # fmt: skip
    insert_many(Residence, (
        {**_of(person), "postal_code": entry.postal_code, "address": entry.address, "effective_on": today}
        for person, entry in pairs if entry.address or entry.postal_code
    ))  # fmt: skip
    insert_many(PersonChoice, (
        {**_of(person), "kind": kind, "key": key}
        for person, entry in pairs for kind, keys in entry.choices.items() for key in keys
    ))  # fmt: skip
    insert_many(ExternalNumber, (
        {**_of(person), "number": entry.number} for person, entry in pairs if entry.number
    ))  # fmt: skip
    keep_keys_of_many((person, entry.contacts) for person, entry in pairs)
    _register(actor, people, pairs)
    consents = [row for person, entry in pairs for row in consents_of(actor, people, person, entry)]
    Consent.objects.bulk_create(consents, batch_size=AT_ONCE)
    record_each(actor, "person.imported", ((person, person.public_id, ()) for person in persons))
    return persons


def _of(person: Person) -> dict[str, int]:
    return {"authority_id": person.authority_id, "person_id": person.pk}


def _register(actor: Actor, people: People, pairs: Sequence[tuple[Person, Entry]]) -> None:
    """Everybody enters the scheme on the outermost ring, on the day the list tells or today."""
    town, now, today = town_of(actor), clock.now(), clock.today()
    first = min(people.stages, key=lambda stage: stage.order)
    common: dict[str, Any] = {"scheme_key": town.key, "recorded_at": now}
    by = actor.account.pk if actor.account is not None else None
    insert_many(Registration, (
        {
            **_of(person), **common, "effective_on": entry.registered_on or today, "received": Received.IMPORT,
            "received_by_id": by,
        }
        for person, entry in pairs
    ))  # fmt: skip
    insert_many(StageChange, (
        {
            **_of(person), **common, "stage": first.key, "effective_on": entry.registered_on or today,
            "agreed_on": entry.registered_on or today, "agreed_how": Received.IMPORT, "evidence": ["registration"],
        }
        for person, entry in pairs
    ))  # fmt: skip


def likely_way(people: People, entry: Entry) -> str:
    """How somebody can be reached with what the list has: the first way of the definition that fits."""
    there = {"phone": bool(entry.phones), "email": bool(entry.mail), "address": bool(entry.address), "nothing": True}
    return next((way.key for way in people.contact_ways if way.retired is None and there[way.needs]), "")
