"""Applicant: who takes part in a call; what it declared, with whom it applies, and how it left."""

from typing import ClassVar

from django.db import models

from yui.base.accounts.models import Account
from yui.base.privacy import Declaration, declare
from yui.base.tenancy.models import EditableModel, TenantModel
from yui.office.calls.models.calls import TEN_YEARS, Call


class _Own(TenantModel):
    """A row of an applicant."""

    class Meta(TenantModel.Meta):
        abstract = True

    def owner_subjects(self) -> frozenset[tuple[str, int]]:
        """The applicant."""
        return frozenset({("applicant", self.applicant_id)})


class Applicant(EditableModel):
    """応募者: one organisation, or a consortium by its representative, in one call.

    ``form``: corporation, unincorporated or individual; it decides which papers are asked.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="applicants")
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="applications")
    name = models.CharField(max_length=200)
    form = models.CharField(max_length=20, default="corporation")
    on_register = models.BooleanField(default=False, help_text="on the town's register of bidders")
    in_town = models.BooleanField(default=False, help_text="head office in the town")
    consortium = models.BooleanField(default=False)
    representative = models.CharField(max_length=100, blank=True)
    postal = models.CharField(max_length=300, blank=True)
    mail = models.EmailField(blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    channel = models.CharField(max_length=10, default="web", help_text="web, or how staff received it")
    registered_at = models.DateTimeField()
    state = models.CharField(max_length=20, default="registered")
    unsuitable = models.CharField(
        max_length=500, blank=True, help_text="why the estimate does not suit, where a call has that gate"
    )

    declaration: ClassVar[Declaration] = declare(
        purpose="公募の応募者",
        retention=TEN_YEARS,
        c2="id authority public_id version call account name form on_register in_town consortium channel "
        "registered_at state unsuitable",
        c3c="representative postal mail telephone",
    )

    class Meta:
        ordering = ["registered_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "account"], condition=models.Q(account__isnull=False), name="applicant_once"
            )
        ]

    def owner_subjects(self) -> frozenset[tuple[str, int]]:
        """The applicant itself."""
        return frozenset({("applicant", self.pk)})


class ConsortiumMember(_Own):
    """共同体の構成員, with what it answers for. ``agreement_id``: public id of the attached 協定書."""

    applicant = models.ForeignKey(Applicant, on_delete=models.CASCADE, related_name="consortium_members")
    name = models.CharField(max_length=200)
    answers_for = models.CharField(max_length=500)
    agreement_id = models.CharField(max_length=16, blank=True)

    declaration: ClassVar[Declaration] = declare(
        purpose="共同体の構成員",
        retention=TEN_YEARS,
        c2="id authority public_id applicant name answers_for agreement_id",
    )

    class Meta:
        ordering = ["id"]


class EligibilityAnswer(_Own):
    """資格の申告: one requirement, as declared by the applicant and as looked at by staff. A later look is a new row."""

    applicant = models.ForeignKey(Applicant, on_delete=models.CASCADE, related_name="eligibility")
    requirement = models.CharField(max_length=60, help_text="key of the requirement")
    declared = models.BooleanField(default=False)
    words = models.CharField(max_length=1000, blank=True, help_text="what the applicant adds")
    result = models.CharField(max_length=10, default="pending", help_text="pending, ok or not_ok")
    reason = models.CharField(max_length=500, blank=True)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    looked_at_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    declaration: ClassVar[Declaration] = declare(
        purpose="応募資格の申告と確認",
        retention=TEN_YEARS,
        c2="id authority public_id applicant requirement declared words result reason effective_on recorded_at "
        "looked_at_by",
    )

    class Meta:
        ordering = ["applicant", "requirement", "id"]


class Disqualification(_Own):
    """失格: a ground of the call, proposed by the system or by staff, confirmed or dismissed by staff."""

    applicant = models.ForeignKey(Applicant, on_delete=models.CASCADE, related_name="disqualifications")
    ground = models.CharField(max_length=60, help_text="key of the ground in the call")
    evidence = models.CharField(max_length=1000)
    by_system = models.CharField(max_length=40, blank=True, help_text="code: late, over_cap, two_proposals, …")
    state = models.CharField(max_length=12, default="proposed", help_text="proposed, confirmed or dismissed")
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=500, blank=True, help_text="why it was dismissed, or words for the notice")

    declaration: ClassVar[Declaration] = declare(
        purpose="失格の判断",
        retention=TEN_YEARS,
        c2="id authority public_id applicant ground evidence by_system state proposed_at decided_at decided_by reason",
    )

    class Meta:
        ordering = ["id"]


class Withdrawal(_Own):
    """辞退. No disqualification, and of no effect on other calls."""

    applicant = models.OneToOneField(Applicant, on_delete=models.CASCADE, related_name="withdrawal")
    channel = models.CharField(max_length=10)
    in_writing = models.BooleanField(default=True)
    words = models.CharField(max_length=1000, blank=True)
    received_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    declaration: ClassVar[Declaration] = declare(
        purpose="辞退の届け",
        retention=TEN_YEARS,
        c2="id authority public_id applicant channel in_writing words received_at recorded_by",
    )
