"""The committee: its members, their conflicts, their sheets, and what they decided together."""

from typing import ClassVar

from django.db import models

from yui.base.accounts.models import Account
from yui.base.privacy import Declaration, declare
from yui.base.tenancy.models import EditableModel, TenantModel
from yui.office.calls.models.applicants import Applicant
from yui.office.calls.models.calls import TEN_YEARS, Call


class CommitteeMember(EditableModel):
    """審査委員. ``state``: appointed, recused (for the whole call) or abstained."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="members")
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="committee_seats")
    name = models.CharField(max_length=100)
    post = models.CharField(max_length=200, blank=True, help_text="職・所属")
    chair = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=12, default="appointed")
    reason = models.CharField(max_length=500, blank=True, help_text="why recused or abstaining")
    recorded_at = models.DateTimeField()

    declaration: ClassVar[Declaration] = declare(
        purpose="審査委員",
        retention=TEN_YEARS,
        c2="id authority public_id version call account post chair order state reason recorded_at",
        c3c="name",
    )

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "account"], condition=models.Q(account__isnull=False), name="committee_seat_once"
            )
        ]

    def owner_subjects(self) -> frozenset[tuple[str, int]]:
        """The member."""
        return frozenset({("committee_member", self.pk)})


class _OfMember(TenantModel):
    """A row that is one member's own."""

    class Meta(TenantModel.Meta):
        abstract = True

    def owner_subjects(self) -> frozenset[tuple[str, int]]:
        """The member."""
        return frozenset({("committee_member", self.member_id)})


class ConflictDeclaration(_OfMember):
    """利害関係の申告, for each applicant, before papers are opened to the members."""

    member = models.ForeignKey(CommitteeMember, on_delete=models.CASCADE, related_name="conflicts")
    applicant = models.ForeignKey(Applicant, on_delete=models.CASCADE, related_name="conflicts")
    conflict = models.BooleanField()
    words = models.CharField(max_length=500, blank=True)
    declared_at = models.DateTimeField()

    declaration: ClassVar[Declaration] = declare(
        purpose="利害関係の申告",
        retention=TEN_YEARS,
        c2="id authority public_id member applicant conflict declared_at",
        c3c="words",
    )

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["member", "applicant"], name="conflict_once")]


class ScoringStage(TenantModel):
    """採点の期間: the scoring of one stage, from its opening by the office to its closing by the chair."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="scoring")
    stage = models.CharField(max_length=60)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(CommitteeMember, null=True, on_delete=models.SET_NULL, related_name="+")

    declaration: ClassVar[Declaration] = declare(
        purpose="採点の期間",
        retention=TEN_YEARS,
        c2="id authority public_id call stage opened_at closed_at closed_by",
    )

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["call", "stage"], name="scoring_stage_once")]


class ScoreSheet(_OfMember):
    """採点表: one member's sheet for a stage, over all applicants. Private until the chair closes the scoring."""

    member = models.ForeignKey(CommitteeMember, on_delete=models.CASCADE, related_name="sheets")
    stage = models.CharField(max_length=60)
    state = models.CharField(max_length=12, default="open", help_text="open or closed")
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    declaration: ClassVar[Declaration] = declare(
        purpose="採点表",
        retention=TEN_YEARS,
        c2="id authority public_id version member stage state closed_at",
    )

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["member", "stage"], name="score_sheet_once")]


class Score(EditableModel):
    """一つの評価項目の点. ``points`` empty: not yet given, which is not zero."""

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.CASCADE, related_name="scores")
    applicant = models.ForeignKey(Applicant, on_delete=models.CASCADE, related_name="scores")
    criterion = models.CharField(max_length=60)
    points = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    comment = models.CharField(max_length=1000, blank=True)
    saved_at = models.DateTimeField()

    declaration: ClassVar[Declaration] = declare(
        purpose="採点",
        retention=TEN_YEARS,
        c2="id authority public_id version sheet applicant criterion saved_at",
        c3b="points comment",
    )

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["sheet", "applicant", "criterion"], name="score_once")]

    def owner_subjects(self) -> frozenset[tuple[str, int]]:
        """The member whose sheet it stands on."""
        return self.sheet.owner_subjects()


class MemberOrder(TenantModel):
    """同点のときの順位づけ: how a member orders applicants to whom the same total was given. ``place`` 1 is best."""

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.CASCADE, related_name="orders")
    applicant = models.ForeignKey(Applicant, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()

    declaration: ClassVar[Declaration] = declare(
        purpose="同点のときの順位づけ", retention=TEN_YEARS, c2="id authority public_id sheet applicant", c3b="place"
    )

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["sheet", "applicant"], name="member_order_once")]

    def owner_subjects(self) -> frozenset[tuple[str, int]]:
        """The member whose sheet it stands on."""
        return self.sheet.owner_subjects()


class ScoreCorrection(TenantModel):
    """採点の訂正 after closing: the old points stay here. Takes effect with the chair's approval."""

    score = models.ForeignKey(Score, on_delete=models.CASCADE, related_name="corrections")
    before = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    after = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    reason = models.CharField(max_length=500)
    state = models.CharField(max_length=12, default="asked", help_text="asked, approved or refused")
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(CommitteeMember, null=True, on_delete=models.SET_NULL, related_name="+")

    declaration: ClassVar[Declaration] = declare(
        purpose="採点の訂正",
        retention=TEN_YEARS,
        c2="id authority public_id score reason state asked_at decided_at decided_by",
        c3b="before after",
    )

    class Meta:
        ordering = ["id"]

    def owner_subjects(self) -> frozenset[tuple[str, int]]:
        """The member whose sheet it stands on."""
        return self.score.owner_subjects()


class CommitteeDecision(TenantModel):
    """委員会の決定: what the rule leaves to the committee. A later decision on the same question is a new row.

    ``question``: tie, shortlist, estimate, successor, no_candidate, or points (one applicant and what the committee
    gives it where the mean of an earlier stage has no end). ``chosen``: public ids of applicants.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="decisions")
    question = models.CharField(max_length=20)
    chosen = models.JSONField(default=list)
    points = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    reason = models.CharField(max_length=1000)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    declaration: ClassVar[Declaration] = declare(
        purpose="委員会の決定",
        retention=TEN_YEARS,
        c2="id authority public_id call question chosen points reason effective_on recorded_at recorded_by",
    )

    class Meta:
        ordering = ["id"]
