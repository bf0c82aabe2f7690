"""Dates as people in Japan type them. What cannot be a date is refused with a code; nothing is guessed."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Mapping
from datetime import date

from yui.engine.calendar.eras import ERAS, GREGORIAN_SINCE, Era, era_named
from yui.engine.calendar.written import WEEKDAYS

YEARS_AHEAD = 8
"""How far the next 29 February may lie."""


class DateFault(ValueError):
    """`code` and `values`; the sentence is in `calendar/sentences.json`."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values: Mapping[str, object] = values
        super().__init__(f"{code} {values}")


_MARKS = "|".join([*(era.name for era in ERAS), *(era.name[0] for era in ERAS), "[MTSHRmtshr]"])
_GAP = r"\s*(?:[./\-年,]|\s)\s*"
_GAP_MONTH = r"\s*(?:[./\-月,]|\s)\s*"
_WEEKDAY = rf"\s*日?\s*(?:\(?(?P<weekday>[{WEEKDAYS}])(?:曜日?)?\)?)?"
_ERA = re.compile(
    rf"(?P<era>{_MARKS})\.?\s*(?P<year>元|\d{{1,3}}){_GAP}(?P<month>\d{{1,2}}){_GAP_MONTH}(?P<day>\d{{1,2}}){_WEEKDAY}"
)
_ERA_CLOSED = re.compile(r"(?P<era>[MTSHRmtshr])(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)(?P<weekday>(?!))?")
_WESTERN = re.compile(
    rf"(?:西暦)?\s*(?P<year>\d{{1,5}}){_GAP}(?P<month>\d{{1,2}}){_GAP_MONTH}(?P<day>\d{{1,2}}){_WEEKDAY}"
)
_CLOSED = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?P<weekday>(?!))?")
_RELATIVE = re.compile(rf"(?P<month>\d{{1,2}})\s*[./\-月]\s*(?P<day>\d{{1,2}}){_WEEKDAY}")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ーｰ－", "-") | {"。": ".", "・": ".", "、": ","})


def parse_date(text: str, *, today: date | None = None) -> date:
    """Read R8.11.20, 令和8年11月20日（金）, 2026/11/20, 20261120, S55.1.1, or 11/27 (the next such day from `today` on).

    Raises DateFault: `date_empty`, `date_unreadable`, `date_year_too_short` (60/1/1: which era?), `date_no_such_month`,
    `date_no_such_day`, `date_no_such_year`, `date_outside_era`, `date_before_1873`, `date_needs_year` (11/27 without
    today), `date_other_weekday`.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES).strip()
    if not plain:
        raise DateFault("date_empty")
    if found := _ERA.fullmatch(plain) or _ERA_CLOSED.fullmatch(plain):
        day = _in_era(era_named(found["era"]), found["year"], int(found["month"]), int(found["day"]))
    elif found := _CLOSED.fullmatch(plain) or _WESTERN.fullmatch(plain):
        day = _western(found["year"], int(found["month"]), int(found["day"]))
    elif found := _RELATIVE.fullmatch(plain):
        day = _next(int(found["month"]), int(found["day"]), today)
    else:
        raise DateFault("date_unreadable", text=text)
    if found["weekday"] and WEEKDAYS[day.weekday()] != found["weekday"]:
        raise DateFault("date_other_weekday", weekday=WEEKDAYS[day.weekday()])
    return day


def _in_era(era: Era, written: str, month: int, day: int) -> date:
    number = 1 if written == "元" else int(written)
    if number < 1 or (era.last_year is not None and number > era.last_year):
        raise DateFault("date_no_such_year", era=era.name, last=era.last_year or "")
    made = _day(era.first.year + number - 1, month, day)
    if made < GREGORIAN_SINCE and made >= era.first:
        raise DateFault("date_before_1873")
    if made < era.first or (era.last is not None and made > era.last):
        raise DateFault("date_outside_era", era=era.name, first=era.first, last=era.last or "")
    return made


def _western(written: str, month: int, day: int) -> date:
    if len(written) < 4:
        raise DateFault("date_year_too_short", year=written)
    if not GREGORIAN_SINCE.year <= int(written) <= date.max.year:
        raise DateFault("date_before_1873" if int(written) < GREGORIAN_SINCE.year else "date_unreadable", text=written)
    return _day(int(written), month, day)


def _next(month: int, day: int, today: date | None) -> date:
    if today is None:
        raise DateFault("date_needs_year")
    if not 1 <= month <= 12:
        raise DateFault("date_no_such_month", month=month)
    for year in range(today.year, today.year + YEARS_AHEAD + 1):
        if 1 <= day <= monthrange(year, month)[1] and date(year, month, day) >= today:
            return date(year, month, day)
    raise DateFault("date_no_such_day", year=today.year, month=month, day=day, last=monthrange(today.year, month)[1])


def _day(year: int, month: int, day: int) -> date:
    if year > date.max.year:
        raise DateFault("date_unreadable", text=str(year))
    if not 1 <= month <= 12:
        raise DateFault("date_no_such_month", month=month)
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise DateFault("date_no_such_day", year=year, month=month, day=day, last=last)
    return date(year, month, day)
