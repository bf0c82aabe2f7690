"""How a due date, a quantity and a number in a list are written. Words for staff; no model, no view."""

import datetime as dt

from yui.engine.calendar.written import wareki, wareki_year
from yui.office.commissions.quantities import range_of
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


def quantity_judged(count: int, unit: str, about_percent: int | None, handed_in: int | None) -> tuple[str, str]:
    """What was handed in against what was asked for, as a sentence and the kind of its chip."""
    wanted = range_of(count, about_percent)
    if about_percent is None:
        asked = f"{count:,}{unit}以上"
    else:
        asked = f"約{count:,}{unit}（{about_percent}％までの差：{wanted.least:,}から{wanted.most:,}{unit}）"
    if handed_in is None:
        return asked, ""
    kind = wanted.judge(handed_in)
    words = {"fits": "範囲の中です", "too_few": "足りません", "too_many": "多めです"}[kind]
    return f"{asked}に対して、{handed_in:,}{unit}。{words}。", {"fits": "ok", "too_few": "danger", "too_many": "warn"}[
        kind
    ]
