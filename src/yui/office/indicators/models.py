"""Indicator: a baseline and a target over a measure."""

from typing import ClassVar

from django.db import models

from yui.base.privacy import Declaration, declare
from yui.base.tenancy.models import EditableModel
from yui.office.commissions.models import FIVE_YEARS, Commission


class Indicator(EditableModel):
    """指標: what is compared with a target. The figure itself comes from ``base.measures`` with its rows."""

    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="indicators")
    key = models.CharField(max_length=60)
    measure = models.CharField(max_length=60)
    label = models.CharField(max_length=100)
    unit = models.CharField(max_length=20, default="件")
    baseline = models.IntegerField(null=True, blank=True)
    target = models.IntegerField(null=True, blank=True)
    cumulative = models.BooleanField(default=True)
    heading = models.CharField(max_length=40, blank=True, help_text="monitored matter it is reported under")
    order = models.PositiveSmallIntegerField(default=0)

    declaration: ClassVar[Declaration] = declare(
        purpose="指標の管理",
        retention=FIVE_YEARS,
        public="key measure label unit baseline target cumulative heading order",
        c2="id authority public_id version commission",
    )

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["commission", "key"], name="indicator_key_once")]
