"""What can be done with the roles of staff: give one from a day to a day, end one. Each act leaves an audit row."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.models import Grant
from yui.base.access.permissions import Permission
from yui.base.access.roles import ROLES
from yui.base.access.rules import require
from yui.base.accounts.models import Account
from yui.base.audit.record import record
from yui.base.messages.domain import Receiver, send
from yui.engine.calendar import fiscal_year, fiscal_year_days


def end_of_fiscal_year(day: dt.date) -> dt.date:
    """The 31st of March that ends the fiscal year of ``day``."""
    return fiscal_year_days(fiscal_year(day))[1]


def staff_account(*, actor: Actor, mail: str, name: str) -> Account:
    """The account of a mail address, made when new. Called by the verb that gives a role, which asked for the right."""
    with transaction.atomic():
        account = Account.objects.filter(email=mail.strip().lower()).first()
        if account is None:
            account = Account.objects.create_user(mail.strip(), name=name.strip())
            record(actor, "account.created", account)
    return account


def invite(*, actor: Actor, account: Account) -> None:
    """Write to somebody who was given a role: how to sign in and to enrol the second factor. No secret stands in it."""
    sign_in = settings.YUI_PUBLIC_URL + reverse("account_login")
    to = Receiver("account", account.public_id, account.email)
    send(
        actor=actor, authority=actor.authority, channel="mail", kind="staff_invited", to=to,
        context={"sign_in_url": sign_in}, related=("account", account.public_id),
    )  # fmt: skip


def grant_role(*, actor: Actor, mail: str, name: str, role: str, ends_on: dt.date | None = None) -> Grant:
    """Give an account a role of the authority, until the end of the fiscal year at most, and tell the person.

    The account is made when the mail address is new. Contractors' roles are given through their engagement. Raises
    ``NotPossible``.
    """
    require(actor, Permission.ACCOUNT_MANAGE)
    known, today = ROLES.get(role), clock.today()
    if known is None or not known.staff or known.by_engagement:
        raise NotPossible("市の職員の役割を選んでください。受託者の役割は、受託の画面で決めます。", "role")
    last = end_of_fiscal_year(today)
    if ends_on is not None and not today <= ends_on <= last:
        raise NotPossible("終わりの日は、今日から年度末までの間にしてください。", "ends_on")
    with transaction.atomic():
        account = staff_account(actor=actor, mail=mail, name=name)
        if Grant.objects.filter(account=account, role=role, ends_on__gte=today).exists():
            raise NotPossible("この人は、もうその役割を持っています。", "already")
        grant = _give(actor, account, role, ends_on or last)
        invite(actor=actor, account=account)
    return grant


def end_role(*, actor: Actor, grant: Grant) -> Grant:
    """End a role today; tomorrow it is gone. Nobody ends their own last administrator's role."""
    require(actor, Permission.ACCOUNT_MANAGE, grant)
    today = clock.today()
    with transaction.atomic():
        grant = Grant.objects.select_for_update().get(pk=grant.pk)
        if actor.account is not None and grant.account_id == actor.account.pk:
            raise NotPossible("自分の役割は、ほかの管理者に終えてもらってください。", "own_role")
        if grant.ends_on is not None and grant.ends_on < today:
            raise NotPossible("この役割は、もう終わっています。", "already_ended")
        grant.ends_on = max(today, grant.starts_on)
        grant.save(update_fields=["ends_on"])
        record(actor, "role.ended", grant, details={"role": grant.role, "on": grant.ends_on.isoformat()})
    return grant


def add_staff(*, actor: Actor, mail: str, name: str, role: str, ends_on: dt.date, engagement_id: str = "") -> Account:
    """The account (made when new) with a role, for the command line. An equal role that still runs is prolonged.

    No mail is sent: whoever types the command hands over the page of enrolment.
    """
    require(actor, Permission.ACCOUNT_MANAGE)
    with transaction.atomic():
        account = staff_account(actor=actor, mail=mail, name=name)
        running = Grant.objects.filter(account=account, role=role, ends_on__gte=clock.today()).first()
        if running is None:
            _give(actor, account, role, ends_on, engagement_id)
        else:
            running.ends_on, running.engagement_id = ends_on, engagement_id
            running.save(update_fields=["ends_on", "engagement_id"])
            record(actor, "role.prolonged", running, details={"role": role, "until": ends_on.isoformat()})
    return account


def _give(actor: Actor, account: Account, role: str, ends_on: dt.date, engagement_id: str = "") -> Grant:
    grant = Grant.objects.create(
        authority=actor.authority, account=account, role=role, starts_on=clock.today(), ends_on=ends_on,
        engagement_id=engagement_id,
    )  # fmt: skip
    details = {"role": role, "to": account.public_id, "until": ends_on.isoformat()}
    record(actor, "role.granted", grant, details=details)
    return grant
