"""Call and its versions: what was announced, and every change after it."""

from typing import ClassVar

from django.db import models

from yui.base.accounts.models import Account
from yui.base.privacy import Declaration, declare
from yui.base.tenancy.models import EditableModel, TenantModel

TEN_YEARS = "契約の終了から10年"


class Call(EditableModel):
    """公募: one call for proposals. What it says stands in its versions; this row says where it stands.

    ``earlier``: the call of which this is the 再募集. ``paper_only``: why screening is by papers alone; empty where it
    is not. ``ended_for``: why it was postponed or cancelled.
    """

    key = models.CharField(max_length=60, help_text="key of the call in the definition")
    commission_key = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=20, default="draft")
    number = models.PositiveSmallIntegerField(default=1, help_text="1: the call; 2: 再募集; …")
    earlier = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="later")
    announced_at = models.DateTimeField(null=True, blank=True)
    paper_only = models.CharField(max_length=500, blank=True)
    ended_for = models.CharField(max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    declaration: ClassVar[Declaration] = declare(
        purpose="公募の公告",
        retention=TEN_YEARS,
        public="public_id key title state number earlier announced_at paper_only ended_for ended_at",
        c2="id authority version commission_key recorded_at made_by",
    )

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["authority", "key", "number"], name="call_number_once")]


class CallVersion(TenantModel):
    """公告の版: the whole call as the definition writes it, with the engine's rule profile. Never changed once announced.

    ``rules``: plain data of ``office.calls.definition.Call``. ``profile``: plain data of ``engine.profile``.
    ``version`` 1 is the announcement; each later one is an amendment with its reason.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    rules = models.JSONField()
    profile = models.JSONField()
    reason = models.CharField(max_length=500, blank=True, help_text="why it was changed after the announcement")
    effective_at = models.DateTimeField(null=True, blank=True, help_text="empty while it is a draft")
    recorded_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    declaration: ClassVar[Declaration] = declare(
        purpose="公告とその変更",
        retention=TEN_YEARS,
        public="public_id call number rules profile reason effective_at",
        c2="id authority recorded_at made_by",
    )

    class Meta:
        ordering = ["call", "number"]
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="call_version_once")]
