"""The cast: two towns, Sora and Hinata, in each a coordinator, residents and an organisation."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest

from yui.activities.models import Activity, Opportunity, OpportunityChoice
from yui.base import clock
from yui.base.access.actor import actor_for
from yui.base.access.models import Grant
from yui.base.accounts.models import Account
from yui.base.definitions.checks import plain
from yui.base.definitions.domain import digest_of, parts_of
from yui.base.definitions.models import DefinitionVersion
from yui.base.definitions.reading import read
from yui.base.tenancy.models import Authority, District
from yui.base.tenancy.scope import authority_scope
from yui.people.models import (
    Consent,
    Contact,
    Membership,
    Organization,
    Person,
    PersonChoice,
    Profile,
    Proxy,
    Registration,
)

KONAN = Path(__file__).resolve().parents[4] / "definitions" / "konan"
TODAY = dt.date(2026, 11, 20)
_number = count(1)


@pytest.fixture(scope="session")
def konan_data():
    """The definition of Konan as plain data by file stem."""
    return plain({path.stem: read(path).data for path in sorted(KONAN.glob("*.yaml")) if path.stem != "examples"})


@dataclass
class Cast:
    authority: Authority
    coordinator: Account
    district: District
    organization: Organization
    member: Account
    opportunity: Opportunity

    def actor(self, account=None):
        return actor_for(account or self.coordinator, self.authority)


@pytest.fixture(autouse=True)
def today(settings):
    settings.YUI_TODAY = TODAY.isoformat()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def town(key, data):
    now = clock.now()
    authority = Authority.objects.create(key=key, name=key, created_at=now, contact={"phone": "0748-00-0000"})
    with authority_scope(authority):
        for (kind, name), content in parts_of(data).items():
            DefinitionVersion.objects.create(
                authority=authority, kind=kind, key=name, version=1, loaded_at=now, data=content,
                digest=digest_of(content),
            )  # fmt: skip
        district = District.objects.create(
            authority=authority,
            key="mihon",
            name="見本学区",
            latitude=Decimal("35.00000"),
            longitude=Decimal("136.08000"),
        )
        coordinator = Account.objects.create_user(f"sakura@{key}.example.jp", name="仮名 さくら")
        Grant.objects.create(authority=authority, account=coordinator, role="coordinator", starts_on=clock.today())
        organization = Organization.objects.create(
            authority=authority, name="ひながた文庫", mail=f"bunko@{key}.example.jp", phone="0748-00-0777",
            address="架空町1-1", effective_on=clock.today(), recorded_at=now, district=district,
        )  # fmt: skip
        host = make_person(authority, "雛形 ことは")
        Membership.objects.create(
            authority=authority, organization=organization, person=host, role="representative",
            effective_on=clock.today(), recorded_at=now,
        )  # fmt: skip
        member = account_of(authority, host)
        opportunity = make_opportunity(authority, organization, district=district)
    return Cast(authority, coordinator, district, organization, member, opportunity)


def make_opportunity(authority, organization=None, title="土曜の朝、絵本を1冊読む", person=None, **fields):
    now = clock.now()
    activity = Activity.objects.create(
        authority=authority, host_organization=organization, host_person=person, title="文庫の会",
        effective_on=clock.today(), recorded_at=now, district=fields.get("district"),
    )  # fmt: skip
    fields = {"state": "open", "capacity": 5, "opened_on": clock.today(), **fields}
    thing = Opportunity.objects.create(authority=authority, activity=activity, title=title, recorded_at=now, **fields)
    for kind, key in (("theme", "kyoiku"), ("skill", "reading"), ("slot", "saturday_morning")):
        OpportunityChoice.objects.create(authority=authority, opportunity=thing, kind=kind, key=key)
    return thing


def make_person(
    authority, name="見本 太郎", *, consents=("register", "introduce"), slots=("saturday_morning",), skills=("reading",),
    themes=(), phone="", mail="", way="mail", district=None, birth_year=1955, registered=None, **fields,
):  # fmt: skip
    now, number = clock.now(), next(_number)
    person = Person.objects.create(
        authority=authority, display_name=name, birth_year=birth_year, district=district, created_at=now, **fields
    )
    Profile.objects.create(authority=authority, person=person, contact_way=way, reach_km=15)
    Registration.objects.create(
        authority=authority, person=person, scheme_key=authority.key, effective_on=registered or clock.today(),
        recorded_at=now,
    )  # fmt: skip
    for purpose in consents:
        Consent.objects.create(
            authority=authority, person=person, purpose=purpose, wording_version=1, effective_on=clock.today(),
            recorded_at=now,
        )  # fmt: skip
    for kind, keys in (("slot", slots), ("skill", skills), ("theme", themes)):
        for key in keys:
            PersonChoice.objects.create(authority=authority, person=person, kind=kind, key=key)
    given = {"mail": mail or f"hito{number}@example.jp", "phone": phone or f"090-0000-{number:04d}"}
    for kind, value in given.items():
        Contact.objects.create(authority=authority, person=person, kind=kind, value=value, effective_on=clock.today())
    return person


def account_of(authority, person):
    account = Account.objects.create_user(f"own{person.pk}-{authority.key}@example.jp", name=person.display_name)
    Proxy.objects.create(authority=authority, account=account, person=person, starts_on=clock.today())
    return account


@pytest.fixture
def sora(db, konan_data):
    """The town of Sora, with its scope open."""
    cast = town("sora", konan_data)
    with authority_scope(cast.authority):
        yield cast


@pytest.fixture
def hinata(db, konan_data):
    """Another town; its scope is not open."""
    return town("hinata", konan_data)


@pytest.fixture
def taro(sora):
    return make_person(sora.authority, "見本 太郎", district=sora.district)
