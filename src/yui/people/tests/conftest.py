"""The cast of the people wing: two towns, Sora and Hinata, in each an official, a coordinator and residents."""

import copy
import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.backends import ModelBackend  # noqa: F401 — makes the backends importable early
from django.test import Client

from yui.base import clock
from yui.base.access.actor import Actor, actor_for
from yui.base.access.models import Grant
from yui.base.accounts.models import Account
from yui.base.definitions.checks import plain, read_folder
from yui.base.definitions.domain import digest_of, parts_of
from yui.base.definitions.models import DefinitionVersion
from yui.base.tenancy.models import Authority, District
from yui.base.tenancy.scope import authority_scope
from yui.people.answers import Answers
from yui.people.domain import register_by_proxy
from yui.people.models import Person
from yui.people.models.registrations import Received

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FOLDER = Path(settings.DEFINITIONS_DIR) / "konan"
CONSENTS = ("register", "introduce", "notices", "handover")


@pytest.fixture(scope="session")
def definition_parts():
    """The definition of the example folder as stored data, read once."""
    return plain(read_folder(FOLDER).data())


@dataclass
class Town:
    """One town with its people."""

    authority: Authority
    district: District
    accounts: dict[str, Account] = field(default_factory=dict)

    def staff(self, role: str) -> Actor:
        """The actor who holds a role here."""
        if role not in self.accounts:
            account = Account.objects.create_user(f"{role}@{self.authority.key}.example.jp", name=f"見本 {role}")
            Grant.objects.create(authority=self.authority, account=account, role=role, starts_on=dt.date(2026, 1, 1))
            self.accounts[role] = account
        return actor_for(self.accounts[role], self.authority)

    def anonymous(self) -> Actor:
        """A visitor."""
        return Actor(account=None, authority=self.authority)

    def register(self, name: str = "見本 太郎", **given) -> Person:
        """A registered person, entered by the coordinator."""
        return register_by_proxy(
            actor=self.staff("coordinator"),
            answers=self.answers(display_name=name, **given),
            received=Received.PAPER,
            received_on=given.pop("received_on", clock.today()),
        )

    def answers(self, **given) -> Answers:
        """Answers that are complete, unless something is given otherwise."""
        given.pop("received_on", None)
        base = {
            "display_name": "見本 太郎", "kana": "ミホン タロウ", "district": self.district,
            "contacts": (("phone", "0748000001"),), "contact_way": "phone", "consents": CONSENTS,
            "choices": {"theme": ("fukushi",), "skill": ("reading",), "slot": ("saturday_morning",)},
        }  # fmt: skip
        return Answers(**{**base, **given})

    def resident(self, person: Person) -> Actor:
        """The person's own actor."""
        from yui.people.sign_ins import attach_mail_account

        account = attach_mail_account(person, f"{person.public_id}@example.jp", minor=False)
        return actor_for(account, self.authority)

    def client(self, actor: Actor) -> Client:
        """A browser signed in as an actor, second factor shown."""
        client = Client()
        client.force_login(actor.account, backend=BACKEND)
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa"}]
        session["enrolled"] = True
        session.save()
        return client

    def path(self, rest: str) -> str:
        """An address of the town."""
        return f"/{self.authority.key}/{rest}"


def make_town(key: str, data: dict) -> Town:
    """A town that runs from the example definition."""
    authority = Authority.objects.create(
        key=key, name=f"{key}市", created_at=clock.now(), contact={"phone": "0748-00-0000"}
    )
    content = copy.deepcopy(data)
    with authority_scope(authority):
        for (kind, name), part in parts_of(content).items():
            DefinitionVersion.objects.create(
                authority=authority, kind=kind, key=name, version=1, loaded_at=clock.now(), data=part,
                digest=digest_of(part), changes=[],
            )  # fmt: skip
        district = District.objects.create(authority=authority, key="mihon", name="見本学区")
    return Town(authority, district)


@pytest.fixture
def sora(db, definition_parts):
    """Sora, with its scope open for the length of the test."""
    town = make_town("sora", definition_parts)
    with authority_scope(town.authority):
        yield town


@pytest.fixture
def hinata(db, definition_parts):
    """Hinata, a second town; open its scope to look into it."""
    return make_town("hinata", definition_parts)
