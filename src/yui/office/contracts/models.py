"""Contract, its deposit, years and amendments; subcontracts; named staff and their changes."""

from typing import ClassVar

from django.db import models

from yui.base.access.actor import engagement_subject
from yui.base.accounts.models import Account
from yui.base.privacy import Declaration, declare
from yui.base.tenancy.models import EditableModel, TenantModel
from yui.office.commissions.models import FIVE_YEARS, Commission, Engagement
from yui.people.models import Organization

OF_CONTRACT = "id authority public_id contract"


class Contract(EditableModel):
    """契約: with an organisation about a commission. Signing it begins the engagement. Money is whole yen."""

    class End(models.TextChoices):
        """Why it ended before its time (仕様書 14 and 変更契約)."""

        CONTRACTOR = "contractor", "受託者の責めによる解除"
        FORCE_MAJEURE = "force_majeure", "災害など、どちらの責めでもない解除"
        AGREED = "agreed", "話し合いによる解除"

    commission_key = models.CharField(max_length=60, help_text="key of the commission in the definition")
    commission = models.ForeignKey(
        Commission, null=True, on_delete=models.PROTECT, related_name="contracts", help_text="once it has begun"
    )
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    engagement = models.ForeignKey(
        Engagement, null=True, on_delete=models.PROTECT, related_name="contracts", help_text="once it is signed"
    )
    number = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200)
    selection_id = models.CharField(
        max_length=40, blank=True, help_text="public id of the applicant that a call selected"
    )
    amount = models.BigIntegerField(help_text="yen, tax included")
    tax = models.BigIntegerField(help_text="yen of the amount that are consumption tax")
    starts_on = models.DateField()
    ends_on = models.DateField()
    head_office_in_town = models.BooleanField(default=False)
    reflected = models.TextField(blank=True, max_length=4000, help_text="what of the proposal came into the papers")
    specification_id = models.CharField(max_length=16, blank=True, help_text="public id of the negotiated 仕様書")
    work_plan_id = models.CharField(max_length=16, blank=True, help_text="public id of the 業務計画書")
    terms = models.JSONField(default=dict, help_text="conditions and rules as the definition had them at the draft")
    state = models.CharField(max_length=20, default="draft")
    drafted_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField()
    signed_on = models.DateField(null=True, blank=True)
    completed_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_kind = models.CharField(max_length=20, blank=True, choices=End.choices)
    end_ground = models.TextField(blank=True, max_length=2000)

    declaration: ClassVar[Declaration] = declare(
        purpose="契約の管理",
        retention=FIVE_YEARS,
        c2="id authority public_id version commission_key commission organization engagement number title selection_id "
        "amount tax starts_on ends_on head_office_in_town reflected specification_id work_plan_id terms state "
        "drafted_by recorded_at signed_on completed_on ended_on end_kind end_ground",
    )

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tax__gte=0, amount__gte=models.F("tax"), ends_on__gte=models.F("starts_on")),
                name="contract_figures_possible",
            )
        ]

    def owner_subjects(self) -> frozenset[tuple[str, int]]:
        """Those who work through its engagement: a contractor sees the own contract, once it is signed."""
        return frozenset() if self.engagement is None else frozenset({engagement_subject(self.engagement.public_id)})


class OfContract(EditableModel):
    """A row of one contract; its contractor's own."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="%(class)s_set")

    class Meta(EditableModel.Meta):
        abstract = True

    def owner_subjects(self) -> frozenset[tuple[str, int]]:
        """As the contract's."""
        return self.contract.owner_subjects()


class ContractDeposit(OfContract):
    """契約保証金: the least by the call's rule with the steps that led there, how it was settled, and its return."""

    least = models.BigIntegerField(null=True, help_text="yen; empty where no rule asks for a deposit")
    steps = models.JSONField(default=list, help_text="the engine's steps with their words")
    paid = models.BigIntegerField(default=0)
    paid_on = models.DateField(null=True, blank=True)
    waived = models.BigIntegerField(default=0)
    ground = models.TextField(blank=True, max_length=1000, help_text="why it is waived, wholly or partly")
    evidence_id = models.CharField(max_length=16, blank=True, help_text="public id of the guarantee or the policy")
    returned_on = models.DateField(null=True, blank=True)

    declaration: ClassVar[Declaration] = declare(
        purpose="契約保証金の管理",
        retention=FIVE_YEARS,
        c2=OF_CONTRACT + " version least steps paid paid_on waived ground evidence_id returned_on",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contract"], name="one_deposit_of_a_contract")]


class ContractYear(TenantModel):
    """年度ごとの額: only of the years that the contract covers, never of a year that is merely planned."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="years")
    fiscal_year = models.PositiveSmallIntegerField(help_text="the year of its April")
    amount = models.BigIntegerField()
    limit = models.BigIntegerField(null=True, help_text="yen of the budget for that year, as it was at the draft")

    declaration: ClassVar[Declaration] = declare(
        purpose="契約の年度ごとの額", retention=FIVE_YEARS, c2=OF_CONTRACT + " fiscal_year amount limit"
    )

    class Meta:
        ordering = ["fiscal_year"]
        constraints = [models.UniqueConstraint(fields=["contract", "fiscal_year"], name="contract_year_once")]


class Amendment(OfContract):
    """変更契約: a dated row with its reason; holds once it is approved. May reduce the amount."""

    number = models.PositiveSmallIntegerField()
    effective_on = models.DateField()
    reason = models.TextField(max_length=2000)
    amount_before = models.BigIntegerField()
    amount = models.BigIntegerField()
    tax = models.BigIntegerField()
    ends_before = models.DateField()
    ends_on = models.DateField()
    years = models.JSONField(default=dict, help_text="amount by 年度, as text of its year")
    state = models.CharField(max_length=20, default="review", help_text="as its approval")
    asked_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField()
    decided_on = models.DateField(null=True, blank=True)

    declaration: ClassVar[Declaration] = declare(
        purpose="変更契約の経過",
        retention=FIVE_YEARS,
        c2=OF_CONTRACT + " version number effective_on reason amount_before amount tax ends_before ends_on years state "
        "asked_by recorded_at decided_on",
    )

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["contract", "number"], name="amendment_number_once")]


class Subcontract(OfContract):
    """再委託: one row for each subcontractor; nothing may begin before it is approved in writing."""

    subcontractor = models.CharField(max_length=200)
    work = models.CharField(max_length=200)
    outline = models.TextField(max_length=2000)
    structure = models.TextField(max_length=2000)
    amount = models.BigIntegerField(help_text="yen, tax included")
    starts_on = models.DateField()
    ground = models.TextField(max_length=2000)
    listed = models.BooleanField(default=False, help_text="named in the form that the call asks for")
    indispensable = models.TextField(blank=True, max_length=2000, help_text="the authority's own finding, with ground")
    state = models.CharField(max_length=20, default="review", help_text="as its approval")
    asked_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField()
    decided_on = models.DateField(null=True, blank=True)
    document_id = models.CharField(max_length=16, blank=True, help_text="public id of the written approval")

    declaration: ClassVar[Declaration] = declare(
        purpose="再委託の承認",
        retention=FIVE_YEARS,
        c2=OF_CONTRACT + " version subcontractor work outline amount starts_on ground listed indispensable state "
        "asked_by recorded_at decided_on document_id",
        c3c="structure",
    )

    class Meta:
        ordering = ["id"]


class NamedStaff(OfContract):
    """業務の体制: whom the contractor named, in which role, from when to when. The history stays."""

    class Role(models.TextChoices):
        """Which role (仕様書 11.②③)."""

        CHIEF = "chief", "主任者（管理責任者）"
        PERSON_IN_CHARGE = "staff", "担当者"

    role = models.CharField(max_length=12, choices=Role.choices)
    name = models.CharField(max_length=100)
    career = models.TextField(max_length=2000, help_text="career and qualifications in outline")
    starts_on = models.DateField(null=True, blank=True, help_text="empty until a change is settled")
    ends_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    erased_on = models.DateField(null=True, blank=True)

    declaration: ClassVar[Declaration] = declare(
        purpose="受託者の業務体制の確認",
        retention=FIVE_YEARS,
        c2=OF_CONTRACT + " version role starts_on ends_on recorded_at erased_on",
        c3c="name career",
    )

    class Meta:
        ordering = ["role", "starts_on", "id"]


class StaffChange(OfContract):
    """体制の変更: reported before it happens, or consented to where the document asks for it (P-407)."""

    class Reason(models.TextChoices):
        """Why somebody goes (実施要領 13(5))."""

        ILLNESS = "illness", "病気・休業"
        DEATH = "death", "死亡"
        LEFT = "left", "退職"
        OTHER = "other", "そのほか"

    leaving = models.ForeignKey(NamedStaff, on_delete=models.PROTECT, related_name="+")
    coming = models.ForeignKey(NamedStaff, on_delete=models.PROTECT, related_name="+")
    planned_on = models.DateField(help_text="first day of the new one")
    reason = models.CharField(max_length=12, choices=Reason.choices)
    reason_words = models.TextField(max_length=1000)
    equal_or_better = models.TextField(blank=True, max_length=2000, help_text="why the new one is as able or abler")
    handover = models.TextField(blank=True, max_length=2000)
    rule = models.CharField(max_length=20, help_text="reported or consented, as the contract had it")
    state = models.CharField(max_length=20, default="review", help_text="reported, or as its approval")
    asked_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField()
    decided_on = models.DateField(null=True, blank=True)
    document_id = models.CharField(max_length=16, blank=True, help_text="public id of the written consent")

    declaration: ClassVar[Declaration] = declare(
        purpose="受託者の体制の変更",
        retention=FIVE_YEARS,
        c2=OF_CONTRACT + " version leaving coming planned_on reason rule state asked_by recorded_at decided_on "
        "document_id",
        c3c="reason_words equal_or_better handover",
    )

    class Meta:
        ordering = ["-id"]
