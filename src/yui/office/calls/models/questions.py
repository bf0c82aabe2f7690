"""Question: what was asked about a call, and what was answered."""

from typing import ClassVar

from django.db import models

from yui.base.accounts.models import Account
from yui.base.privacy import Declaration, declare
from yui.base.tenancy.models import EditableModel
from yui.office.calls.models.applicants import Applicant
from yui.office.calls.models.calls import TEN_YEARS, Call


class Question(EditableModel):
    """質疑. Who asked is never shown with the answer; ``subject`` and ``text`` are published as staff masked them.

    ``verdict``: code of the engine's receipt where it was not accepted (``late``, ``channel_not_allowed``).
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveIntegerField(help_text="its number in the call, in the order of arrival")
    applicant = models.ForeignKey(Applicant, null=True, blank=True, on_delete=models.SET_NULL, related_name="questions")
    asker = models.CharField(max_length=200, blank=True)
    asker_mail = models.EmailField(blank=True)
    channel = models.CharField(max_length=10, help_text="mail, hand, email, phone or web")
    received_at = models.DateTimeField()
    verdict = models.CharField(max_length=40, blank=True)
    text = models.TextField(max_length=4000)
    masked = models.TextField(max_length=4000, blank=True, help_text="as it is published, without the asker")
    state = models.CharField(max_length=20, default="received")
    answer = models.TextField(max_length=8000, blank=True)
    manner = models.CharField(max_length=10, default="public", help_text="public, or private: to the asker alone")
    reason = models.CharField(max_length=500, blank=True, help_text="why it is answered privately or declined")
    answered_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    declaration: ClassVar[Declaration] = declare(
        purpose="公募の質疑",
        retention=TEN_YEARS,
        public="public_id call number masked state answer manner answered_at",
        c2="id authority version applicant channel received_at verdict reason recorded_by",
        c3c="asker asker_mail text",
    )

    class Meta:
        ordering = ["call", "number"]
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="question_number_once")]

    def owner_subjects(self) -> frozenset[tuple[str, int]]:
        """The applicant that asked."""
        return frozenset({("applicant", self.applicant_id)} if self.applicant_id else ())
