"""Accounts of persons: the one behind a mail address, and the technical one behind a card or a browser.

A registration never signs anybody in to the account of the mail address that was typed: the address is not yet shown to
be the visitor's. The browser goes on with a technical account (``<public id>@card.invalid``), which has no password, gets
no mail and speaks for this one person only; where a mail address was given its proxy ends the next day, and from then on
one signs in with the mailed code. Called by the verbs, which ask for the right and record.
"""

import datetime as dt

from django.db.models import Q

from yui.base import clock
from yui.base.accounts.models import Account
from yui.people.models import Person, Proxy

TECHNICAL = "@card.invalid"


def attach_mail_account(person: Person, mail: str, *, minor: bool) -> Account:
    """Find or make the account of an address and give it a proxy."""
    address = mail.strip().lower()
    account = Account.objects.filter(email=address).first() or Account.objects.create_user(address)
    attach_account(person, account, minor=minor)
    return account


def attach_account(person: Person, account: Account, *, minor: bool) -> None:
    """Give an account a proxy for one more person. Its first person is its own, further ones are not."""
    has_own = Proxy.objects.filter(account=account, relation=Proxy.Relation.SELF, person__erased_at=None).exists()
    relation = Proxy.Relation.SELF
    if has_own:
        relation = Proxy.Relation.PARENT if minor else Proxy.Relation.HELPER
    _give_proxy(person, account, relation, None)


def open_device_account(person: Person, *, has_mail: bool) -> Account:
    """The technical account with which the browser of a registration goes on."""
    account = technical_account(person)
    ends = clock.today() + dt.timedelta(days=1) if has_mail else None
    _give_proxy(person, account, Proxy.Relation.SELF, ends)
    return account


def technical_account(person: Person) -> Account:
    """The account without an address that a card opens; made when first needed."""
    address = f"{person.public_id}{TECHNICAL}"
    return Account.objects.filter(email=address).first() or Account.objects.create_user(address)


def open_card_account(person: Person, until: dt.date) -> Account:
    """Let a card open the technical account until a day."""
    account = technical_account(person)
    _give_proxy(person, account, Proxy.Relation.SELF, until)
    return account


def _give_proxy(person: Person, account: Account, relation: str, ends_on: dt.date | None) -> Proxy:
    today = clock.today()
    present = (
        Proxy.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), person=person, account=account)
        .order_by("-id")
        .first()
    )
    if present is None:
        return Proxy.objects.create(
            authority_id=person.authority_id, person=person, account=account, relation=relation,
            starts_on=today, ends_on=ends_on,
        )  # fmt: skip
    if present.ends_on is not None and (ends_on is None or ends_on > present.ends_on):
        present.ends_on = ends_on
        present.save(update_fields=["ends_on"])
    return present
