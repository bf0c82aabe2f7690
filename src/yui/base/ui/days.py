"""Days and times of day as each language of the house writes them. Pure.

Japanese counts years by era (令和8年); easy Japanese by the western year, which newcomers know. The others write a day
before its month and short: Sat 28 Nov, sáb. 28 nov., Th 7 28/11.
"""

import datetime as dt

from yui.engine import calendar

WEEKDAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "pt-br": ("seg.", "ter.", "qua.", "qui.", "sex.", "sáb.", "dom."),
    "vi": ("Th 2", "Th 3", "Th 4", "Th 5", "Th 6", "Th 7", "CN"),
}
MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "pt-br": ("jan.", "fev.", "mar.", "abr.", "maio", "jun.", "jul.", "ago.", "set.", "out.", "nov.", "dez."),
}
HOLIDAY = {"en": " (holiday)", "pt-br": " (feriado)", "vi": " (ngày nghỉ)"}


def _is_japanese(language: str) -> bool:
    return language not in WEEKDAYS


def _day_and_month(day: dt.date, language: str) -> str:
    return f"{day.day}/{day.month}" if language == "vi" else f"{day.day} {MONTHS[language][day.month - 1]}"


def date(day: dt.date, language: str) -> str:
    """令和8年11月28日; 2026年11月28日; 28 Nov 2026; 28/11/2026."""
    if language == "ja-easy":
        return f"{day.year}年{day.month}月{day.day}日"
    if _is_japanese(language):
        return calendar.wareki(day)
    return f"{_day_and_month(day, language)}{'/' if language == 'vi' else ' '}{day.year}"


def near(day: dt.date, language: str) -> str:
    """11月28日（土）, 11月23日（月・祝）; Sat 28 Nov, Mon 23 Nov (holiday)."""
    holiday = bool(calendar.holiday_name(day))
    if _is_japanese(language):
        return calendar.short_day(day).replace("）", "・祝）") if holiday else calendar.short_day(day)
    return f"{WEEKDAYS[language][day.weekday()]} {_day_and_month(day, language)}{HOLIDAY[language] if holiday else ''}"


def full(day: dt.date, language: str) -> str:
    """令和8年11月28日（土）; Sat 28 Nov 2026; Th 7 28/11/2026."""
    if language == "ja-easy":
        return f"{day.year}年{calendar.short_day(day)}"
    if _is_japanese(language):
        return calendar.wareki_with_weekday(day)
    return f"{WEEKDAYS[language][day.weekday()]} {date(day, language)}"


def month(day: dt.date, language: str) -> str:
    """令和8年11月; 2026年11月; Nov 2026; tháng 11/2026."""
    if language == "ja-easy":
        return f"{day.year}年{day.month}月"
    if language == "vi":
        return f"tháng {day.month}/{day.year}"
    if _is_japanese(language):
        return f"{calendar.wareki_year(day)}{day.month}月"
    return f"{MONTHS[language][day.month - 1]} {day.year}"


def time(value: dt.time, language: str) -> str:
    """10時, 10時30分; 10:30; 10h30."""
    if _is_japanese(language):
        return f"{value.hour}時{value.minute}分" if value.minute else f"{value.hour}時"
    if language == "pt-br":
        return f"{value.hour}h{value.minute:02d}" if value.minute else f"{value.hour}h"
    return f"{value.hour}:{value.minute:02d}"
