"""Message: the outbox row of a mail, a letter or a call sheet."""

from typing import ClassVar

from django.db import models
from django_scopes import ScopedManager

from yui.base.privacy import Declaration, declare
from yui.base.tenancy.models import Authority, random_id


class State(models.TextChoices):
    """Where a message stands. Keys are never shown; the outbox page has its own words."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    PRINTED = "printed"
    CANCELLED = "cancelled"


class Message(models.Model):
    """Everything that is sent to somebody. Mails for signing in belong to no authority."""

    authority = models.ForeignKey(Authority, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=16, unique=True, default=random_id, editable=False)
    channel = models.CharField(max_length=12, help_text="mail, letter or phone: a folder of channels/")
    kind = models.CharField(max_length=60)
    to_kind = models.CharField(max_length=20, blank=True, help_text="person, organization or account")
    to_id = models.CharField(max_length=16, blank=True, help_text="public id of the receiver")
    to_address = models.TextField(blank=True, help_text="mail address, postal address or telephone number")
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    language = models.CharField(max_length=10, default="ja")
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=60, blank=True, help_text="code, never a text of a server")
    attempts = models.PositiveSmallIntegerField(default=0)
    attempt_after = models.BigIntegerField(default=0, help_text="machine time in seconds; also the lease of a sender")
    related_kind = models.CharField(max_length=40, blank=True)
    related_id = models.CharField(max_length=40, blank=True)
    return_slip = models.BooleanField(default=False)
    erased_on = models.DateField(null=True, blank=True)

    objects = ScopedManager(authority="authority")

    declaration: ClassVar[Declaration] = declare(
        purpose="送ったもの（メール・手紙・電話）の記録",
        retention="送付から1年",
        c2="id authority public_id channel kind to_kind to_id language state created_at sent_at error attempts "
        "attempt_after related_kind related_id return_slip erased_on",
        c3c="to_address subject body",
    )

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["state", "attempt_after"]),
            models.Index(fields=["authority", "to_kind", "to_id"]),
        ]

    def __str__(self) -> str:
        return f"{self._meta.label}:{self.public_id}"

    def owner_subjects(self) -> frozenset[tuple[str, int]]:
        """Nobody's own: it is read by staff."""
        return frozenset()
