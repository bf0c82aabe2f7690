"""The cast of the wing: two towns, Sora and Hinata; in each an official, residents, an organisation, one activity."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from yui.activities.domain import (
    ActivityPlan,
    OpportunityPlan,
    SessionPlan,
    open_activity,
    submit_opportunity,
)
from yui.activities.models import Opportunity, Session
from yui.base import clock
from yui.base.access.actor import Actor, actor_for
from yui.base.access.models import Grant
from yui.base.accounts.models import Account
from yui.base.approvals.domain import approve
from yui.base.approvals.queries import approval_of
from yui.base.definitions.checks import plain, read_folder
from yui.base.definitions.domain import digest_of, parts_of
from yui.base.definitions.models import DefinitionVersion
from yui.base.tenancy.models import Authority, District, random_id
from yui.base.tenancy.scope import authority_scope
from yui.people.models import Contact, Membership, Organization, Person, Profile, Proxy


@cache
def _definition() -> dict[str, Any]:
    reading = read_folder(Path(settings.DEFINITIONS_DIR) / "konan")
    assert reading.faults == []
    return plain(reading.data())


@dataclass
class Town:
    """One town with its people; ``actor`` gives anybody's actor anew."""

    authority: Authority
    official: Account
    coordinator: Account
    host_account: Account
    organization: Organization
    district: District
    persons: list[Person] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)

    def actor(self, account: Account) -> Actor:
        return actor_for(account, self.authority)

    @property
    def staff(self) -> Actor:
        return self.actor(self.official)

    @property
    def desk(self) -> Actor:
        return self.actor(self.coordinator)

    @property
    def host(self) -> Actor:
        return self.actor(self.host_account)

    def resident(self, number: int = 0) -> Actor:
        return self.actor(self.accounts[number])

    def add_resident(self, name: str = "") -> Person:
        number = len(self.persons)
        account = Account.objects.create_user(f"{self.authority.key}-{random_id()}@example.jp")
        person = Person.objects.create(
            authority=self.authority,
            display_name=name or f"見本 {number:02d}",
            kana=f"ミホン {number:02d}",
            birth_year=1980,
            created_at=clock.now(),
        )
        Profile.objects.create(authority=self.authority, person=person, contact_way="mail")
        Contact.objects.create(
            authority=self.authority, person=person, kind="mail", value=account.email, effective_on=clock.today()
        )
        Proxy.objects.create(authority=self.authority, account=account, person=person, starts_on=clock.today())
        self.persons.append(person)
        self.accounts.append(account)
        return person

    def session_plan(self, days: int = 7, hours: int = 1) -> SessionPlan:
        start = (clock.now() + dt.timedelta(days=days)).replace(minute=0, second=0, microsecond=0)
        return SessionPlan(start, start + dt.timedelta(hours=hours), "見本まちづくりセンター")

    def open(self, *, capacity: int = 2, days: int = 7, approve_it: bool = True, **values: Any) -> Opportunity:
        """An activity of the organisation with one date and one opportunity, open unless told otherwise."""
        choices = values.pop("choices", {"theme": ["kosodate", "kyoiku"], "consideration": ["seated"]})
        plan = OpportunityPlan(
            **{"title": "絵本を1冊読む", "session": 0, "capacity": capacity, "choices": choices, **values}
        )
        activity = open_activity(
            actor=self.host,
            host=self.organization,
            plan=ActivityPlan("土曜の絵本", district=self.district),
            sessions=[self.session_plan(days)],
            opportunities=[plan],
        )
        opportunity = activity.opportunities.get()
        return self.approve(opportunity) if approve_it else opportunity

    def approve(self, opportunity: Opportunity) -> Opportunity:
        submit_opportunity(actor=self.host, opportunity=opportunity)
        approval = approval_of("opportunity", opportunity.public_id)
        assert approval is not None
        approve(actor=self.staff, approval=approval)
        opportunity.refresh_from_db()
        return opportunity

    def begin(self, opportunity: Opportunity, minutes_ago: int = 30) -> Session:
        """Move the opportunity's date so that it is going on now."""
        session = opportunity.session
        assert session is not None
        session.starts_at = clock.now() - dt.timedelta(minutes=minutes_ago)
        session.ends_at = session.starts_at + dt.timedelta(hours=1)
        session.save()
        return session

    def client(self, account: Account) -> Client:
        client = Client()
        client.force_login(account)
        if self.actor(account).is_staff:
            session = client.session
            session["enrolled"] = True  # as if the second factor had just been shown
            session.save()
        return client


def build_town(key: str, name: str, residents: int = 3) -> Town:
    authority = Authority.objects.create(key=key, name=name, created_at=clock.now(), contact={"phone": "0748-00-0000"})
    with authority_scope(authority):
        for (kind, part), data in parts_of(_definition()).items():
            DefinitionVersion.objects.create(
                authority=authority, kind=kind, key=part, version=1, loaded_at=clock.now(), data=data,
                digest=digest_of(data),
            )  # fmt: skip
        town_district = District.objects.create(authority=authority, key="all", name=name)
        district = District.objects.create(authority=authority, key="mihon", name="見本学区", parent=town_district)
        organization = Organization.objects.create(
            authority=authority, name=f"{name}文庫", mail=f"bunko-{key}@example.jp", district=district,
            effective_on=clock.today(), recorded_at=clock.now(),
        )  # fmt: skip
        official = Account.objects.create_user(f"official-{key}@example.jp", name="例示 花子")
        coordinator = Account.objects.create_user(f"coordinator-{key}@example.jp", name="架空 健一")
        for account, role in ((official, "officer"), (coordinator, "coordinator")):
            Grant.objects.create(authority=authority, account=account, role=role, starts_on=clock.today())
        town = Town(authority, official, coordinator, official, organization, district)
        host = town.add_resident("試案 みのり")
        Membership.objects.create(
            authority=authority, organization=organization, person=host, role="representative",
            effective_on=clock.today(), recorded_at=clock.now(),
        )  # fmt: skip
        town.host_account = town.accounts.pop()
        town.persons.pop()
        for _ in range(residents):
            town.add_resident()
    return town


@pytest.fixture
def sora(db: None) -> Iterator[Town]:
    """The town in which a test happens; its scope is open."""
    town = build_town("sora", "そら市")
    with authority_scope(town.authority):
        yield town


@pytest.fixture
def hinata(db: None) -> Town:
    """The other town."""
    return build_town("hinata", "ひなた町")
