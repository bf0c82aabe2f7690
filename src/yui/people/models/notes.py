"""What was said, what was promised, and what went wrong."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from yui.base.accounts.models import Account
from yui.base.privacy import Declaration, declare
from yui.base.tenancy.models import EditableModel, TenantModel
from yui.people.models.organizations import Organization
from yui.people.models.persons import Person


class ContactNote(EditableModel):
    """連絡記録: who spoke with whom, when, how, what was promised.

    After a person's erasure the row stays without its texts, because the month's count of notes refers to it.
    """

    class Way(models.TextChoices):
        """By what way."""

        PHONE = "phone", "電話"
        VISIT = "visit", "対面"
        MAIL = "mail", "メール"
        LETTER = "letter", "手紙"

    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="notes")
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="notes"
    )
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.PHONE)
    spoken_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    content = models.TextField(max_length=4000)
    promise = models.CharField(max_length=200, blank=True)
    promised_for = models.DateField(null=True, blank=True)
    promised_time = models.CharField(max_length=30, blank=True)
    kept_on = models.DateField(null=True, blank=True)
    kept_recorded_at = models.DateTimeField(null=True, blank=True)
    report_heading = models.CharField(max_length=40, blank=True, help_text="monitored matter it is quoted under")
    report_text = models.TextField(blank=True, max_length=1000, help_text="what the report may say, without names")

    declaration: ClassVar[Declaration] = declare(
        purpose="連絡と約束の記録",
        retention="業務終了から5年、本人の消去で文は消える",
        c2="id authority public_id version person organization account way spoken_at recorded_at promised_for "
        "kept_on kept_recorded_at report_heading report_text",
        c3c="content promise promised_time",
    )

    class Meta:
        ordering = ["-spoken_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(organization__isnull=False), name="note_is_about_somebody"
            )
        ]
        indexes = [models.Index(fields=["authority", "promised_for", "kept_on"])]


class Concern(TenantModel):
    """困りごと・懸念: a problem a coordinator meets, with its solution. Reported in the month (仕様書 9.(1)①)."""

    raised_on = models.DateField()
    recorded_at = models.DateTimeField()
    raised_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    heading = models.CharField(max_length=40)
    problem = models.TextField(max_length=2000)
    solution = models.TextField(blank=True, max_length=2000)
    solved_on = models.DateField(null=True, blank=True)
    urgent = models.BooleanField(default=False)
    in_report = models.BooleanField(default=True)

    declaration: ClassVar[Declaration] = declare(
        purpose="課題と解決策の共有",
        retention="業務終了から5年",
        c2="id authority public_id raised_on recorded_at raised_by heading problem solution solved_on urgent in_report",
    )

    class Meta:
        ordering = ["-raised_on", "-id"]
