"""AuditEvent: one row for each act and each reading of contact data."""

from typing import ClassVar

from django.db import models
from django_scopes import ScopedManager

from yui.base.privacy import Declaration, declare
from yui.base.tenancy.models import Authority


class AuditEvent(models.Model):
    """Appended in the transaction of the act (decision 11). No personal value is ever kept here (decision 10)."""

    authority = models.ForeignKey(Authority, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    roles = models.CharField(max_length=120, blank=True)
    act = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    person_id = models.CharField(max_length=16, blank=True, help_text="public id of the person concerned")
    fields = models.JSONField(default=list, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    details = models.JSONField(default=dict, blank=True, help_text="codes and public ids only")
    number = models.PositiveBigIntegerField(null=True, unique=True)
    digest = models.CharField(max_length=64, blank=True)

    objects = ScopedManager(authority="authority")

    declaration: ClassVar[Declaration] = declare(
        purpose="だれが、いつ、何をしたか、だれの連絡先を見たかの記録",
        retention="5年",
        c2="id authority at actor roles act object_type object_id person_id fields reason details number digest",
    )

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["authority", "person_id", "act"]),
            models.Index(fields=["authority", "object_type", "object_id"]),
        ]
