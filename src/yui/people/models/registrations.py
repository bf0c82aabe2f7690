"""Registration, stage, consent and rest: dated rows, ended and never overwritten (decision 7)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from yui.base.accounts.models import Account
from yui.base.privacy import Declaration, declare
from yui.base.tenancy.models import TenantModel
from yui.people.models.persons import UNTIL_ERASED, PersonOwned


class Received(models.TextChoices):
    """How something reached the town."""

    WEB = "web", "本人がウェブで"
    PAPER = "paper", "紙で"
    PHONE = "phone", "電話で"
    DESK = "desk", "窓口で"
    VISIT = "visit", "訪問先や催しで"
    IMPORT = "import", "名簿の取込で"


class Registration(PersonOwned):
    """A person in a scheme, from a day to a day."""

    scheme_key = models.CharField(max_length=40)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    ended_on = models.DateField(null=True, blank=True)
    ended_recorded_at = models.DateTimeField(null=True, blank=True)
    received = models.CharField(max_length=10, choices=Received.choices, default=Received.WEB)
    received_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    declaration: ClassVar[Declaration] = declare(
        purpose="人財登録",
        retention="数字の根拠として5年（仮名化）",
        c2="id authority public_id person scheme_key effective_on recorded_at ended_on ended_recorded_at received "
        "received_by",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "scheme_key"], condition=Q(ended_on=None), name="registration_once"
            )
        ]


class StageChange(PersonOwned):
    """A move between stages, up or down, with its evidence and the person's own yes."""

    scheme_key = models.CharField(max_length=40)
    stage = models.CharField(max_length=40)
    before = models.CharField(max_length=40, blank=True)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    evidence = models.JSONField(default=list, blank=True, help_text="codes and public ids of what it rests on")
    agreed_on = models.DateField(null=True, blank=True)
    agreed_how = models.CharField(max_length=10, choices=Received.choices, blank=True)
    proposed_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    declined_on = models.DateField(null=True, blank=True)

    declaration: ClassVar[Declaration] = declare(
        purpose="関わりの段階",
        retention="数字の根拠として5年（仮名化）",
        c2="id authority public_id person scheme_key stage before effective_on recorded_at evidence agreed_on "
        "agreed_how proposed_by declined_on",
    )

    class Meta:
        ordering = ["effective_on", "id"]
        indexes = [models.Index(fields=["person", "scheme_key", "effective_on"])]


class Consent(PersonOwned):
    """A yes to one purpose in one wording. Withdrawn with a date, never deleted before the person is."""

    purpose = models.CharField(max_length=40)
    wording_version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=10, default="ja")
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    received = models.CharField(max_length=10, choices=Received.choices, default=Received.WEB)
    received_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    guardian = models.BooleanField(default=False)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_recorded_at = models.DateTimeField(null=True, blank=True)

    declaration: ClassVar[Declaration] = declare(
        purpose="同意の記録",
        retention=UNTIL_ERASED,
        c2="id authority public_id person effective_on recorded_at received received_by withdrawn_on "
        "withdrawn_recorded_at wording_version language guardian",
        c3c="purpose",
    )

    class Meta:
        ordering = ["purpose", "effective_on"]
        constraints = [
            models.UniqueConstraint(fields=["person", "purpose"], condition=Q(withdrawn_on=None), name="consent_once")
        ]


class Pause(PersonOwned):
    """いまはお休み: from a day until a day or until lifted."""

    starts_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    lifted_on = models.DateField(null=True, blank=True)
    lifted_recorded_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField()

    declaration: ClassVar[Declaration] = declare(
        purpose="お休みの間は声をかけない",
        retention="数字の根拠として5年（仮名化）",
        c2="id authority public_id person recorded_at starts_on until lifted_on lifted_recorded_at",
    )


class Draft(TenantModel):
    """A registration begun and not finished. Kept 30 days, found by a random token in the visitor's session."""

    token = models.CharField(max_length=64, unique=True)
    answers = models.JSONField(default=dict)
    step = models.PositiveSmallIntegerField(default=1)
    saved_at = models.DateTimeField()
    expires_on = models.DateField()

    declaration: ClassVar[Declaration] = declare(
        purpose="登録の続きから始められるように",
        retention="30日",
        c2="id authority public_id step saved_at expires_on",
        c3c="token answers",
    )
