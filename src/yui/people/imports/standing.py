"""What is known now of the persons an import may update or undo: read in a few queries, whatever their number."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.crypto import salted_hmac

from yui.people.models import Consent, Contact, Person, PersonChoice, Profile, Residence

PERSON_VALUES = ("display_name", "kana", "birth_year", "district_id")
PROFILE_VALUES = ("about", "contact_way", "contact_when")
VALUES = (*PERSON_VALUES, *PROFILE_VALUES)
AT_ONCE = 1000
LABELS: dict[str, str] = {
    "display_name": "お名前", "kana": "よみ", "birth_year": "生まれた年", "district_id": "地区", "about": "やりたいこと",
    "contact_way": "連絡の方法", "contact_when": "連絡しやすいとき", "phone": "電話番号", "mail": "メール", "home": "住所",
    "theme": "分野", "skill": "手を貸せること", "interest": "やってみたいこと", "slot": "動ける時間", "language": "話せる言葉",
    "consents": "同意",
}  # fmt: skip


@dataclass(slots=True)
class Standing:
    """One person with the rows that an import can change; ``contacts`` and ``homes`` are the present ones,
    ``consents`` all that were ever given."""

    person: Person
    profile: Profile | None = None
    contacts: list[Contact] = field(default_factory=list)
    homes: list[Residence] = field(default_factory=list)
    choices: list[PersonChoice] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)

    def value(self, name: str) -> Any:
        """A single value by its name."""
        if name in PERSON_VALUES:
            return getattr(self.person, name)
        return getattr(self.profile, name) if self.profile is not None else ""

    def open_contacts(self, kind: str) -> list[Contact]:
        """The present contacts of a kind."""
        return [row for row in self.contacts if row.kind == kind]

    def chosen(self, kind: str) -> list[str]:
        """The chips of a kind, in order."""
        return sorted(row.key for row in self.choices if row.kind == kind)


def standing_of(persons: Collection[Person]) -> dict[int, Standing]:
    """By the person's key. Call it with the persons locked when something will be written."""
    found = {person.pk: Standing(person) for person in persons}
    ids = list(found)
    for profile in Profile.objects.filter(person__in=ids):
        found[profile.person_id].profile = profile
    for contact in Contact.objects.filter(person__in=ids, ended_on=None).order_by("id"):
        found[contact.person_id].contacts.append(contact)
    for home in Residence.objects.filter(person__in=ids, ended_on=None).order_by("id"):
        found[home.person_id].homes.append(home)
    for choice in PersonChoice.objects.filter(person__in=ids):
        found[choice.person_id].choices.append(choice)
    for consent in Consent.objects.filter(person__in=ids):
        found[consent.person_id].consents.append(consent)
    return found


def save_values(rows: Sequence[Standing]) -> None:
    """Save the single values of many persons and profiles; an upsert by the key takes a tenth of a ``bulk_update``."""
    Person.objects.bulk_create(
        [row.person for row in rows], update_conflicts=True, unique_fields=["id"], batch_size=AT_ONCE,
        update_fields=["display_name", "kana", "birth_year", "district", "version"],
    )  # fmt: skip
    Profile.objects.bulk_create(
        [row.profile for row in rows if row.profile is not None], update_conflicts=True, unique_fields=["id"],
        update_fields=list(PROFILE_VALUES), batch_size=AT_ONCE,
    )  # fmt: skip


def sealed(value: Any) -> str:
    """A keyed hash of a value: enough to see whether it is still the same, nothing to read."""
    return salted_hmac("yui.people.import", repr(value), algorithm="sha256").hexdigest()[:32]
