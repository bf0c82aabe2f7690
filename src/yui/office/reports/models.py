"""ReportDraft: what is to be said. MonthlyReport: one version of the report of a month, made from locked rows."""

from typing import ClassVar

from django.db import models

from yui.base.accounts.models import Account
from yui.base.privacy import Declaration, declare
from yui.base.tenancy.models import EditableModel, TenantModel
from yui.office.commissions.models import FIVE_YEARS, Commission


class ReportDraft(EditableModel):
    """What the contractor chose to say in a month, before the report is made."""

    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="report_drafts")
    month = models.DateField(help_text="first day of the month")
    lines = models.JSONField(default=list, help_text="{source, heading, text}: chosen lines, without names")
    next_month = models.TextField(blank=True, max_length=2000)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    declaration: ClassVar[Declaration] = declare(
        purpose="月次報告の下書き",
        retention=FIVE_YEARS,
        c2="id authority public_id version commission month lines next_month saved_at saved_by",
    )

    class Meta:
        ordering = ["-month"]
        constraints = [models.UniqueConstraint(fields=["commission", "month"], name="report_draft_once")]


class MonthlyReport(TenantModel):
    """月次報告. A correction is a new version with a reason; nothing is overwritten."""

    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="reports")
    month = models.DateField(help_text="first day of the month")
    number = models.PositiveSmallIntegerField(default=1, help_text="version of the report")
    reason = models.CharField(max_length=300, blank=True)
    lock_id = models.CharField(max_length=16, help_text="public id of the month lock the figures come from")
    state = models.CharField(
        max_length=20, default="queued", help_text="queued, made, submitted, returned, accepted, failed"
    )
    notes = models.JSONField(default=list, blank=True, help_text="qualitative lines as chosen, without names")
    facts = models.JSONField(default=dict, help_text="everything else the document says, fixed when it was asked for")
    word_id = models.CharField(max_length=16, blank=True)
    excel_id = models.CharField(max_length=16, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField()

    declaration: ClassVar[Declaration] = declare(
        purpose="月次報告",
        retention=FIVE_YEARS,
        c2="id authority public_id commission month number reason lock_id state notes facts word_id excel_id made_at "
        "made_by recorded_at",
    )

    class Meta:
        ordering = ["-month", "-number"]
        constraints = [models.UniqueConstraint(fields=["commission", "month", "number"], name="report_version_once")]
