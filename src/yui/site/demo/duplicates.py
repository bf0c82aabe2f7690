"""Registrations of the demonstration town that may be one person: came twice, by paper and by telephone."""

from dataclasses import dataclass

from yui.engine.text import fold
from yui.people.keys import NAME, READING, keep_home_key, number_keys
from yui.people.likeness import keep_all_likeness
from yui.people.models import Consent, Contact, Person, PersonKey, Profile, Registration, Residence, StageChange
from yui.site.demo.people import Town


@dataclass(frozen=True, slots=True)
class Again:
    """The second registration of somebody of the town: what was written otherwise."""

    number: int
    name: str
    kana: str
    received: str
    years: int = 0
    """How far the year of birth is off."""
    phone: bool = True
    home: bool = False


AGAIN = (
    Again(1, "例示 華子", "れいじ はなこ", "phone"),
    Again(2, "架空 健一", "", "paper", years=1, home=True),
    Again(3, "試案 みのり", "シアン ミノリ", "visit", phone=False),
    Again(12, "", "", "paper"),
)


def build_duplicates(town: Town) -> None:
    """Four persons who stand in the register twice, and the pairs that are found by them."""
    first = min(town.definition.people.stages, key=lambda stage: stage.order).key
    for number, again in enumerate(AGAIN):
        _register(town, again, first, number)
    keep_all_likeness()


def _register(town: Town, again: Again, stage: str, number: int) -> None:
    before, since = town.people[again.number], town.ago(3 + number)
    person = Person.objects.create(
        authority=town.authority, display_name=again.name or before.display_name, kana=again.kana,
        birth_year=before.birth_year + again.years if before.birth_year else None, district=before.district,
        created_at=town.at(since),
    )  # fmt: skip
    own = {"authority": town.authority, "person": person}
    phone = f"090-0000-{again.number if again.phone else 900 + number:04d}"
    home = Residence.objects.get(person=before).address.replace("0番地", "０－") if again.home else ""
    Profile.objects.create(**own, contact_way="phone")
    Contact.objects.create(**own, kind="phone", value=phone, effective_on=since)
    if home:
        Residence.objects.create(**own, address=home, effective_on=since)
    Registration.objects.create(
        **own, scheme_key=town.authority.key, effective_on=since, recorded_at=town.at(since), received=again.received
    )
    StageChange.objects.create(
        **own, scheme_key=town.authority.key, stage=stage, effective_on=since, recorded_at=town.at(since),
        agreed_on=since, agreed_how=again.received,
    )  # fmt: skip
    for purpose in town.definition.people.purposes:
        if purpose.required or purpose.key == "introduce":
            Consent.objects.create(
                **own, purpose=purpose.key, wording_version=purpose.wordings[-1].version, effective_on=since,
                recorded_at=town.at(since), received=again.received,
            )  # fmt: skip
    keys = {(NAME, fold(person.display_name)), (READING, fold(person.kana or person.display_name))}
    PersonKey.objects.bulk_create(
        PersonKey(**own, kind=kind, key=key) for kind, key in sorted(keys | number_keys([phone]))
    )
    keep_home_key(person, home)
