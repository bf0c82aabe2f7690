"""公平のようす, of a run: which runs a period has, and what the chosen one says."""

import datetime as dt
from dataclasses import dataclass

from yui.introductions.models import TownRun
from yui.introductions.rules import fairness_told
from yui.introductions.run_words import Figures, aloud, figures_of, prices_told, titles_of
from yui.introductions.runs import NOW, has_failed

MOST_RUNS = 12
ON_PAPER = 24
"""Prices for which one A4 has room."""


@dataclass(frozen=True, slots=True)
class RunTold:
    """A run in words. ``prices``: title and points of every 出番 that is priced or not, the dearest first."""

    row: TownRun
    rule: str
    sentences: list[str]
    figures: Figures
    never: list[str]
    prices: list[tuple[str, int]]

    @property
    def on_paper(self) -> list[tuple[str, int]]:
        """The prices for which a sheet has room."""
        return self.prices[:ON_PAPER]

    @property
    def left_off(self) -> int:
        """How many prices stand on the screen only."""
        return max(0, len(self.prices) - ON_PAPER)


@dataclass(frozen=True, slots=True)
class RunsOfPeriod:
    """The runs of a period, the newest first; ``told`` is the chosen one, or none."""

    rows: list[TownRun]
    told: RunTold | None
    going: bool


def run_in(start: dt.date, end: dt.date, wanted: str = "") -> RunsOfPeriod:
    """The newest run of the days, or the wanted one among them."""
    found = list(TownRun.objects.filter(change=None, made_on__range=(start, end)).defer("lists")[:MOST_RUNS])
    rows = [row for row in found if row.done_at is not None]
    chosen = next((row for row in rows if row.public_id == wanted), rows[0] if rows else None)
    waiting = next((row for row in found if row.done_at is None), None)
    going = waiting is not None and not has_failed(waiting)
    return RunsOfPeriod(rows, None if chosen is None else tell(chosen), going)


def tell(row: TownRun) -> RunTold:
    """One run."""
    found = figures_of(row)
    prices = found.prices or {}
    titles = titles_of({*found.never, *prices})
    never = sorted(titles.get(key, key) for key in found.never)
    return RunTold(
        row, fairness_told(row.figures[NOW]["fairness"]), aloud(row), found, never, prices_told(prices, titles)
    )
