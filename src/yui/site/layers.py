"""The concentric layers in figures: counts, moves and half a year, all through the measures."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.utils.safestring import SafeString

from yui.base import clock, definitions
from yui.base.measures.registry import counts, rows
from yui.base.tenancy.models import Authority
from yui.base.ui.charts import Chart, Layer, layers, spark
from yui.engine.calendar import add_months
from yui.people.measures import stage_counts


@dataclass(frozen=True, slots=True)
class History:
    """One layer over the months, oldest first."""

    label: str
    counts: tuple[int, ...]
    spark: SafeString


@dataclass(frozen=True, slots=True)
class Move:
    """A kind of move in the month."""

    label: str
    count: int
    measure: str


@dataclass(frozen=True, slots=True)
class LayersPage:
    """What the page shows."""

    total: int
    chart: Chart
    months: tuple[dt.date, ...]
    history: tuple[History, ...]
    moves: tuple[Move, ...]


def layers_page(authority: Authority, today: dt.date, months: int = 6) -> LayersPage:
    """Counts on the last day of each month (today for the present one), and the moves of this month."""
    stages = sorted(definitions.current(authority).people.stages, key=lambda stage: stage.order)
    firsts = tuple(add_months(today.replace(day=1), -back) for back in range(months - 1, -1, -1))
    days = [min(add_months(first, 1) - dt.timedelta(days=1), today) for first in firsts]
    counts = stage_counts(days, clock.now())
    items = [Layer(str(s.label), counts[-1][s.key], counts[-1][s.key] - counts[-2][s.key]) for s in stages]
    history = tuple(
        History(str(s.label), tuple(c[s.key] for c in counts), spark([c[s.key] for c in counts])) for s in stages
    )
    total = sum(counts[-1].values())
    chart = layers(title="人財の層の図", items=items)
    return LayersPage(total, chart, firsts, history, tuple(_moves(authority, today)))


def _moves(authority: Authority, today: dt.date) -> list[Move]:
    first, resting = today.replace(day=1), ("people.pauses", today, today)
    ways = {"people.registrations_new": "新しく登録した", "people.registrations_ended": "登録を終えた"}
    numbers = counts([resting, *((measure, first, today) for measure in ways)], authority=authority)
    found = [Move(label, numbers[measure, first, today], measure) for measure, label in ways.items()]
    for measure in ("people.stage_up", "people.stage_down"):
        kinds = Counter(row.label for row in rows(measure, authority=authority, start=first, end=today))
        found += [Move(label, count, measure) for label, count in sorted(kinds.items())]
    return [*found, Move("いまはお休み", numbers[resting], "people.pauses")]
