"""The town the sweeps walk through: the demonstration town of Konan, a second town beside it, and one of each role.

Konan is full of invented people, so that a leak has something to leak. Hinata's staff and residents must see nothing
of it.
"""

import datetime as dt
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from yui.base import clock
from yui.base.access.models import Grant
from yui.base.access.roles import ROLES
from yui.base.accounts.models import Account
from yui.base.definitions.commands import new_command
from yui.base.definitions.founding import load_as_command
from yui.base.tenancy.models import Authority
from yui.base.tenancy.scope import authority_scope
from yui.people.models import Membership, Organization, Person, Proxy
from yui.site.demo.load import build_town
from yui.site.demo.roles import DEMO_ROLES

STAFF = [role.key for role in ROLES.values() if role.staff]
NO_SCREENS = ("evaluator", "proposer", "support_worker")


@dataclass
class Town:
    """Konan with an account for each role, and the accounts of Hinata."""

    konan: Authority
    hinata: Authority
    accounts: dict[str, Account] = field(default_factory=dict)

    def person(self, key: str) -> Person:
        """The person behind an account of a resident."""
        return Person.objects.get(proxy_set__account=self.accounts[key], proxy_set__relation="self")


def grant(authority: Authority, email: str, role: str) -> Account:
    account = Account.objects.filter(email=email).first() or Account.objects.create_user(email, name=f"見本 {role}")
    Grant.objects.create(authority=authority, account=account, role=role, starts_on=clock.today())
    return account


def build(tmp_path: Path) -> Town:
    """Build both towns in the present database."""
    build_town(lambda _: None)
    konan = Authority.objects.get(key="konan")
    hinata = _second_town(tmp_path)
    town = Town(konan, hinata)
    with authority_scope(konan):
        for key, role in DEMO_ROLES.items():
            town.accounts[key] = Account.objects.get(email=role.email)
        for key in NO_SCREENS:
            town.accounts[key] = grant(konan, f"{key}@example.jp", key)
        town.accounts["other_resident"] = resident(konan, Person.objects.order_by("pk")[40], "other@example.jp")
        other_group = Organization.objects.order_by("pk")[3]
        member = Person.objects.order_by("pk")[60]
        Membership.objects.create(
            authority=konan, organization=other_group, person=member, role="contact",
            effective_on=clock.today() - dt.timedelta(days=9), recorded_at=clock.now(),
        )  # fmt: skip
        town.accounts["other_organization"] = resident(konan, member, "group@example.jp")
    return town


def resident(authority: Authority, person: Person, email: str) -> Account:
    account = Account.objects.create_user(email, name=person.display_name)
    Proxy.objects.create(authority=authority, account=account, person=person, relation="self", starts_on=clock.today())
    return account


def _second_town(tmp_path: Path) -> Authority:
    folder = tmp_path / "definitions"
    shutil.copytree(settings.DEFINITIONS_DIR / "konan", folder / "konan")
    import os

    before = os.environ.get("YUI_DEFINITIONS")
    os.environ["YUI_DEFINITIONS"] = str(folder)
    try:
        assert new_command(["hinata", "--from", "konan"], lambda _: None) == 0
        load_as_command(folder / "hinata")
    finally:
        os.environ.pop("YUI_DEFINITIONS") if before is None else os.environ.update(YUI_DEFINITIONS=before)
    return Authority.objects.get(key="hinata")
