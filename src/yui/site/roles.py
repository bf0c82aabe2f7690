"""Who holds which role, for the page of accounts."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from yui.base.access.models import Grant
from yui.base.access.roles import ROLES, Role


@dataclass(frozen=True, slots=True)
class Held:
    """A dated role with its words."""

    grant: Grant
    role: Role


def grants_with_roles(today: dt.date) -> list[Held]:
    """The roles held today or later, by role and account."""
    grants = Grant.objects.select_related("account").filter(Q(ends_on=None) | Q(ends_on__gte=today))
    return [Held(grant, ROLES[grant.role]) for grant in grants.order_by("role", "account_id") if grant.role in ROLES]
