"""The figures of a month beside their targets. Every number comes from ``base.measures.rows`` or from a locked month."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Q

from yui.base import clock
from yui.base.measures.models import LockedFigure, MonthLock
from yui.base.measures.queries import last_day
from yui.base.measures.registry import Counted, Period, all_measures, dated_keys, get_measure, rows
from yui.base.measures.types import Measure, Row
from yui.base.tenancy.addresses import town_url
from yui.engine.indicators import Standing, compare
from yui.office.commissions.models import Commission
from yui.office.indicators.models import Indicator
from yui.office.indicators.wording import goal_of, target_words

VERDICTS: dict[Standing, str] = {
    "ahead": "めやすより早く進んでいます",
    "on_track": "めやすどおりです",
    "behind": "めやすに届いていません",
    "none": "",
}


@dataclass(frozen=True, slots=True)
class MonthFigure:
    """One indicator in one month: what a screen, a report and an annex say about it."""

    key: str
    measure: str
    label: str
    unit: str
    heading: str
    value: int
    """In the month; of a stock, on its last day, or today while the month is open."""
    total: int
    """From the first month of the commission to the end of this one; of a stock, the same as ``value``."""
    target: Decimal | None
    standing: Standing
    share: int | None
    """Total in per cent of the target."""
    pace: int | None
    """The part of the term that has passed, in per cent."""
    sentence: str
    verdict: str
    proof: str
    """The path of 「この数字の根拠」."""
    locked_version: int | None
    note: str = ""
    """How it is counted."""
    target_text: str = "—"
    """600回, about or at least; a dash where there is none."""

    @property
    def value_text(self) -> str:
        """1,563回."""
        return f"{self.value:,}{self.unit}"

    @property
    def total_text(self) -> str:
        """1,563回, since the beginning."""
        return f"{self.total:,}{self.unit}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The rows behind one figure."""

    measure: Measure
    month: tuple[Row, ...]
    total: tuple[Row, ...]
    lock: MonthLock | None


def month_figures(
    commission: Commission, month: dt.date, *, lock: MonthLock | None = None, counted: Counted | None = None
) -> list[MonthFigure]:
    """Every indicator of a commission in a month, in the order of the contract.

    A locked month is told by its lock, the newest unless ``lock`` is given; indicators whose measure no wing declares
    are left out. ``counted``: the page's other figures, so that an open month asks with them. Call inside the
    authority's scope.
    """
    first = month.replace(day=1)
    locks = _locks(commission, first)
    lock = lock or next((found for found in reversed(locks) if found.month == first), None)
    known = {measure.key for measure in all_measures()}
    indicators = [found for found in Indicator.objects.filter(commission=commission) if found.measure in known]
    found = _tallies(commission, first, [indicator.measure for indicator in indicators], locks, lock, counted)
    return [_figure(commission, indicator, first, found[indicator.measure], lock) for indicator in indicators]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows ``evidence_of`` would give: in the month, and in all."""

    value: int
    total: int


def _tallies(
    commission: Commission,
    first: dt.date,
    measures: Sequence[str],
    locks: Sequence[MonthLock],
    lock: MonthLock | None,
    counted: Counted | None = None,
) -> dict[str, Tally]:
    """What ``evidence_of`` counts, without fetching rows: the locked ones, one query of counts, and, where some months
    are locked and some are not, one query of keys, because a row is counted once.
    """
    end, start = last_day(first), _begin(commission, first)
    numbers = counted if counted and not lock else Counted(commission.authority, lock.as_of if lock else None)
    as_of = numbers.as_of
    fixed = _locked_rows(first, as_of, set(measures), locks, lock)
    term, mixed = _months(start, first), list[Period]()
    for key in dict.fromkeys(measures):
        months, stock = fixed.get(key, {}), get_measure(key).stock
        if first not in months:
            numbers.expect([(key, first, _until(key, first, as_of))])
        if not stock and not months:
            numbers.expect([(key, start, end)])
        elif not stock and not set(term) <= months.keys():
            mixed.append((key, start, end))
    open_from = min((month for key, *_ in mixed for month in term if month not in fixed[key]), default=first)
    keys = dated_keys(mixed, authority=commission.authority, since=open_from, as_of=as_of) if mixed else {}
    answer = {}
    for key in dict.fromkeys(measures):
        months = fixed.get(key, {})
        value = len(months[first]) if first in months else numbers[key, first, _until(key, first, as_of)]
        if get_measure(key).stock:
            total = value
        elif not months:
            total = numbers[key, start, end]
        else:
            live = {one for one, day in keys.get((key, start, end), ()) if day.replace(day=1) not in months}
            total = len(live.union(row.key for rows_of_month in months.values() for row in rows_of_month))
        answer[key] = Tally(value, total)
    return answer


def evidence_of(
    commission: Commission, month: dt.date, measures: Sequence[str], *, lock: MonthLock | None
) -> dict[str, Evidence]:
    """The rows of several figures. With a ``lock``, the month's rows are the locked ones, and every earlier month that
    was locked by then stands as it was locked; what was never locked is counted as recorded at that instant.
    """
    first = month.replace(day=1)
    as_of = lock.as_of if lock else clock.now()
    fixed = _locked_rows(first, as_of, set(measures), _locks(commission, first), lock)
    answer = {}
    for key in dict.fromkeys(measures):
        measure, end = get_measure(key), _until(key, first, as_of)
        months = fixed.get(key, {})
        start = first if measure.stock else _begin(commission, first)
        if set(_months(start, first)) <= months.keys():
            live: list[Row] = []
        else:
            live = rows(measure, authority=commission.authority, start=start, end=end, as_of=as_of)
        if measure.stock:
            total = this = months.get(first, live)
        else:
            total = _joined(live, months)
            this = (
                months[first]
                if first in months
                else rows(measure, authority=commission.authority, start=first, end=end, as_of=as_of)
            )
        answer[key] = Evidence(measure, tuple(this), tuple(total), lock)
    return answer


def proof_path(commission: Commission, measure: str, month: dt.date) -> str:
    """Where the rows of a figure are listed."""
    path = town_url(commission.authority, "office:figure", measure=measure)
    return f"{path}?month={month:%Y-%m}&commission={commission.key}"


def months_of(commission: Commission, today: dt.date) -> list[dt.date]:
    """The first days of the months of a commission that have begun, newest first."""
    last = min(today, commission.ends_on)
    return list(reversed(_months(commission.starts_on.replace(day=1), last.replace(day=1))))


def _figure(
    commission: Commission, indicator: Indicator, month: dt.date, tally: Tally, lock: MonthLock | None
) -> MonthFigure:
    measure, value, total = get_measure(indicator.measure), tally.value, tally.total
    elapsed = elapsed_part(commission, month, lock)
    comparison = compare(total - Fraction(indicator.baseline or 0), goal_of(indicator), elapsed)
    share = None if comparison.share is None else int(comparison.share * 100)
    standing = comparison.standing
    verdict = VERDICTS[standing]
    if indicator.target == 0:  # fewer is better; there is no pace towards nothing
        standing = "on_track" if total == 0 else "behind"
        verdict = "目標のとおりです" if total == 0 else "まだ残っています"
    return MonthFigure(
        key=indicator.key,
        measure=indicator.measure,
        label=indicator.label,
        unit=indicator.unit,
        heading=indicator.heading,
        value=value,
        total=total,
        target=indicator.target,
        standing=standing,
        share=share,
        pace=None if comparison.share is None else int(elapsed * 100),
        sentence=_sentence(indicator, total, _counted_from(measure, month, lock)),
        target_text=target_words(indicator),
        verdict=verdict,
        proof=proof_path(commission, indicator.measure, month),
        locked_version=lock.version if lock else None,
        note=measure.note,
    )


def _until(measure: str, first: dt.date, as_of: dt.datetime) -> dt.date:
    """The day of a month's figure. A stock is not told for a day that has not come: nobody has waited that long yet."""
    end = last_day(first)
    return min(end, max(first, as_of.astimezone(clock.TOKYO).date())) if get_measure(measure).stock else end


def _counted_from(measure: Measure, month: dt.date, lock: MonthLock | None) -> str:
    if not measure.stock:
        return "契約から"
    return "今日で" if lock is None and clock.today() < last_day(month) else "月末で"


def _sentence(indicator: Indicator, total: int, since: str) -> str:
    count = f"{since} {total:,}{indicator.unit}"
    return count if indicator.target is None else f"{count}／目標 {target_words(indicator)}"


def elapsed_part(commission: Commission, month: dt.date, lock: MonthLock | None) -> Fraction:
    """The part of the term that has passed at the end of the month; today or the day of the lock if that is earlier."""
    known_on = lock.as_of.astimezone(clock.TOKYO).date() if lock else clock.today()
    day = min(last_day(month), known_on, commission.ends_on)
    whole = (commission.ends_on - commission.starts_on).days + 1
    return max(Fraction(0), min(Fraction(1), Fraction((day - commission.starts_on).days + 1, whole)))


def _begin(commission: Commission, month: dt.date) -> dt.date:
    return min(commission.starts_on.replace(day=1), month)


def _locks(commission: Commission, month: dt.date) -> list[MonthLock]:
    """Every lock of the months up to this one, by month and version."""
    return list(MonthLock.objects.filter(commission_key=commission.key, month__lte=month).order_by("month", "version"))


def _locked_rows(
    month: dt.date, as_of: dt.datetime, measures: set[str], locks: Sequence[MonthLock], lock: MonthLock | None
) -> dict[str, dict[dt.date, list[Row]]]:
    """Measure → month → rows, from the newest lock of each month that stood at ``as_of``; of a stock, this month's."""
    newest = {found.month: found for found in locks if found.as_of <= as_of}
    if lock is not None:
        newest[lock.month] = lock
    months = {found.pk: found.month for found in newest.values()}
    found: dict[str, dict[dt.date, list[Row]]] = {}
    stocks = [key for key in measures if get_measure(key).stock]
    figures = LockedFigure.objects.filter(lock__in=months, measure__in=measures)
    for figure in figures.exclude(~Q(lock__month=month), measure__in=stocks) if months else ():
        found.setdefault(figure.measure, {})[months[figure.lock_id]] = [Row.from_json(data) for data in figure.rows]
    return found


def _joined(live: Sequence[Row], months: dict[dt.date, list[Row]]) -> list[Row]:
    """Live rows with the locked months put in their place; a row is counted once, in its first month."""
    kept = [row for row in live if row.effective_on.replace(day=1) not in months]
    kept += [row for month_rows in months.values() for row in month_rows]
    once = {row.key: row for row in sorted(kept, key=lambda row: (row.effective_on, row.key), reverse=True)}
    return sorted(once.values(), key=lambda row: (row.effective_on, row.key))


def _months(first: dt.date, last: dt.date) -> list[dt.date]:
    found, month = [], first
    while month <= last:
        found.append(month)
        month = last_day(month) + dt.timedelta(days=1)
    return found
