"""Share: a town's consent. MemberTown: whom a prefecture counts as its own. SharedFigure: the number that crossed.

A consent is the town's row; the number that came of it is the prefecture's. So the prefecture's pages read the
prefecture's rows only, and there is nothing of a town to be found from there.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from yui.base.accounts.models import Account
from yui.base.privacy import Declaration, declare
from yui.base.tenancy.models import Authority, TenantModel
from yui.office.commissions.models import FIVE_YEARS
from yui.office.sharing.states import OPEN, State


class Share(TenantModel):
    """分けあう約束: one measure of this town goes to one receiver, from a month on, until it is withdrawn."""

    receiver = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    measure = models.CharField(max_length=80)
    proposal = models.CharField(max_length=16, help_text="what was asked and approved together")
    from_month = models.DateField(help_text="first day of the first month that is shared")
    state = models.CharField(max_length=10, default=State.ASKED)
    asked_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    agreed_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    declaration: ClassVar[Declaration] = declare(
        purpose="県などと数字を分けあう約束",
        retention=FIVE_YEARS,
        c2="id authority public_id receiver measure proposal from_month state asked_by asked_at agreed_on ended_on",
    )

    class Meta:
        ordering = ["measure", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "receiver", "measure"], condition=Q(state__in=OPEN), name="share_open_once"
            )
        ]


class MemberTown(TenantModel):
    """市町: a town that a prefecture counts as its own. It gives the prefecture nothing but a name in its table."""

    town = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    added_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    declaration: ClassVar[Declaration] = declare(
        purpose="県などの市町の一覧", retention="利用終了まで", c2="id authority public_id town added_on ended_on"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "town"], condition=Q(ended_on=None), name="member_town_once")
        ]


class SharedFigure(TenantModel):
    """分けあった数字: one number of one town, measure and month. ``value`` is empty where too few were counted."""

    town = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    measure = models.CharField(max_length=80)
    month = models.DateField(help_text="first day of the month")
    value = models.PositiveIntegerField(null=True, blank=True, help_text="empty: fewer than the smallest cell")
    counted_at = models.DateTimeField()

    declaration: ClassVar[Declaration] = declare(
        purpose="市町が分けあった数字",
        retention="市町が取り消すまで",
        c2="id authority public_id town measure month value counted_at",
    )

    class Meta:
        ordering = ["measure", "month"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "town", "measure", "month"], name="shared_figure_once")
        ]
