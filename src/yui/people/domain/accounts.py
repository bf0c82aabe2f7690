"""Who may sign in for a person. What stands behind an account is told in ``people.sign_ins``."""

import datetime as dt

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.accounts.models import Account
from yui.base.audit.record import record
from yui.people.models import Person, Proxy
from yui.people.sign_ins import attach_mail_account


def link_account(*, actor: Actor, person: Person, mail: str) -> Account:
    """Let the owner of a mail address sign in for this person from now on."""
    require(actor, Permission.PERSON_WRITE, person)
    with transaction.atomic():
        account = attach_mail_account(person, mail, minor=False)
        record(actor, "account.linked", person, person_id=person.public_id, details={"account": account.public_id})
    return account


def unlink_account(*, actor: Actor, proxy: Proxy) -> None:
    """End a proxy from today on."""
    require(actor, Permission.PERSON_WRITE, proxy)
    with transaction.atomic():
        proxy.ends_on = clock.today() - dt.timedelta(days=1)
        proxy.save(update_fields=["ends_on"])
        record(actor, "account.unlinked", proxy, person_id=proxy.person.public_id)
