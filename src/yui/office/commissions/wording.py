"""How a due date, a quantity and a number in a list are written. Words for staff; no model, no view."""

import datetime as dt

from yui.engine.calendar.written import wareki, wareki_year
from yui.office.definition import Deliverable, Due

EVENT_WORDS = {
    "contract": "契約日",
    "term_end": "業務期間の最終日",
    "meeting": "会議の日",
    "change": "体制を変える日",
    "request": "市が求めた日",
}
RINGED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def due_words(due: Due) -> str:
    """契約日から14日以内, 会議の日の7日前まで, 業務期間の最終日まで."""
    event = EVENT_WORDS[due.event]
    if due.days == 0:
        return f"{event}まで"
    return f"{event}から{due.days}日以内" if due.days > 0 else f"{event}の{-due.days}日前まで"


def quantity_words(part: Deliverable) -> str:
    """A4サイズ　2,000部程度; empty where the document names no quantity."""
    words = [part.size.value] if part.size else []
    if part.copies:
        about = "程度" if part.about and part.about.value else ""
        words.append(f"{part.copies.value:,}{part.unit}{about}")
    return "　".join(words)


def ringed(number: int) -> str:
    """① for 1; a plain number above 20."""
    return RINGED[number - 1] if 1 <= number <= len(RINGED) else str(number)


def month_words(month: dt.date) -> str:
    """令和8年11月."""
    return wareki(month).partition("月")[0] + "月"


def fiscal_year_words(year: int) -> str:
    """令和8年度, for the Gregorian year in which it begins."""
    return f"{wareki_year(dt.date(year, 4, 1))}度"
