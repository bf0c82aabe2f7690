"""The eras of Japan as dated data. A new era is a new line; an old line is never edited.

Sources: 元号法 (昭和54年法律第43号); 元号を改める政令 (昭和64年政令第1号: 平成; 平成31年政令第143号: 令和);
詔書 of 大正 (1912-07-30) and 昭和 (1926-12-25). Meiji began by the 詔書 of 明治元年9月8日, in the Gregorian calendar
1868-10-23; the Gregorian calendar itself has been in force since 1873-01-01 (明治5年太政官布告第337号), so earlier dates
written in an era are lunar and are not read.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Era:
    """`last` is the last day that may be written with the era; None while it lasts.

    The days 1912-07-30 and 1926-12-25 belong to two eras: the change took effect on the day itself.
    """

    name: str
    letter: str
    first: date
    last: date | None

    def year_of(self, day: date) -> int:
        return day.year - self.first.year + 1

    @property
    def last_year(self) -> int | None:
        return None if self.last is None else self.year_of(self.last)


ERAS = (
    Era("明治", "M", date(1868, 10, 23), date(1912, 7, 30)),
    Era("大正", "T", date(1912, 7, 30), date(1926, 12, 25)),
    Era("昭和", "S", date(1926, 12, 25), date(1989, 1, 7)),
    Era("平成", "H", date(1989, 1, 8), date(2019, 4, 30)),
    Era("令和", "R", date(2019, 5, 1), None),
)

GREGORIAN_SINCE = date(1873, 1, 1)

FISCAL_YEAR_NAMES = {2019: "令和元年度"}
"""Fiscal years not named after the era of their first day. Source: 改元に伴う元号による年表示の取扱いについて
(新元号への円滑な移行に向けた関係省庁連絡会議申合せ, 2019-04-01)."""


def era_of(day: date) -> Era:
    """The era in which a day is written today: the newer one on a day of change. ValueError before 1873."""
    if day < GREGORIAN_SINCE:
        raise ValueError("before the Gregorian calendar of Japan")
    return next(era for era in reversed(ERAS) if era.first <= day)


def era_named(mark: str) -> Era:
    """By name (令和), letter (R) or first character (令). KeyError for anything else."""
    for era in ERAS:
        if mark in (era.name, era.name[0]) or mark.upper() == era.letter:
            return era
    raise KeyError(mark)
