"""Commission, engagement, what the contract owes, and the meetings with their minutes."""

from typing import ClassVar

from django.db import models

from yui.base.accounts.models import Account
from yui.base.privacy import Declaration, declare
from yui.base.tenancy.models import EditableModel, TenantModel
from yui.people.models import Organization

FIVE_YEARS = "完了の年度の翌年度から5年"


class Commission(EditableModel):
    """業務: one contract with its term. The registry goes on when it ends (decision 1)."""

    key = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    fiscal_year = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    definition_version = models.PositiveIntegerField(default=1)
    plan = models.JSONField(
        default=dict, help_text="phases, monitored matters and days, as the definition had them at the start"
    )

    declaration: ClassVar[Declaration] = declare(
        purpose="業務の管理",
        retention=FIVE_YEARS,
        public="key title fiscal_year starts_on ends_on plan",
        c2="id authority public_id version definition_version",
    )

    class Meta:
        ordering = ["-starts_on"]
        constraints = [models.UniqueConstraint(fields=["authority", "key"], name="commission_key_once")]


class Engagement(TenantModel):
    """受託: organisation × commission × from/to. Contractor staff reach data through it only (decision 6)."""

    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="engagements")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="engagements")
    starts_on = models.DateField()
    ends_on = models.DateField()
    recorded_at = models.DateTimeField()

    declaration: ClassVar[Declaration] = declare(
        purpose="受託者の期間",
        retention=FIVE_YEARS,
        c2="id authority public_id commission organization starts_on ends_on recorded_at",
    )

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="engagement_ends_after_start"
            )
        ]


class Owed(EditableModel):
    """Something the contract owes, with a due date and its acceptance."""

    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="%(class)s_set")
    key = models.CharField(max_length=60)
    number = models.CharField(max_length=20, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=200)
    quantity = models.CharField(max_length=60, blank=True)
    due_on = models.DateField(null=True, blank=True)
    due_note = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=20, default="owed", help_text="owed, submitted, returned, accepted")
    submitted_on = models.DateField(null=True, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    attachment_id = models.CharField(max_length=16, blank=True, help_text="public id of the file")
    mandatory = models.BooleanField(default=True, help_text="completion is not accepted while it is missing")

    class Meta(EditableModel.Meta):
        abstract = True


OWED_FIELDS = (
    "id authority public_id version commission key number order title quantity due_on due_note source state submitted_on "
    "accepted_on attachment_id mandatory"
)


class Deliverable(Owed):
    """成果物: at the start or at the end."""

    phase = models.CharField(max_length=20, default="start", help_text="start, mid or end")
    count = models.PositiveIntegerField(null=True, blank=True, help_text="how many are asked for")
    unit = models.CharField(max_length=20, blank=True)
    about_percent = models.PositiveSmallIntegerField(null=True, blank=True, help_text="程度: how far it may differ")
    handed_in = models.PositiveIntegerField(null=True, blank=True, help_text="how many came")

    declaration: ClassVar[Declaration] = declare(
        purpose="成果物の管理", retention=FIVE_YEARS, c2=OWED_FIELDS + " phase count unit about_percent handed_in"
    )

    class Meta:
        ordering = ["-phase", "order", "id"]  # start, mid, end


class Paper(Owed):
    """提出書類. One that repeats is a line of the contract; what is handed in are its occasions, one for each event."""

    repeats = models.BooleanField(default=False, help_text="owed again at each event, never handed in itself")
    event = models.CharField(max_length=20, blank=True, help_text="the event each occasion counts from")
    days = models.SmallIntegerField(default=0, help_text="days after the event")
    occasion_id = models.CharField(max_length=16, blank=True, help_text="public id of the meeting, or empty")
    occasion_on = models.DateField(null=True, blank=True, help_text="day of the event")
    completes = models.BooleanField(default=False, help_text="完了届: accepted only when nothing mandatory is missing")

    declaration: ClassVar[Declaration] = declare(
        purpose="提出書類の管理",
        retention=FIVE_YEARS,
        c2=OWED_FIELDS + " repeats event days occasion_id occasion_on completes",
    )

    class Meta:
        ordering = ["order", "occasion_on", "id"]


class OwedChange(TenantModel):
    """One step of a deliverable or paper: handed in, returned, accepted. What is counted is this row (decision 7)."""

    kind = models.CharField(max_length=12, help_text="deliverable or paper")
    object_id = models.CharField(max_length=16, help_text="its public id")
    title = models.CharField(max_length=200)
    before = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    comment = models.CharField(max_length=1000, blank=True)
    attachment_id = models.CharField(max_length=16, blank=True, help_text="public id of the file of this step")

    declaration: ClassVar[Declaration] = declare(
        purpose="成果物・提出書類の経過",
        retention=FIVE_YEARS,
        c2="id authority public_id kind object_id title before state effective_on recorded_at by comment attachment_id",
    )

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["authority", "kind", "object_id"])]


class OwedReminder(TenantModel):
    """催促: that the contractor was reminded of something owed, before or after the day; for each day it is due, once."""

    kind = models.CharField(max_length=12, help_text="deliverable or paper")
    object_id = models.CharField(max_length=16, help_text="its public id")
    due_on = models.DateField()
    step = models.CharField(max_length=12, help_text="soon, today or late")
    recorded_at = models.DateTimeField()

    declaration: ClassVar[Declaration] = declare(
        purpose="提出の催促", retention=FIVE_YEARS, c2="id authority public_id kind object_id due_on step recorded_at"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "kind", "object_id", "due_on", "step"], name="reminded_once")
        ]


class Meeting(EditableModel):
    """会議: the monthly meeting, an evaluation meeting. Its minutes are the 打合せ記録簿."""

    class Kind(models.TextChoices):
        """Which meeting."""

        MONTHLY = "monthly", "月次報告会"
        EVALUATION = "evaluation", "評価会議"
        OTHER = "other", "打合せ"

    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.MONTHLY)
    held_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    attendees = models.TextField(blank=True, max_length=1000)
    agenda = models.TextField(blank=True, max_length=4000)
    decisions = models.TextField(blank=True, max_length=4000)
    homework = models.TextField(blank=True, max_length=4000)
    next_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField(help_text="when it was planned")
    minutes_at = models.DateTimeField(null=True, blank=True, help_text="when its minutes were first kept: it was held")
    called_off_on = models.DateField(null=True, blank=True)

    declaration: ClassVar[Declaration] = declare(
        purpose="打合せの記録",
        retention=FIVE_YEARS,
        c2="id authority public_id version commission kind held_at place agenda decisions homework next_at "
        "recorded_by recorded_at minutes_at called_off_on",
        c3c="attendees",
    )

    class Meta:
        ordering = ["-held_at"]
