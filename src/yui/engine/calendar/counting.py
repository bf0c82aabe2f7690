"""Counting days and months, and the days on which a Japanese office is closed."""

from calendar import monthrange
from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache

YEAR_END = frozenset({(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)})
"""Month and day. Source: 地方自治法第4条の2 with the usual ordinance on 地方公共団体の休日; a town may give others."""

SATURDAY = 5


def add_months(day: date, months: int) -> date:
    """The same day so many months on (3か月後); where that month is shorter, its last day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def age_on(day: date, born: date) -> int:
    """Full years of life; who was born on 29 February is a year older from 1 March where the year has no such day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def days_between(first: date, second: date) -> int:
    """Days from `first` to `second`: 0 on the same day, negative when `second` is earlier."""
    return (second - first).days


@lru_cache(maxsize=4096)
def same_weekday_later(day: date, years: int) -> date:
    """The day of the same weekday that is nearest to the same date so many years later: 3 days before or after at most."""
    near = add_months(day, 12 * years)
    ahead = (day.weekday() - near.weekday()) % 7
    return near + timedelta(days=ahead if ahead <= 3 else ahead - 7)


def holiday_name(day: date) -> str | None:
    """The national holiday (振替休日 and 国民の休日 included), or None. Source: 国民の祝日に関する法律 through jpholiday."""
    import jpholiday

    name: str | None = jpholiday.is_holiday_name(day)
    return name


def is_working_day(day: date, closed: Collection[tuple[int, int]] = YEAR_END) -> bool:
    """Not a Saturday, Sunday, national holiday or one of the closed days."""
    return day.weekday() < SATURDAY and (day.month, day.day) not in closed and holiday_name(day) is None


def working_day_on_or_after(day: date, closed: Collection[tuple[int, int]] = YEAR_END) -> date:
    while not is_working_day(day, closed):
        day += timedelta(days=1)
    return day


def working_day_on_or_before(day: date, closed: Collection[tuple[int, int]] = YEAR_END) -> date:
    while not is_working_day(day, closed):
        day -= timedelta(days=1)
    return day


def add_working_days(day: date, count: int, closed: Collection[tuple[int, int]] = YEAR_END) -> date:
    """The count-th working day after `day` (before it where negative); `day` itself is not counted; 0 is `day`."""
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day, closed):
            day += step
    return day


def working_days_between(first: date, second: date, closed: Collection[tuple[int, int]] = YEAR_END) -> int:
    """Working days after `first` up to and including `second`; 0 when `second` is not later."""
    days = (first + timedelta(days=n) for n in range(1, days_between(first, second) + 1))
    return sum(is_working_day(day, closed) for day in days)
