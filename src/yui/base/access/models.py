"""Grant: a role held by an account at an authority, from a day to a day."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from yui.base.accounts.models import Account
from yui.base.privacy import Declaration, declare
from yui.base.tenancy.models import TenantModel


class Grant(TenantModel):
    """A dated role. Staff grants end with the fiscal year, contractors' with their engagement."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=40)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    engagement_id = models.CharField(max_length=16, blank=True, help_text="public id of the engagement it ends with")
    recorded_at = models.DateTimeField(auto_now_add=True)

    declaration: ClassVar[Declaration] = declare(
        purpose="職員・受託者の役割",
        retention="終了から5年",
        c2="id authority public_id account role starts_on ends_on engagement_id recorded_at",
    )

    class Meta:
        ordering = ["role", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")), name="grant_ends_after_start"
            )
        ]
