import datetime as dt
from dataclasses import dataclass

import pytest
from django.conf import settings as conf

from yui.base.access.actor import Actor, actor_for
from yui.base.accounts.models import Account
from yui.base.definitions.founding import load_as_command
from yui.base.tenancy.models import Authority
from yui.base.tenancy.scope import authority_scope
from yui.office.commissions.domain import appoint_staff
from yui.office.contracts import domain
from yui.office.contracts.models import Contract, ContractDeposit
from yui.office.tests.cast import account
from yui.people.models import Organization

PDF = b"%PDF-1.4\n% a paper\n%%EOF\n"


@dataclass
class Town:
    """A town of a shipped definition with an officer who drafts, one who decides, and an organisation."""

    authority: Authority
    officer: Account
    second: Account
    organization: Organization

    def actor(self, who: str = "officer") -> Actor:
        return actor_for(getattr(self, who), self.authority)

    def draft(self, amount: int = 8_250_000, **values) -> Contract:
        given = {
            "title": "見本業務委託契約", "amount": amount, "tax": amount // 11,
            "starts_on": dt.date(2026, 7, 1), "ends_on": dt.date(2027, 3, 19), **values,
        }  # fmt: skip
        key = given.pop("key", "r8")
        return domain.draft_contract(
            actor=self.actor(), commission_key=key, organization=self.organization, values=given
        )

    def signed(self, amount: int = 8_250_000, **values) -> Contract:
        contract = self.draft(amount, **values)
        deposit = ContractDeposit.objects.select_related("contract__engagement").get(contract=contract)
        if deposit.least:
            domain.settle_deposit(actor=self.actor(), deposit=deposit, paid=deposit.least, paid_on=contract.starts_on)
        contract = domain.request_contract(actor=self.actor(), contract=contract)
        contract = domain.decide_contract(actor=self.actor("second"), contract=contract, accepted=True)
        return domain.sign_contract(actor=self.actor(), contract=contract, on=contract.starts_on)

    def lead(self, contract: Contract) -> Actor:
        made = account(self.authority, f"lead{contract.pk}")
        appoint_staff(actor=self.actor(), engagement=contract.engagement, account=made, role="contractor_lead")
        return actor_for(made, self.authority)


@pytest.fixture
def on_day(settings):
    """Sets the day the house believes it is."""

    def set_day(day):
        settings.YUI_TODAY = day if isinstance(day, str) else day.isoformat()

    set_day("2026-11-20")
    return set_day


@pytest.fixture
def town(db, on_day, settings, tmp_path):
    """``town("sanda")``: a town of that definition, inside its scope."""
    settings.MEDIA_ROOT = tmp_path / "files"
    scopes = []

    def make(key="konan"):
        load_as_command(conf.DEFINITIONS_DIR / key)
        authority = Authority.objects.get(key=key)
        scope = authority_scope(authority)
        scope.__enter__()
        scopes.append(scope)
        organization = Organization.objects.create(
            authority=authority, name="まちのわ例示社", effective_on=dt.date(2025, 4, 1),
            recorded_at=dt.datetime(2025, 4, 1, tzinfo=dt.UTC),
        )  # fmt: skip
        return Town(
            authority, account(authority, "officer", "officer"), account(authority, "second", "officer"), organization
        )

    yield make
    for scope in reversed(scopes):
        scope.__exit__(None, None, None)
