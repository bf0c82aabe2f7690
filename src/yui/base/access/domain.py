"""What can be done with roles: give one from a day to a day, end one."""

import datetime as dt

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.models import Grant
from yui.base.access.permissions import Permission
from yui.base.access.roles import ROLES
from yui.base.access.rules import require
from yui.base.accounts.models import Account


def end_of_fiscal_year(day: dt.date) -> dt.date:
    """The 31st of March that ends the fiscal year of ``day``."""
    return dt.date(day.year + (day.month > 3), 3, 31)


def grant_role(*, actor: Actor, mail: str, name: str, role: str, ends_on: dt.date | None = None) -> Grant:
    """Give an account a role of the authority, until the end of the fiscal year at most.

    The account is made when the mail address is new; it then signs in by a mailed code, sets its password and enrols
    a second factor. Contractors' roles are given through their engagement. Raises ``NotPossible``.
    """
    require(actor, Permission.ACCOUNT_MANAGE)
    known, today = ROLES.get(role), clock.today()
    if known is None or not known.staff or known.by_engagement:
        raise NotPossible("市の職員の役割を選んでください。受託者の役割は、受託の画面で決めます。", "role")
    last = end_of_fiscal_year(today)
    if ends_on is not None and not today <= ends_on <= last:
        raise NotPossible("終わりの日は、今日から年度末までの間にしてください。", "ends_on")
    with transaction.atomic():
        account = Account.objects.filter(email=mail.strip().lower()).first()
        if account is None:
            account = Account.objects.create_user(mail, name=name)
        if Grant.objects.filter(account=account, role=role, ends_on__gte=today).exists():
            raise NotPossible("この人は、もうその役割を持っています。", "already")
        return Grant.objects.create(
            authority=actor.authority, account=account, role=role, starts_on=today, ends_on=ends_on or last
        )


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
    return grant
