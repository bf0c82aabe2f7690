"""From whom a call selected to the contract: the draft knows it, and the signature ends the call."""

import datetime as dt

from django.test import Client

from yui.base import clock
from yui.base.audit.models import AuditEvent
from yui.base.tenancy.addresses import town_url
from yui.office.calls.domain import draft_call
from yui.office.calls.models import Applicant, Call, Proposal
from yui.office.contracts import domain
from yui.office.contracts.models import ContractDeposit

TERM = {"key": "r7", "starts_on": dt.date(2025, 8, 18), "ends_on": dt.date(2029, 3, 31)}


def decided(town):
    """A call of Sanda that selected one applicant."""
    call = draft_call(actor=town.actor(), key="r7")
    firm = Applicant.objects.create(
        authority=town.authority,
        call=call,
        name="架空つながり会",
        registered_at=clock.now(),
        state="selected",
        in_town=True,
    )
    Proposal.objects.create(
        authority=town.authority, applicant=firm, stage="proposal", state="received", estimate=41_000_000
    )
    Call.objects.filter(pk=call.pk).update(state="decided")
    return call, firm


def test_the_draft_begins_with_what_the_call_knows_and_the_signature_ends_the_call(town):
    sanda = town("sanda")
    call, firm = decided(sanda)
    client = Client()
    client.force_login(sanda.officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["enrolled"] = True
    session.save()
    hub = client.get(town_url(sanda.authority, "calls:desk_call", public_id=call.public_id)).content.decode()
    path = f"{town_url(sanda.authority, 'contracts:new')}?chosen={firm.public_id}"
    assert path in hub
    form = client.get(path).context["form"]
    assert (form.initial["new_name"], form.initial["amount"], form.initial["selection_id"]) == (
        "架空つながり会", 41_000_000, firm.public_id,
    )  # fmt: skip
    assert form.initial["head_office_in_town"] is True
    contract = sanda.draft(41_000_000, selection_id=firm.public_id, head_office_in_town=True, **TERM)
    years = {2025: 6_340_000, 2026: 10_860_000, 2027: 11_900_000, 2028: 11_900_000}
    domain.set_years(actor=sanda.actor(), contract=contract, amounts=years)
    deposit = ContractDeposit.objects.get(contract=contract)
    domain.settle_deposit(actor=sanda.actor(), deposit=deposit, paid=deposit.least, paid_on=contract.starts_on)
    contract = domain.request_contract(actor=sanda.actor(), contract=contract)
    contract = domain.decide_contract(actor=sanda.actor("second"), contract=contract, accepted=True)
    contract = domain.sign_contract(actor=sanda.actor(), contract=contract, on=contract.starts_on)
    call.refresh_from_db()
    assert (contract.state, call.state) == ("signed", "contracted")
    assert AuditEvent.objects.filter(act="call.contracted").count() == 1
    assert (
        "結びました"
        in client.get(town_url(sanda.authority, "calls:desk_call", public_id=call.public_id)).content.decode()
    )
