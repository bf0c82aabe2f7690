"""Changing people who are known already, with what undo needs: earlier values, ids of rows, hashes of what was written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.rules import town_of
from yui.base.audit.record import record_each
from yui.base.definitions import current
from yui.base.exchange.models import Import, ImportRow
from yui.base.exchange.registry import Planned
from yui.people.imports.consents import consents_of, lacking
from yui.people.imports.plans import changes_of, home_of
from yui.people.imports.rows import Entry
from yui.people.imports.standing import (
    PERSON_VALUES,
    PROFILE_VALUES,
    Standing,
    save_values,
    sealed,
    standing_of,
)
from yui.people.keys import keep_keys_of_many
from yui.people.models import Consent, Contact, Person, PersonChoice, Profile, Residence

AT_ONCE = 500
ENTRY_NAMES = {"district_id": "district"}


@dataclass(frozen=True, slots=True)
class _Change:
    """One person with what the row tells, how things stand and what undo will need."""

    there: Standing
    entry: Entry
    names: list[str]
    row: ImportRow


def update_many(actor: Actor, batch: Import, planned: Sequence[Planned]) -> list[ImportRow]:
    """Update the persons of these rows inside the caller's transaction. A row that changes nothing any more is left out."""
    town = town_of(actor)
    locked = Person.objects.select_for_update().filter(pk__in=[row.subject.pk for row in planned], erased_at=None)
    standing = standing_of(list(locked))
    changes = []
    for row in planned:
        there = standing.get(row.subject.pk)
        names = changes_of(row.content, there) if there else []
        if there is None or not names:
            continue
        kept = ImportRow(
            authority=town, batch=batch, number=row.line.number, action="update", subject_kind="person",
            subject_id=there.person.public_id,
        )  # fmt: skip
        changes.append(_Change(there, row.content, names, kept))
    _values(changes)
    _contacts(changes, Contact.Kind.PHONE, lambda entry: entry.phones)
    _contacts(changes, Contact.Kind.MAIL, lambda entry: (entry.mail,) if entry.mail else ())
    _homes(changes)
    _choices(changes)
    _consents(actor, changes)
    _keys(changes)
    record_each(
        actor, "person.import_updated", ((c.there.person, c.there.person.public_id, c.names) for c in changes)
    )  # fmt: skip
    return [change.row for change in changes]


def _values(changes: Sequence[_Change]) -> None:
    for change in changes:
        profile = change.there.profile
        if profile is None:
            profile = change.there.profile = Profile.objects.create(
                authority_id=change.there.person.authority_id, person=change.there.person
            )
        for name in change.names:
            if name not in PERSON_VALUES + PROFILE_VALUES:
                continue
            value = getattr(change.entry, ENTRY_NAMES.get(name, name))
            change.row.earlier.setdefault("values", {})[name] = change.there.value(name)
            change.row.written.setdefault("values", {})[name] = sealed(value)
            setattr(change.there.person if name in PERSON_VALUES else profile, name, value)
        change.there.person.version += 1
    save_values([change.there for change in changes])


def _contacts(changes: Sequence[_Change], kind: str, told: Callable[[Entry], Sequence[str]]) -> None:
    """End the numbers that the list does not have any more, add the new ones. Undo knows the rows by their ids."""
    today = clock.today()
    new: list[tuple[_Change, Contact]] = []
    gone: list[int] = []
    for change in changes:
        if kind not in change.names:
            continue
        wanted, present = told(change.entry), change.there.open_contacts(kind)
        ended = [row for row in present if row.value not in wanted]
        gone += [row.pk for row in ended]
        change.there.contacts = [row for row in change.there.contacts if row not in ended]
        change.row.written[f"ended_{kind}"] = [row.pk for row in ended]
        for value in wanted:
            if value not in {row.value for row in present}:
                owner = _owned(change)
                new.append((change, Contact(**owner, kind=kind, value=value, effective_on=today)))
    Contact.objects.filter(pk__in=gone).update(ended_on=today)
    Contact.objects.bulk_create([row for _, row in new], batch_size=AT_ONCE)
    for change, row in new:
        change.row.written.setdefault(f"made_{kind}", []).append(row.pk)
        change.there.contacts.append(row)
    for change in changes:
        if kind in change.names:
            change.row.written[f"open_{kind}"] = sorted(row.pk for row in change.there.open_contacts(kind))


def _homes(changes: Sequence[_Change]) -> None:
    today = clock.today()
    moved = [change for change in changes if "home" in change.names]
    Residence.objects.filter(pk__in=[row.pk for c in moved for row in c.there.homes]).update(ended_on=today)
    made = []
    for change in moved:
        code, address = home_of(change.entry, change.there)
        made.append(Residence(**_owned(change), postal_code=code, address=address, effective_on=today))
    Residence.objects.bulk_create(made, batch_size=AT_ONCE)
    for change, home in zip(moved, made, strict=True):
        change.row.written["ended_home"] = [row.pk for row in change.there.homes]
        change.row.written["made_home"] = change.row.written["open_home"] = [home.pk]


def _choices(changes: Sequence[_Change]) -> None:
    """The list says what the chips of a kind are; undo keeps those that went, and a hash of those that stand."""
    made: list[PersonChoice] = []
    gone: list[int] = []
    for change in changes:
        for kind, keys in change.entry.choices.items():
            if kind not in change.names:
                continue
            present = {row.key: row.pk for row in change.there.choices if row.kind == kind}
            lost = sorted(set(present) - set(keys))
            gone += [present[key] for key in lost]
            made += [PersonChoice(**_owned(change), kind=kind, key=key) for key in sorted(set(keys) - set(present))]
            change.row.earlier.setdefault("choices", {})[kind] = sorted(present)
            change.row.written.setdefault("choices", {})[kind] = sealed(sorted(keys))
    PersonChoice.objects.filter(pk__in=gone).delete()
    PersonChoice.objects.bulk_create(made, batch_size=AT_ONCE)


def _consents(actor: Actor, changes: Sequence[_Change]) -> None:
    """Only what is not there yet: a list never withdraws a consent and never makes a present one younger."""
    people = current(town_of(actor)).people
    pairs: list[tuple[_Change, Consent]] = []
    for change in changes:
        wanted = lacking(change.entry, change.there)
        rows = consents_of(actor, people, change.there.person, change.entry)
        pairs += [(change, row) for row in rows if row.purpose in wanted]
    Consent.objects.bulk_create([row for _, row in pairs], batch_size=AT_ONCE)
    for change, row in pairs:
        change.row.written.setdefault("made_consents", []).append(row.pk)


def _keys(changes: Sequence[_Change]) -> None:
    keep_keys_of_many(
        (change.there.person, [(row.kind, row.value) for row in change.there.contacts]) for change in changes
    )


def _owned(change: _Change) -> dict[str, Any]:
    person = change.there.person
    return {"authority_id": person.authority_id, "person": person}
