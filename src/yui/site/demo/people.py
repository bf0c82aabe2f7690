"""The people and groups of the demonstration town."""

import datetime as dt
from dataclasses import dataclass, field
from random import Random
from typing import Any

from yui.base.accounts.models import Account
from yui.base.clock import TOKYO
from yui.base.tenancy.models import Authority, District
from yui.engine.likeness import home_key
from yui.engine.text import fold
from yui.people.keys import HOME, NAME, READING, number_keys
from yui.people.models import (
    Consent,
    Contact,
    Membership,
    Organization,
    OrganizationChoice,
    Pause,
    Person,
    PersonChoice,
    PersonKey,
    Profile,
    Proxy,
    Registration,
    Residence,
    StageChange,
)
from yui.site.demo import words

PEOPLE = 300
GROUPS = 60


@dataclass(slots=True)
class Town:
    """What the builders hand to one another."""

    authority: Authority
    definition: Any
    today: dt.date
    chance: Random
    districts: list[District] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    registered: dict[int, dt.date] = field(default_factory=dict)
    stage: dict[int, str] = field(default_factory=dict)
    groups: list[Organization] = field(default_factory=list)
    accounts: dict[str, Account] = field(default_factory=dict)

    def at(self, day: dt.date, hour: int = 10, minute: int = 0) -> dt.datetime:
        """An instant of a day in Tokyo."""
        return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=TOKYO)

    def ago(self, days: int) -> dt.date:
        """A day before today."""
        return self.today - dt.timedelta(days=days)


def _named(town: Town) -> list[tuple[str, str, str]]:
    """300 names in a fixed order, those of the mock pages first: (name, reading, language)."""
    first = [("見本 太郎", "ミホン タロウ"), ("例示 花子", "レイジ ハナコ"), ("架空 健一", "カクウ ケンイチ"),
             ("試案 みのり", "シアン ミノリ"), ("下書 ひろし", "シタガキ ヒロシ"), ("雛形 ことは", "ヒナガタ コトハ")]  # fmt: skip
    names = [(name, kana, "ja") for name, kana in first] + list(words.FOREIGN)
    pairs = [(f, g) for g in words.GIVEN for f in words.FAMILY]
    town.chance.shuffle(pairs)
    taken = {name for name, _, _ in names}
    for (family, family_kana), (given, given_kana) in pairs:
        name = f"{family} {given}"
        if name not in taken:
            names.append((name, f"{family_kana} {given_kana}", "ja"))
        if len(names) == PEOPLE:
            break
    return names


def build_people(town: Town) -> None:
    """300 people, registered over the last year, with choices, consents, stages and a few at rest."""
    chance, today = town.chance, town.today
    for number, (name, kana, language) in enumerate(_named(town)):
        age = chance.choices([17, 24, 35, 46, 58, 67, 76], [3, 12, 18, 20, 17, 18, 12])[0] + chance.randint(0, 6)
        since = today - dt.timedelta(days=chance.randint(1, 30) if number % 9 == 4 else chance.randint(20, 365))
        person = Person(
            authority=town.authority, display_name=name, kana=kana, birth_year=today.year - age, language=language,
            district=chance.choice(town.districts), created_at=town.at(since),
        )  # fmt: skip
        town.people.append(person)
        town.registered[number] = since
    Person.objects.bulk_create(town.people)
    _profiles(town)
    _registrations(town)


def _profiles(town: Town) -> None:
    chance, people = town.chance, town.definition.people
    themes, skills = [t.key for t in people.themes], [s.key for s in people.skills]
    interests, slots = [i.key for i in people.interests], [s.key for s in people.slots]
    profiles, choices, contacts, homes, keys = [], [], [], [], []
    for number, person in enumerate(town.people):
        own = {"authority": town.authority, "person": person}
        way = chance.choices(["phone", "mail", "letter"], [5, 4, 1])[0]
        profiles.append(Profile(
            **own, motivation=chance.choices([1, 2, 3], [3, 5, 2])[0], reach_km=chance.choice([None, 3, 5, 10, 15]),
            online=chance.random() < 0.2, contact_way=way, contact_when=chance.choice(["", "午前中", "夕方", "土日"]),
        ))  # fmt: skip
        picked = {("theme", k) for k in chance.sample(themes, chance.randint(1, 3))}
        picked |= {("skill", k) for k in chance.sample(skills, chance.randint(0, 3))}
        picked |= {("interest", k) for k in chance.sample(interests, chance.randint(1, 3))}
        picked |= {("slot", k) for k in chance.sample(slots, chance.randint(1, 4))}
        spoken = {"pt-br": "pt", "vi": "vi", "en": "en"}.get(person.language)
        picked |= {("language", spoken)} if spoken else set()
        if person.language == "ja" or chance.random() < 0.7:
            picked.add(("language", "ja"))
        choices += [PersonChoice(**own, kind=kind, key=key) for kind, key in sorted(picked)]
        since = town.registered[number]
        phone = f"090-0000-{number:04d}"
        contacts.append(Contact(**own, kind="phone", value=phone, effective_on=since))
        if way == "mail" or chance.random() < 0.5:
            contacts.append(Contact(**own, kind="mail", value=f"sample{number:03d}@example.jp", effective_on=since))
        address = f"見本県架空市{person.district.name}0番地{number}"
        homes.append(Residence(**own, postal_code="520-0000", address=address, effective_on=since))
        found = {(NAME, fold(person.display_name)), (READING, fold(person.kana or person.display_name))}
        found.add((HOME, home_key(address)))
        keys += [PersonKey(**own, kind=kind, key=key) for kind, key in sorted(found | number_keys([phone])) if key]
    Profile.objects.bulk_create(profiles)
    PersonChoice.objects.bulk_create(choices)
    Contact.objects.bulk_create(contacts)
    Residence.objects.bulk_create(homes)
    PersonKey.objects.bulk_create(keys)


def _registrations(town: Town) -> None:
    chance, scheme = town.chance, town.authority.key
    stages = [s.key for s in sorted(town.definition.people.stages, key=lambda s: s.order)]
    purposes = town.definition.people.purposes
    registrations, changes, consents, pauses = [], [], [], []
    for number, person in enumerate(town.people):
        own = {"authority": town.authority, "person": person}
        since = town.registered[number]
        how = chance.choices(["web", "paper", "phone", "visit"], [6, 2, 1, 1])[0]
        left = town.ago(chance.randint(2, 60)) if number % 9 == 8 and (town.today - since).days > 90 else None
        registrations.append(Registration(
            **own, scheme_key=scheme, effective_on=since, recorded_at=town.at(since), received=how,
            ended_on=left, ended_recorded_at=town.at(left) if left else None,
        ))  # fmt: skip
        for purpose in purposes:
            share = {"introduce": 0.87, "notices": 0.8}.get(purpose.key, 0.5)
            if purpose.required or chance.random() < share:
                consents.append(Consent(
                    **own, purpose=purpose.key, wording_version=purpose.wordings[-1].version, language=person.language,
                    effective_on=since, recorded_at=town.at(since), received=how,
                ))  # fmt: skip
        level = chance.choices([1, 2, 3, 4], [56, 33, 9, 2])[0]
        if (town.today - since).days < 60:
            level = 1
        before, day = "", since
        for stage in stages[:level]:
            changes.append(StageChange(
                **own, scheme_key=scheme, stage=stage, before=before, effective_on=day, recorded_at=town.at(day),
                agreed_on=day, agreed_how="web" if not before else "phone",
                evidence=[] if not before else ["participations"],
            ))  # fmt: skip
            before, day = stage, min(day + dt.timedelta(days=chance.randint(20, 80)), town.ago(1))
        town.stage[person.pk] = before
        if number % 19 == 7:
            pauses.append(Pause(
                **own, starts_on=town.ago(chance.randint(5, 40)), until=town.today + dt.timedelta(days=40),
                recorded_at=town.at(town.ago(5)),
            ))  # fmt: skip
    Registration.objects.bulk_create(registrations)
    Consent.objects.bulk_create(consents)
    StageChange.objects.bulk_create(changes)
    Pause.objects.bulk_create(pauses)


def build_groups(town: Town) -> None:
    """60 organisations with named members."""
    chance = town.chance
    rows = list(words.GROUPS)
    sectors = {s.key for s in town.definition.people.sectors}
    for head in words.GROUP_HEADS:
        for tail, kana, sector, themes in words.GROUP_TAILS:
            if len(rows) < GROUPS:
                rows.append((head + tail, kana, sector, themes))
    chance.shuffle(rows[len(words.GROUPS) :])
    for number, (name, kana, sector, _) in enumerate(rows):
        since = town.ago(chance.randint(40, 365))
        town.groups.append(Organization(
            authority=town.authority, name=name, kana=kana, sector=sector if sector in sectors else "citizen",
            about="架空の団体です。", district=chance.choice(town.districts), mail=f"group{number:02d}@example.jp",
            phone=f"0748-00-{1000 + number:04d}", effective_on=since, recorded_at=town.at(since),
        ))  # fmt: skip
    Organization.objects.bulk_create(town.groups)
    OrganizationChoice.objects.bulk_create([
        OrganizationChoice(authority=town.authority, organization=group, key=theme)
        for group, row in zip(town.groups, rows, strict=True) for theme in row[3]
    ])  # fmt: skip
    members = []
    for group in town.groups:
        people = chance.sample(town.people[10:], chance.randint(2, 4))
        for role, person in zip(["representative", "contact", "member", "member"], people, strict=False):
            members.append(Membership(
                authority=town.authority, organization=group, person=person, role=role,
                effective_on=group.effective_on, recorded_at=group.recorded_at,
            ))  # fmt: skip
    members.append(Membership(
        authority=town.authority, organization=town.groups[0], person=town.people[5], role="representative",
        effective_on=town.groups[0].effective_on, recorded_at=town.groups[0].recorded_at,
    ))  # fmt: skip
    Membership.objects.bulk_create(members)


def sign_in_for(town: Town, person: Person, email: str, key: str) -> None:
    """An account that acts for a person."""
    account = Account.objects.create_user(email, name=person.display_name)
    Proxy.objects.create(
        authority=town.authority, person=person, account=account, relation="self", starts_on=town.ago(200)
    )
    town.accounts[key] = account
