"""What somebody answers when registering, and how it is written down. Shared by web, paper and telephone."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from yui.base import clock
from yui.base.access.errors import NotPossible
from yui.base.definitions import by_key
from yui.base.tenancy.models import District
from yui.people.definition import People
from yui.people.models import Contact, Person, PersonChoice, Profile, Residence

CHOICE_LISTS = {
    PersonChoice.Kind.THEME: "themes",
    PersonChoice.Kind.SKILL: "skills",
    PersonChoice.Kind.INTEREST: "interests",
    PersonChoice.Kind.SLOT: "slots",
    PersonChoice.Kind.LANGUAGE: "spoken_languages",
}
PERSON_FIELDS = ("display_name", "kana", "birth_year", "language", "district")
PROFILE_FIELDS = ("motivation", "reach_km", "online", "about", "contact_way", "contact_when")


@dataclass(frozen=True, slots=True)
class Answers:
    """``contacts``: pairs of kind and value. ``choices``: kind to keys of the definition. ``consents``: purposes."""

    display_name: str
    kana: str = ""
    birth_year: int | None = None
    language: str = "ja"
    district: District | None = None
    contacts: tuple[tuple[str, str], ...] = ()
    postal_code: str = ""
    country: str = "JP"
    address: str = ""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    motivation: int = 1
    reach_km: int | None = None
    online: bool = False
    about: str = ""
    contact_way: str = ""
    contact_when: str = ""
    consents: tuple[str, ...] = ()
    guardian: bool = False


def is_minor(birth_year: int | None, guardian_age: int, on: dt.date) -> bool:
    """Whether the person may still be below the age. Only the year is known, so the year of the birthday counts too."""
    return birth_year is not None and on.year - birth_year <= guardian_age


def check_choices(people: People, choices: Mapping[str, tuple[str, ...]]) -> None:
    """Raise ``NotPossible`` where a key is not in the definition. Considerations are free keys of other wings."""
    for kind, keys in choices.items():
        name = CHOICE_LISTS.get(PersonChoice.Kind(kind))
        unknown = set(keys) - set(by_key(getattr(people, name))) if name else set()
        if unknown:
            raise NotPossible(_("えらべない項目が入っています。もう一度えらんでください。"), "unknown_choice")


def check_reachable(people: People, way: str, contacts: tuple[tuple[str, str], ...], address: str) -> None:
    """Raise ``NotPossible`` where the way is not the definition's or what it needs is not there."""
    needs = next((known.needs for known in people.contact_ways if known.key == way), None)
    kinds = {kind for kind, value in contacts if value.strip()}
    there = {
        "phone": Contact.Kind.PHONE in kinds,
        "email": Contact.Kind.MAIL in kinds,
        "address": bool(address.strip()),
        "nothing": True,
    }
    if needs is None:
        raise NotPossible(_("連絡してほしい方法を選んでください。"), "way_missing")
    if not there[needs]:
        raise NotPossible(_("選んだ方法でご連絡できるように、連絡先を書いてください。"), "contact_missing")


def write_profile(person: Person, answers: Answers) -> Profile:
    """Make or change the one profile of a person."""
    values = {name: getattr(answers, name) for name in PROFILE_FIELDS}
    profile, _made = Profile.objects.update_or_create(
        person=person, defaults={"authority_id": person.authority_id, **values}
    )
    return profile


def write_choices(person: Person, choices: Mapping[str, tuple[str, ...]]) -> None:
    """Make the chips of the kinds given exactly these; kinds that are not given stay."""
    present = set(PersonChoice.objects.filter(person=person, kind__in=choices).values_list("kind", "key"))
    wanted = {(str(kind), key) for kind, keys in choices.items() for key in keys}
    for kind, key in present - wanted:
        PersonChoice.objects.filter(person=person, kind=kind, key=key).delete()
    PersonChoice.objects.bulk_create(
        PersonChoice(authority_id=person.authority_id, person=person, kind=kind, key=key)
        for kind, key in sorted(wanted - present)
    )


def write_contacts(person: Person, given: tuple[tuple[str, str], ...], on: dt.date) -> list[str]:
    """End the contacts that are no longer given, add the new ones. Returns the names of the fields that changed."""
    present = {(row.kind, row.value): row for row in Contact.objects.filter(person=person, ended_on=None)}
    wanted = {(kind, value.strip()) for kind, value in given if value.strip()}
    gone = [row.pk for pair, row in present.items() if pair not in wanted]
    Contact.objects.filter(pk__in=gone).update(ended_on=on)
    new = sorted(wanted - set(present))
    Contact.objects.bulk_create(
        Contact(authority_id=person.authority_id, person=person, kind=kind, value=value, effective_on=on)
        for kind, value in new
    )
    return ["contact.value"] if gone or new else []


def write_residence(person: Person, postal_code: str, country: str, address: str, on: dt.date) -> list[str]:
    """Where letters go. An empty address ends the present one."""
    present = Residence.objects.filter(person=person, ended_on=None).first()
    new = (postal_code.strip(), country or "JP", address.strip())
    if present is not None and (present.postal_code, present.country, present.address) == new:
        return []
    if present is None and not new[0] and not new[2]:
        return []
    Residence.objects.filter(person=person, ended_on=None).update(ended_on=on)
    if new[0] or new[2]:
        Residence.objects.create(
            authority_id=person.authority_id, person=person, effective_on=on,
            postal_code=new[0], country=new[1], address=new[2],
        )  # fmt: skip
    return ["residence.address"]


def today_or(day: dt.date | None) -> dt.date:
    """The day given, unless it lies in the future; today when none is given."""
    today = clock.today()
    if day is not None and day > today:
        raise NotPossible(_("これからの日は書けません。受け取った日を書いてください。"), "future_day")
    return day or today
