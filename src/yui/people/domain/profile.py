"""Changing what a person told about themselves."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible, Stale
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.record import record
from yui.base.definitions import current
from yui.base.search.domain import index
from yui.people.answers import (
    PERSON_FIELDS,
    PROFILE_FIELDS,
    check_choices,
    check_reachable,
    write_choices,
    write_contacts,
    write_residence,
)
from yui.people.keys import keep_home_key, keep_name_keys, keep_number_keys
from yui.people.likeness import keep_likeness
from yui.people.models import Person, PersonChoice, Profile


def lock(person: Person) -> Person:
    """The row of a person for this transaction. An erased person can not be changed any more."""
    fresh = Person.objects.select_for_update().get(pk=person.pk)
    if fresh.erased_at is not None:
        raise NotPossible(_("この登録は、もう消されています。"), "erased")
    if fresh.merged_into_id is not None:
        raise NotPossible(_("この登録は、ほかの登録にまとめられています。"), "merged")
    return fresh


def profile_values(person: Person) -> dict[str, Any]:
    """What ``update_profile`` can change, as it stands: fields of the person, of the profile, and the chips by kind."""
    profile = Profile.objects.filter(person=person).first() or Profile(person=person)
    values: dict[str, Any] = {name: getattr(person, name) for name in PERSON_FIELDS}
    values |= {name: getattr(profile, name) for name in PROFILE_FIELDS}
    chips: dict[str, list[str]] = {}
    for kind, key in PersonChoice.objects.filter(person=person).values_list("kind", "key"):
        chips.setdefault(kind, []).append(key)
    return values | {"choices": {kind: tuple(sorted(keys)) for kind, keys in chips.items()}}


def update_profile(*, actor: Actor, person: Person, version: int, values: Mapping[str, Any]) -> Person:
    """Save what changed. ``values``: some of the keys of ``profile_values``; ``version``: the one the form was made from.

    Raises ``Stale`` with both texts when somebody else saved in between.
    """
    require(actor, Permission.PERSON_WRITE, person)
    with transaction.atomic():
        person = lock(person)
        present = profile_values(person)
        mine = {name: values[name] for name in present if name in values}
        if person.version != version:
            raise Stale(theirs={name: present[name] for name in mine}, mine=mine)
        changed = sorted(name for name, value in mine.items() if value != present[name])
        if "display_name" in mine and not str(mine["display_name"]).strip():
            raise NotPossible(_("お名前を書いてください。"), "name_missing")
        choices = mine.get("choices")
        if choices is not None:
            check_choices(current(actor.authority).people, choices)  # type: ignore[arg-type]
            write_choices(person, choices)
        for name in PERSON_FIELDS:
            if name in mine:
                setattr(person, name, mine[name])
        person.version += 1
        person.save()
        own = {name: mine[name] for name in PROFILE_FIELDS if name in mine}
        Profile.objects.update_or_create(person=person, defaults={"authority_id": person.authority_id, **own})
        keep_name_keys(person)
        keep_likeness(person)
        record(actor, "person.changed", person, person_id=person.public_id, fields=changed)
    return person


def set_contacts(
    *,
    actor: Actor,
    person: Person,
    contacts: tuple[tuple[str, str], ...],
    postal_code: str = "",
    country: str = "JP",
    address: str = "",
    way: str | None = None,
    when: str | None = None,
) -> None:
    """Make the present contacts exactly these (kind, value) and the address this one. Old ones end with today.

    ``way`` and ``when``: how and when to be reached; ``None`` leaves them. Raises ``NotPossible`` when the way can not
    be gone with what is given.
    """
    require(actor, Permission.PERSON_WRITE, person)
    today = clock.today()
    if way is not None:
        check_reachable(current(actor.authority).people, way, contacts, address)  # type: ignore[arg-type]
    with transaction.atomic():
        person = lock(person)
        fields = write_contacts(person, contacts, today)
        fields += write_residence(person, postal_code, country, address, today)
        keep_number_keys(person, contacts)
        keep_home_key(person, address)
        keep_likeness(person)
        wanted = {"contact_way": way, "contact_when": when}
        changed = {name: value for name, value in wanted.items() if value is not None}
        if changed:
            Profile.objects.update_or_create(person=person, defaults={"authority_id": person.authority_id, **changed})
            fields += sorted(changed)
        if fields:
            record(actor, "contact.changed", person, person_id=person.public_id, fields=fields)


def hide_person(*, actor: Actor, person: Person, hidden: bool) -> None:
    """Set or lift the safety flag: a hidden person is in no search, list, candidate or export."""
    require(actor, Permission.PERSON_WRITE, person)
    with transaction.atomic():
        person = lock(person)
        person.hidden = hidden
        person.save(update_fields=["hidden"])
        index(person.authority_id, "person", [person.pk])
        act = "person.hidden" if hidden else "person.shown"
        record(actor, act, person, person_id=person.public_id, fields=["hidden"])
