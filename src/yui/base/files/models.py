"""Attachment: a file with its class, rights holder, retention and seal."""

from typing import ClassVar

from django.db import models

from yui.base.accounts.models import Account
from yui.base.privacy import Declaration, declare
from yui.base.tenancy.models import TenantModel


class Attachment(TenantModel):
    """The row of a stored file. The bytes lie below ``MEDIA_ROOT/<authority>/`` under a random name."""

    data_class = models.CharField(max_length=8, default="c2", help_text="public, c2, c3c or c3b")
    purpose = models.CharField(max_length=60)
    path = models.CharField(max_length=120, unique=True, help_text="below MEDIA_ROOT")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(help_text="bytes")
    content_type = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    rights_holder = models.CharField(max_length=100, blank=True)
    owner_kind = models.CharField(max_length=20, blank=True, help_text="person or organization, when it is their own")
    owner_pk = models.BigIntegerField(null=True, blank=True)
    related_kind = models.CharField(max_length=40, blank=True)
    related_id = models.CharField(max_length=40, blank=True, help_text="public id of what the file belongs to")
    retention_until = models.DateField(null=True, blank=True)
    sealed_until = models.DateTimeField(null=True, blank=True)
    uploaded_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    uploaded_at = models.DateTimeField()
    metadata_removed = models.BooleanField(default=False)

    declaration: ClassVar[Declaration] = declare(
        purpose="添付ファイル",
        retention="retention_until まで。なければ属するものと同じ",
        c2="id authority public_id data_class purpose path sha256 size content_type owner_kind owner_pk related_kind "
        "related_id retention_until sealed_until uploaded_by uploaded_at metadata_removed",
        c3c="name rights_holder",
    )

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["authority", "related_kind", "related_id"])]

    def owner_subjects(self) -> frozenset[tuple[str, int]]:
        """The person or organisation whose own file this is."""
        return frozenset({(self.owner_kind, self.owner_pk)}) if self.owner_pk is not None else frozenset()
