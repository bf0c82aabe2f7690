"""Approval and its dated steps."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from yui.base.accounts.models import Account
from yui.base.privacy import Declaration, declare
from yui.base.tenancy.models import TenantModel

OPEN = ("draft", "review", "returned")


class Approval(TenantModel):
    """What is to be approved is named by its kind and public id; this record knows nothing else about it."""

    kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40, help_text="public id of what is to be approved")
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=300, blank=True, help_text="where the thing can be read, below the town's path")
    state = models.CharField(max_length=20, default="draft")
    requested_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    requested_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    declaration: ClassVar[Declaration] = declare(
        purpose="承認の記録",
        retention="業務の終了から5年",
        c2="id authority public_id kind object_id title url state requested_by requested_at due_on decided_by "
        "decided_at",
    )

    class Meta:
        ordering = ["-requested_at", "-id"]
        indexes = [models.Index(fields=["authority", "state", "requested_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "kind", "object_id"], condition=Q(state__in=OPEN), name="one_open_approval"
            )
        ]


class ApprovalStep(TenantModel):
    """One dated step: who, what, when, with which words."""

    approval = models.ForeignKey(Approval, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=20)
    by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    comment = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()

    declaration: ClassVar[Declaration] = declare(
        purpose="承認の経過",
        retention="業務の終了から5年",
        c2="id authority public_id approval step by comment at",
    )

    class Meta:
        ordering = ["id"]
