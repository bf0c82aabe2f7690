"""Proposal: one applicant's papers of one stage. Sealed until the deadline."""

from typing import ClassVar

from django.db import models

from yui.base.accounts.models import Account
from yui.base.privacy import Declaration, declare
from yui.base.tenancy.models import EditableModel, TenantModel
from yui.office.calls.models.applicants import Applicant
from yui.office.calls.models.calls import TEN_YEARS, Call


class Proposal(EditableModel):
    """企画提案: what one applicant handed in for one stage. Before the deadline a new one replaces the earlier.

    ``sealed_estimate``: the sum as only the house can open it; ``estimate``: whole yen, from the opening on.
    ``verdict``: code of the engine's receipt where it was not accepted (``late``, ``counter_closed``, …).
    """

    applicant = models.ForeignKey(Applicant, on_delete=models.CASCADE, related_name="proposals")
    stage = models.CharField(max_length=60, help_text="key of the stage")
    state = models.CharField(max_length=20, default="draft", help_text="draft, received, replaced or refused")
    receipt = models.CharField(max_length=30, blank=True, help_text="受付番号")
    received_at = models.DateTimeField(null=True, blank=True)
    channel = models.CharField(max_length=10, default="web")
    tracking = models.CharField(max_length=60, blank=True, help_text="number of the registered letter")
    received_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    verdict = models.CharField(max_length=40, blank=True)
    exception = models.CharField(max_length=500, blank=True, help_text="why a late replacement was let in, and by whom")
    sealed_estimate = models.CharField(max_length=300, blank=True)
    estimate = models.PositiveBigIntegerField(null=True, blank=True, help_text="whole yen, tax included")

    declaration: ClassVar[Declaration] = declare(
        purpose="企画提案の受付",
        retention=TEN_YEARS,
        c2="id authority public_id version applicant stage state receipt received_at channel tracking received_by "
        "verdict exception estimate",
        c3b="sealed_estimate",
    )

    class Meta:
        ordering = ["applicant", "stage", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["applicant", "stage"], condition=models.Q(state="draft"), name="proposal_one_draft"
            )
        ]

    def owner_subjects(self) -> frozenset[tuple[str, int]]:
        """The applicant."""
        return frozenset({("applicant", self.applicant_id)})


class SubmittedPaper(TenantModel):
    """提出された書類: one file, or so many copies on paper. The bytes below ``MEDIA_ROOT`` are encrypted.

    Its key, its name and the ``findings`` of a page, size or font check lie in the sealed ``envelope``; ``name`` and
    ``findings`` are empty until the opening.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="papers")
    paper = models.CharField(max_length=60, help_text="key of the paper in the call")
    name = models.CharField(max_length=200, blank=True)
    copies = models.PositiveSmallIntegerField(default=1)
    on_paper = models.BooleanField(default=False)
    path = models.CharField(max_length=120, blank=True, help_text="below MEDIA_ROOT, encrypted")
    envelope = models.TextField(blank=True, help_text="key, name and findings, as only the house can open them")
    sha256 = models.CharField(max_length=64, blank=True, help_text="of the file as it was handed in")
    size = models.PositiveBigIntegerField(default=0, help_text="bytes")
    content_type = models.CharField(max_length=100, blank=True)
    findings = models.JSONField(default=list)
    obtained_on = models.DateField(null=True, blank=True, help_text="day of issue, where a certificate has an age")
    added_at = models.DateTimeField()

    declaration: ClassVar[Declaration] = declare(
        purpose="企画提案の書類",
        retention=TEN_YEARS,
        c2="id authority public_id proposal paper copies on_paper path sha256 size content_type findings obtained_on "
        "added_at",
        c3c="name",
        c3b="envelope",
    )

    class Meta:
        ordering = ["paper", "id"]

    def owner_subjects(self) -> frozenset[tuple[str, int]]:
        """The applicant."""
        return self.proposal.owner_subjects()


class SealOpening(TenantModel):
    """開封: the papers of a stage were opened, by whom and before whom. Once for each stage."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="openings")
    stage = models.CharField(max_length=60)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    witness = models.CharField(max_length=100, blank=True, help_text="who stood by")

    declaration: ClassVar[Declaration] = declare(
        purpose="開封の記録",
        retention=TEN_YEARS,
        c2="id authority public_id call stage opened_at opened_by",
        c3c="witness",
    )

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["call", "stage"], name="seal_opened_once")]
