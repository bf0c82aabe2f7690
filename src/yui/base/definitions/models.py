"""DefinitionVersion: what was loaded, version by version. Written once, never changed."""

from typing import Any, ClassVar

from django.db import models

from yui.base.accounts.models import Account
from yui.base.privacy import Declaration, declare
from yui.base.tenancy.models import TenantModel

SCHEME, COMMISSION = "scheme", "commission"


class DefinitionVersion(TenantModel):
    """One version of a scheme (制度) or of one commission (業務). The newest of each is what the town runs from.

    ``data`` is the plain content by file stem; ``changes`` tells, path by path in words, how it differs from the
    version before.
    """

    kind = models.CharField(max_length=20, choices=[(SCHEME, "制度"), (COMMISSION, "業務")])
    key = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    loaded_at = models.DateTimeField()
    loaded_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    data = models.JSONField()
    digest = models.CharField(max_length=64)
    changes = models.JSONField(default=list)

    declaration: ClassVar[Declaration] = declare(
        purpose="制度と業務の定義の版",
        retention="利用終了まで",
        public="id authority public_id kind key version loaded_at data digest changes",
        c2="loaded_by",
    )

    class Meta:
        ordering = ["kind", "key", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "kind", "key", "version"], name="definition_version_once")
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse to write a second time."""
        if not self._state.adding:
            raise TypeError("a loaded version is never changed; load a new one")
        super().save(*args, **kwargs)
