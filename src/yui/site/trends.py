"""The line of months on the officer's home."""

import datetime as dt
from collections.abc import Sequence

from yui.base.measures.registry import Counted, Period, get_measure
from yui.base.ui.charts import Chart, bars
from yui.engine.calendar import add_months

TREND = "introductions.both_yes"


def trend_periods(today: dt.date, months: int = 6) -> list[Period]:
    """The months of the line, the present one so far."""
    periods = []
    for back in range(months - 1, -1, -1):
        first = add_months(today.replace(day=1), -back)
        last = min(add_months(first, 1) - dt.timedelta(days=1), today)
        periods.append((TREND, first, last))
    return periods


def trend_of(counted: Counted, periods: Sequence[Period]) -> Chart:
    """Both yes, month by month."""
    measure = get_measure(TREND)
    points = [(f"{period[1].month}月", counted[period]) for period in periods]
    return bars(title=f"月ごとの、{measure.label}", points=points, unit=measure.unit)
