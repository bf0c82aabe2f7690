"""MonthLock and LockedFigure: a month of a commission fixed, version by version, never overwritten (decision 7)."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from yui.base.accounts.models import Account
from yui.base.privacy import Declaration, declare
from yui.base.tenancy.models import TenantModel


class Fixed(TenantModel):
    """A row that is written once. Correcting means writing another one."""

    class Meta(TenantModel.Meta):
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse to write a second time."""
        if not self._state.adding:
            raise TypeError("a locked month is never overwritten")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise TypeError("a locked month is never deleted")


class MonthLock(Fixed):
    """One version of one locked month. The newest version is the one that counts."""

    commission_key = models.CharField(max_length=80)
    month = models.DateField(help_text="first day of the month")
    version = models.PositiveIntegerField(default=1)
    reason = models.CharField(max_length=400, blank=True, help_text="why the month was corrected; version 1 needs none")
    as_of = models.DateTimeField(help_text="rows recorded up to this instant are counted")
    locked_at = models.DateTimeField()
    locked_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    declaration: ClassVar[Declaration] = declare(
        purpose="月締め",
        retention="業務の終了から5年",
        c2="id authority public_id commission_key month version reason as_of locked_at locked_by supersedes",
    )

    class Meta:
        ordering = ["month", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "commission_key", "month", "version"], name="month_version_once"
            ),
            models.CheckConstraint(condition=Q(version=1) | ~Q(reason=""), name="correction_has_reason"),
        ]


class LockedFigure(Fixed):
    """One figure of a locked month and the rows behind it: keys, days, labels and codes, no personal value."""

    lock = models.ForeignKey(MonthLock, on_delete=models.PROTECT, related_name="figures")
    measure = models.CharField(max_length=80)
    value = models.IntegerField()
    rows = models.JSONField(default=list)

    declaration: ClassVar[Declaration] = declare(
        purpose="月締めした数字とその根拠",
        retention="業務の終了から5年",
        c2="id authority public_id lock measure value rows",
    )

    class Meta:
        ordering = ["measure"]
        constraints = [models.UniqueConstraint(fields=["lock", "measure"], name="locked_figure_once")]
