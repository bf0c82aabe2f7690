"""「来週金曜」「3日後」「11/27 午前」: the day of a promise as it is said on the telephone. Pure."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from yui.engine.calendar import DateFault, add_months, parse_date

WEEKDAYS = "月火水木金土日"
NEAR = {"今日": 0, "きょう": 0, "本日": 0, "明日": 1, "あした": 1, "あす": 1, "明後日": 2, "あさって": 2}
NUMBERS = {sign: number for number, sign in enumerate("一二三四五六七八九", start=1)}
_AFTER = re.compile(r"(?P<n>\d+|[一二三四五六七八九])(?P<unit>日|週間|か月|ヶ月|カ月|ケ月)後")
_WEEKDAY = re.compile(rf"(?P<week>今週|来週|再来週|次)?の?(?P<day>[{WEEKDAYS}])曜?日?")
_WEEK = {"今週": 0, "来週": 1, "再来週": 2}
_TIME = re.compile(
    r"(?P<time>(?:朝|午前|昼|午後|夕方|夜)?(?:\d{1,2}(?::\d{2}|時(?:\d{1,2}分|半)?)(?:ごろ|頃|から)?)?)$"
)


class NoSuchPromise(ValueError):
    """The text names no day; the message is a sentence for whoever typed it."""


@dataclass(frozen=True, slots=True)
class PromisedDay:
    """``time``: the words about the hour as they were typed; empty without any."""

    day: dt.date
    time: str = ""


def read_promise(text: str, today: dt.date) -> PromisedDay:
    """The day meant by 11/27, 27日, 来週金曜, 3日後, あす午後 or any written date. Raises ``NoSuchPromise``.

    A weekday alone is the next such day after today. 来週 begins with the next Monday.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    found = _TIME.search(plain)
    time = found["time"] if found else ""
    day_text = plain[: len(plain) - len(time)] if time else plain
    if not day_text and time:
        return PromisedDay(today, time)
    day = _near(day_text, today) or _weekday(day_text, today) or _day_of_month(day_text, today)
    if day is not None:
        return PromisedDay(day, time)
    try:
        return PromisedDay(parse_date(day_text, today=today), time)
    except DateFault:
        raise NoSuchPromise("日は「11/27」「来週金曜」「3日後」のように書いてください。") from None


def _near(text: str, today: dt.date) -> dt.date | None:
    if text in NEAR:
        return today + dt.timedelta(days=NEAR[text])
    found = _AFTER.fullmatch(text)
    if not found:
        return None
    number = NUMBERS.get(found["n"]) or int(found["n"])
    if number > 1000:
        return None
    if found["unit"] == "日":
        return today + dt.timedelta(days=number)
    return today + dt.timedelta(days=7 * number) if found["unit"] == "週間" else add_months(today, number)


def _weekday(text: str, today: dt.date) -> dt.date | None:
    found = _WEEKDAY.fullmatch(text)
    if not found:
        return None
    wanted = WEEKDAYS.index(found["day"])
    if found["week"] in _WEEK:
        monday = today - dt.timedelta(days=today.weekday())
        return monday + dt.timedelta(days=7 * _WEEK[found["week"]] + wanted)
    return today + dt.timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)


def _day_of_month(text: str, today: dt.date) -> dt.date | None:
    """27日: this month's, or the next month's when it is over."""
    found = re.fullmatch(r"(\d{1,2})日", text)
    if not found:
        return None
    first = today.replace(day=1)
    for months in range(3):
        month = add_months(first, months)
        try:
            day = month.replace(day=int(found[1]))
        except ValueError:
            continue
        if day >= today:
            return day
    return None
