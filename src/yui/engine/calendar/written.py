"""Dates as Japanese offices write them."""

from datetime import date

from yui.engine.calendar.eras import FISCAL_YEAR_NAMES, GREGORIAN_SINCE, era_of

WEEKDAYS = "月火水木金土日"


def wareki(day: date) -> str:
    """令和8年11月20日; the first year of an era is 元年. Before 1873 the Gregorian year alone."""
    return f"{wareki_year(day)}{day.month}月{day.day}日"


def wareki_year(day: date) -> str:
    """令和8年."""
    if day < GREGORIAN_SINCE:
        return f"{day.year}年"
    era = era_of(day)
    number = era.year_of(day)
    return f"{era.name}{'元' if number == 1 else number}年"


def weekday(day: date) -> str:
    """（金）."""
    return f"（{WEEKDAYS[day.weekday()]}）"


def wareki_with_weekday(day: date) -> str:
    """令和8年11月20日（金）."""
    return wareki(day) + weekday(day)


def short_day(day: date) -> str:
    """11月20日（金）: where the year is plain from what stands around it."""
    return f"{day.month}月{day.day}日{weekday(day)}"


def fiscal_year(day: date) -> int:
    """The Gregorian year in which the fiscal year of a day begins: April to March."""
    return day.year if day.month >= 4 else day.year - 1


def fiscal_year_days(year: int) -> tuple[date, date]:
    """First and last day."""
    return date(year, 4, 1), date(year + 1, 3, 31)


def fiscal_year_label(year: int) -> str:
    """令和8年度 for 2026."""
    return FISCAL_YEAR_NAMES.get(year) or wareki_year(date(year, 4, 1)) + "度"


def month_label(year: int, month: int) -> str:
    """令和8年11月分; a month of change takes the era of its last day."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return f"{wareki_year(date.fromordinal(following.toordinal() - 1))}{month}月分"
