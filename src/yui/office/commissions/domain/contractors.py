"""The contractor and its people, as one act each: engage an organisation that may be new, appoint by mail address."""

import datetime as dt

from django.db import transaction

from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.models import Grant
from yui.base.staff.domain import invite, staff_account
from yui.office.commissions.domain.contracts import appoint_staff, require_authority, start_engagement
from yui.office.commissions.models import Commission, Engagement
from yui.people.domain import register_organization
from yui.people.models import Organization


def engage_contractor(
    *,
    actor: Actor,
    commission: Commission,
    organization: Organization | None = None,
    new_name: str = "",
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
) -> Engagement:
    """Engage an organisation of the register, or register one by its name and engage it. Raises ``NotPossible``."""
    require_authority(actor, commission)
    if (organization is None) != bool(new_name.strip()):
        raise NotPossible(
            "名簿の団体を選ぶか、新しい団体の名前を書くか、どちらか一方にしてください。", "one_organization"
        )
    with transaction.atomic():
        if organization is None:
            organization = register_organization(actor=actor, values={"name": new_name.strip()})
        return start_engagement(
            actor=actor, commission=commission, organization=organization, starts_on=starts_on, ends_on=ends_on
        )


def appoint_by_mail(*, actor: Actor, engagement: Engagement, mail: str, name: str, role: str) -> Grant:
    """Give a contractor's role to whoever has a mail address, and write to them how to sign in.

    The account is made when the address is new. Raises ``NotPossible``.
    """
    require_authority(actor, engagement)
    with transaction.atomic():
        account = staff_account(actor=actor, mail=mail, name=name)
        grant = appoint_staff(actor=actor, engagement=engagement, account=account, role=role)
        invite(actor=actor, account=account)
    return grant
