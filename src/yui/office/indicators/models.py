"""Indicator: a baseline and a target over a measure. EnteredFigure: the value of one that Yui itself does not count."""

from typing import ClassVar

from django.db import models

from yui.base.accounts.models import Account
from yui.base.measures.models import Fixed
from yui.base.privacy import Declaration, declare
from yui.base.tenancy.models import EditableModel
from yui.office.commissions.models import FIVE_YEARS, Commission

DIGITS, PLACES = 14, 4
"""Of an amount; what a definition writes as text ("0.26") is kept exactly."""


class Indicator(EditableModel):
    """指標: what is compared with a target. The figure itself comes from ``base.measures`` with its rows.

    Where no wing declares ``measure``, the figure is entered by hand (``EnteredFigure``); ``entered`` says from where.
    ``bound``, ``basis`` and ``per`` are as in the definition.
    """

    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="indicators")
    key = models.CharField(max_length=60)
    measure = models.CharField(max_length=60)
    label = models.CharField(max_length=100)
    unit = models.CharField(max_length=20, default="件")
    baseline = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    target = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    up_to = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    bound = models.CharField(max_length=10, default="exact")
    basis = models.CharField(max_length=10, default="total")
    per = models.CharField(max_length=10, default="commission")
    entered = models.CharField(
        max_length=200, blank=True, help_text="where a figure comes from that Yui does not count"
    )
    cumulative = models.BooleanField(default=True)
    heading = models.CharField(max_length=40, blank=True, help_text="monitored matter it is reported under")
    order = models.PositiveSmallIntegerField(default=0)

    declaration: ClassVar[Declaration] = declare(
        purpose="指標の管理",
        retention=FIVE_YEARS,
        public="key measure label unit baseline target up_to bound basis per entered cumulative heading order",
        c2="id authority public_id version commission",
    )

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["commission", "key"], name="indicator_key_once")]


class EnteredFigure(Fixed):
    """数え入れた値: where an indicator stood on a day, with its source. Written once; the row recorded last for a day
    and place counts, and a row without a value takes the earlier one back.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="entered_figures")
    effective_on = models.DateField()
    place = models.CharField(max_length=60, blank=True, help_text="the area, where the target is per area")
    value = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    source = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    declaration: ClassVar[Declaration] = declare(
        purpose="調査などから書き入れた指標の値と、その出典",
        retention=FIVE_YEARS,
        c2="id authority public_id indicator effective_on place value source recorded_at recorded_by",
    )

    class Meta:
        ordering = ["effective_on", "id"]
