"""Reading what was locked."""

import calendar
import datetime as dt
from dataclasses import dataclass

from yui.base.measures.models import LockedFigure, MonthLock
from yui.base.measures.types import Row


def last_day(month: dt.date) -> dt.date:
    """The last day of the month in which ``month`` lies."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def locked(commission_key: str, month: dt.date, version: int | None = None) -> MonthLock | None:
    """The newest lock of a month, or the one of that version. Call inside the authority's scope."""
    locks = MonthLock.objects.filter(commission_key=commission_key, month=month.replace(day=1))
    if version is not None:
        locks = locks.filter(version=version)
    return locks.order_by("-version").first()


def locked_months(commission_key: str) -> list[MonthLock]:
    """The newest lock of every locked month, by month."""
    locks = MonthLock.objects.filter(commission_key=commission_key, superseded_by=None)
    return list(locks.order_by("month"))


def locked_figures(lock: MonthLock) -> dict[str, int]:
    """Measure key to figure."""
    return dict(LockedFigure.objects.filter(lock=lock).values_list("measure", "value"))


def locked_rows(lock: MonthLock, measure: str) -> list[Row]:
    """The rows behind a locked figure, as they were; empty when the measure was not locked."""
    figure = LockedFigure.objects.filter(lock=lock, measure=measure).first()
    return [Row.from_json(data) for data in figure.rows] if figure else []


@dataclass(frozen=True, slots=True)
class Difference:
    """What a correction changed in one figure."""

    measure: str
    before: int
    after: int
    added: tuple[str, ...]
    removed: tuple[str, ...]


def differences(lock: MonthLock) -> list[Difference]:
    """How a version differs from the one it supersedes, figure by figure; only those that changed."""
    if lock.supersedes is None:
        return []
    old = {figure.measure: figure for figure in LockedFigure.objects.filter(lock=lock.supersedes)}
    new = {figure.measure: figure for figure in LockedFigure.objects.filter(lock=lock)}
    found = []
    for measure in sorted(old.keys() | new.keys()):
        before = {row["key"] for row in old[measure].rows} if measure in old else set()
        after = {row["key"] for row in new[measure].rows} if measure in new else set()
        if before != after:
            added, removed = tuple(sorted(after - before)), tuple(sorted(before - after))
            found.append(Difference(measure, len(before), len(after), added, removed))
    return found
