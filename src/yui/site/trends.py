"""The line of months on the officer's home."""

import datetime as dt

from yui.base.measures.registry import figure, get_measure
from yui.base.tenancy.models import Authority
from yui.base.ui.charts import Chart, bars
from yui.engine.calendar import add_months

TREND = "introductions.both_yes"


def trend_of(authority: Authority, today: dt.date, months: int = 6) -> Chart:
    """Both yes, month by month, the present one so far."""
    measure, points = get_measure(TREND), []
    for back in range(months - 1, -1, -1):
        first = add_months(today.replace(day=1), -back)
        last = min(add_months(first, 1) - dt.timedelta(days=1), today)
        points.append((f"{first.month}月", figure(measure, authority=authority, start=first, end=last)))
    return bars(title=f"月ごとの、{measure.label}", points=points, unit=measure.unit)
