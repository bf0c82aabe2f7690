"""DocumentTemplate: a town's own Word form. Document: what was made from it, with the facts it was made from."""

from typing import ClassVar

from django.db import models

from yui.base.accounts.models import Account
from yui.base.files.models import Attachment
from yui.base.privacy import Declaration, declare
from yui.base.tenancy.models import TenantModel


class DocumentTemplate(TenantModel):
    """An uploaded .docx with tags, checked before it is kept. The newest active version is used."""

    kind = models.CharField(max_length=40)
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    active_from = models.DateField()
    uploaded_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    uploaded_at = models.DateTimeField()
    tags = models.JSONField(default=list, help_text="the tags found in it")

    declaration: ClassVar[Declaration] = declare(
        purpose="書類の様式",
        retention="利用終了まで",
        c2="id authority public_id kind attachment version active_from uploaded_by uploaded_at tags",
    )

    class Meta:
        ordering = ["kind", "-version"]
        constraints = [models.UniqueConstraint(fields=["authority", "kind", "version"], name="template_version_once")]


class Document(TenantModel):
    """A document that was made. ``snapshot`` holds the codes, figures and public ids it was made from."""

    kind = models.CharField(max_length=40)
    number = models.PositiveIntegerField(help_text="counts up within authority and kind")
    title = models.CharField(max_length=200)
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    template = models.ForeignKey(DocumentTemplate, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    related_kind = models.CharField(max_length=40, blank=True)
    related_id = models.CharField(max_length=40, blank=True)
    snapshot = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    declaration: ClassVar[Declaration] = declare(
        purpose="作った書類",
        retention="業務の終了から5年",
        c2="id authority public_id kind number title attachment template related_kind related_id snapshot sha256 "
        "made_at made_by",
    )

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["authority", "kind", "number"], name="document_number_once")]
