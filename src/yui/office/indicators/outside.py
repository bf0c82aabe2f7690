"""Indicators that Yui itself does not count: their figures are written in, each with its day and its source."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from yui.base import clock
from yui.base.measures.models import MonthLock
from yui.base.measures.queries import last_day, locked
from yui.base.measures.registry import all_measures
from yui.engine.indicators import Standing, compare
from yui.office.commissions.models import Commission
from yui.office.indicators.models import EnteredFigure, Indicator
from yui.office.indicators.queries import VERDICTS, elapsed_part
from yui.office.indicators.wording import amount_words, goal_of, target_words

NOT_YET = "まだ数えていない"


@dataclass(frozen=True, slots=True)
class PlaceFigure:
    """What was written in last for the whole, or for one area (``place``)."""

    place: str
    text: str
    standing: Standing
    verdict: str
    entered: EnteredFigure


@dataclass(frozen=True, slots=True)
class OutsideFigure:
    """One such indicator at the end of a month: nothing yet, one value, or one for each area."""

    indicator: Indicator
    places: tuple[PlaceFigure, ...]

    @property
    def value_text(self) -> str:
        """0.31ポイント; 「まだ数えていない」 before the first value; of several areas, each with its name."""
        if not self.places:
            return NOT_YET
        return "、".join(f"{one.place} {one.text}" if one.place else one.text for one in self.places)

    @property
    def target_text(self) -> str:
        """0.26ポイントの増加."""
        return target_words(self.indicator)

    @property
    def verdict(self) -> str:
        """Where it stands; of several areas, how many have reached the target."""
        if not self.places or self.indicator.target is None:
            return ""
        if self.indicator.per != "area":
            return self.places[-1].verdict
        reached = sum(1 for one in self.places if _reached(self.indicator, one.entered))
        return f"{len(self.places)}地域のうち{reached}地域が目標に届きました"


def outside_indicators(commission: Commission) -> list[Indicator]:
    """Those whose measure no wing declares, in the order of the contract."""
    known = {measure.key for measure in all_measures()}
    return [found for found in Indicator.objects.filter(commission=commission) if found.measure not in known]


def outside_figures(commission: Commission, month: dt.date, *, lock: MonthLock | None = None) -> list[OutsideFigure]:
    """Each of them at the end of a month; of a locked month, as it was known at the lock. Two queries."""
    indicators = outside_indicators(commission)
    if not indicators:
        return []
    first = month.replace(day=1)
    lock = lock or locked(commission.key, first)
    known = EnteredFigure.objects.filter(
        indicator__in=indicators,
        effective_on__lte=last_day(first),
        recorded_at__lte=lock.as_of if lock else clock.now(),
    ).select_related("recorded_by")
    elapsed = elapsed_part(commission, first, lock)
    by_indicator: dict[int, list[EnteredFigure]] = {}
    for row in known:
        by_indicator.setdefault(row.indicator_id, []).append(row)
    return [
        OutsideFigure(one, tuple(_places(one, standing_rows(by_indicator.get(one.pk, ())), elapsed)))
        for one in indicators
    ]


def standing_rows(rows: Sequence[EnteredFigure]) -> list[EnteredFigure]:
    """What counts: of each day and place the row recorded last, without what was taken back; by place, then day."""
    last: dict[tuple[str, dt.date], EnteredFigure] = {}
    for row in sorted(rows, key=lambda one: (one.recorded_at, one.pk)):
        last[row.place, row.effective_on] = row
    kept = [row for row in last.values() if row.value is not None]
    return sorted(kept, key=lambda one: (one.place, one.effective_on))


def _places(indicator: Indicator, rows: Sequence[EnteredFigure], elapsed: Fraction) -> list[PlaceFigure]:
    newest = {row.place: row for row in rows}
    found = []
    for place, row in newest.items():
        assert row.value is not None
        standing = compare(_gained(indicator, row), goal_of(indicator), elapsed).standing
        text = amount_words(row.value, indicator.unit)
        found.append(PlaceFigure(place, text, standing, VERDICTS[standing], row))
    return found


def _gained(indicator: Indicator, row: EnteredFigure) -> Fraction:
    assert row.value is not None
    return Fraction(row.value) - Fraction(indicator.baseline or 0)


def _reached(indicator: Indicator, row: EnteredFigure) -> bool:
    goal = goal_of(indicator)
    return goal is not None and _gained(indicator, row) >= goal
