"""Writing in the value of an indicator that Yui does not count."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.record import record
from yui.base.measures.registry import all_measures
from yui.office.indicators.models import EnteredFigure, Indicator


def enter_figure(
    *, actor: Actor, indicator: Indicator, effective_on: dt.date, value: Decimal, source: str, place: str = ""
) -> EnteredFigure:
    """Where the indicator stood on a day, and where that is written. A second value of a day and place replaces the
    first, which stays on record. Raises ``NotPossible`` for what Yui counts itself, a day outside the commission or to
    come, and a place that is missing or not asked for.
    """
    require(actor, Permission.COMMISSION_WRITE, indicator)
    commission = indicator.commission
    if indicator.measure in {measure.key for measure in all_measures()}:
        raise NotPossible("この指標は、ゆいが記録から数えています。書き入れはできません。", "counted")
    if effective_on > clock.today():
        raise NotPossible("これからの日の値は、書き入れられません。", "to_come")
    if effective_on < commission.starts_on:
        raise NotPossible("業務のはじまりより前の日です。", "before_start")
    if bool(place) != (indicator.per == "area"):
        raise NotPossible(
            "地域の名前を書いてください。" if indicator.per == "area" else "この指標は、地域ごとではありません。",
            "place",
        )
    return _write(actor, indicator, effective_on=effective_on, place=place, value=value, source=source)


def withdraw_figure(*, actor: Actor, entered: EnteredFigure, reason: str) -> EnteredFigure:
    """Take a value back; both rows stay on record. Raises ``NotPossible`` when a later row stands in its place."""
    require(actor, Permission.COMMISSION_WRITE, entered)
    later = EnteredFigure.objects.filter(
        indicator=entered.indicator, effective_on=entered.effective_on, place=entered.place, pk__gt=entered.pk
    )
    if entered.value is None or later.exists():
        raise NotPossible("この値は、もう取り消されたか、書きなおされています。", "not_standing")
    return _write(
        actor, entered.indicator, effective_on=entered.effective_on, place=entered.place, value=None, source=reason
    )


def _write(
    actor: Actor, indicator: Indicator, *, effective_on: dt.date, place: str, value: Decimal | None, source: str
) -> EnteredFigure:
    with transaction.atomic():
        row = EnteredFigure.objects.create(
            authority=actor.authority,
            indicator=indicator,
            effective_on=effective_on,
            place=place,
            value=value,
            source=source,
            recorded_at=clock.now(),
            recorded_by=actor.account,
        )
        record(
            actor,
            "figure.withdrawn" if value is None else "figure.entered",
            row,
            details={"indicator": indicator.key, "on": effective_on.isoformat()},
        )
    return row
