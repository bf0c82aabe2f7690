"""JobRun: one piece of long work with its progress and lease. JobPiece: the part of it that was done, once."""

from typing import ClassVar

from django.db import models
from django_scopes import ScopedManager

from yui.base.accounts.models import Account
from yui.base.privacy import Declaration, declare
from yui.base.tenancy.models import Authority, random_id


class State(models.TextChoices):
    """Where a run stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class JobRun(models.Model):
    """A run. ``lease_until`` is machine time: a worker that died lets it pass, and another one takes over."""

    authority = models.ForeignKey(Authority, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=16, unique=True, default=random_id, editable=False)
    kind = models.CharField(max_length=60)
    arguments = models.JSONField(default=dict, help_text="codes, dates and public ids only")
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    requested_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    requested_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=80, blank=True, help_text="code, never a text with data in it")
    result_kind = models.CharField(max_length=40, blank=True)
    result_id = models.CharField(max_length=40, blank=True)
    worker = models.CharField(max_length=80, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.BigIntegerField(default=0, help_text="machine time in seconds")

    objects = ScopedManager(authority="authority")

    declaration: ClassVar[Declaration] = declare(
        purpose="時間のかかる処理の記録",
        retention="1年",
        c2="id authority public_id kind arguments state done total requested_by requested_at started_at finished_at "
        "error result_kind result_id worker attempts lease_until",
    )

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "lease_until"])]

    def __str__(self) -> str:
        return f"{self._meta.label}:{self.public_id}"

    def owner_subjects(self) -> frozenset[tuple[str, int]]:
        """Nobody's own: it is read by staff."""
        return frozenset()


class JobPiece(models.Model):
    """Written in the transaction of the piece's own work: either both are there or neither."""

    authority = models.ForeignKey(Authority, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(JobRun, on_delete=models.CASCADE, related_name="pieces")
    key = models.CharField(max_length=80)
    at = models.DateTimeField()

    objects = ScopedManager(authority="authority")

    declaration: ClassVar[Declaration] = declare(
        purpose="処理のうち、済んだ部分", retention="1年", c2="id authority run key at"
    )

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["run", "key"], name="job_piece_once")]
