"""When things of a call happen: moments as a document writes them, cut-offs to the minute, windows of days. Pure."""

import re
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator

from yui.base.definitions.schema import Item, Part, Positive, Setting

WEEKDAYS = "月火水木金土日"
TOKYO = ZoneInfo("Asia/Tokyo")
_WHEN = re.compile(r"^(\d{4}-\d{2}-\d{2})(?:（([月火水木金土日])）)?(?: (\d{2}:\d{2}))?$")
_PART = re.compile(r"^\d{4}-(0[1-9]|1[0-2]) (上旬|中旬|下旬)$")


def _when(value: Any) -> Any:
    text = value.isoformat() if isinstance(value, date) else value
    if isinstance(text, str) and _PART.match(text):
        return text
    found = _WHEN.match(text) if isinstance(text, str) else None
    if found is None:
        raise ValueError("「2024-06-20（木） 17:00」「2024-06-20（木）」「2024-07 上旬」のどれかの形で書いてください。")
    day_text, weekday, time = found.groups()
    try:
        day = datetime.fromisoformat(f"{day_text}T{time or '00:00'}")
    except ValueError as error:
        raise ValueError(f"「{text}」という日時はありません。") from error
    if weekday and WEEKDAYS[day.weekday()] != weekday:
        raise ValueError(f"{day_text}は{WEEKDAYS[day.weekday()]}曜日です。日付か曜日を直してください。")
    return text


When = Annotated[str, BeforeValidator(_when)]
"""A day, with its weekday and a time where the document writes them, or a part of a month. Asia/Tokyo."""


class Moment(Item):
    """An entry of the schedule. ``opens`` is there for a period. ``planned``: 予定, it may still move."""

    name: str
    opens: Setting[When] | None = None
    closes: Setting[When]
    planned: Setting[bool] | None = None
    by_arrival: Setting[bool] | None = None


class Hours(Part):
    """Counter hours, ``HH:MM``; on the last day the counter closes at ``last_day``."""

    opens: Setting[str]
    closes: Setting[str]
    last_day: Setting[str]
    working_days_only: Setting[bool]


class Window(Part):
    """Explanation of a notice: days for asking, counted from the day after the notice; days for the answer, counted
    from the day after the last day for asking.
    """

    ask_within_days: Setting[Positive]
    ask_starts: Setting[Literal["day_after_notice", "day_of_notice"]]
    answer_within_days: Setting[Positive]
    answer_starts: Setting[Literal["day_after_last_asking_day", "day_after_asking"]]
    in_writing: Setting[bool]
    holidays: Setting[Literal["counted", "left_out", "moved_on"]]


def day_of(when: str) -> date | None:
    """The day of a moment; None for a part of a month."""
    found = _WHEN.match(when)
    return date.fromisoformat(found.group(1)) if found else None


def part_of_month(when: str) -> tuple[date, str] | None:
    """The month, as its first day, and 上旬, 中旬 or 下旬; None for a day."""
    found = _PART.match(when)
    return (date.fromisoformat(f"{when[:7]}-01"), found.group(2)) if found else None


def written(day: date, time: str = "") -> str:
    """A day as the definition writes it: with its weekday, and ``HH:MM`` where there is a time."""
    return f"{day.isoformat()}（{WEEKDAYS[day.weekday()]}）{' ' if time else ''}{time}"


def cut_off(when: str) -> datetime | None:
    """The instant of a cut-off; None where no time is written."""
    found = _WHEN.match(when)
    if found is None or found.group(3) is None:
        return None
    return datetime.fromisoformat(f"{found.group(1)}T{found.group(3)}").replace(tzinfo=TOKYO)


def in_time(when: str, arrived: datetime, *, last_instant_in: bool) -> bool:
    """Whether something came in time. Without a written time the whole day counts. ``arrived`` carries its offset.

    Raises ValueError for a part of a month, which is no cut-off.
    """
    end, day = cut_off(when), day_of(when)
    if day is None:
        raise ValueError("a part of a month is no cut-off")
    if end is None:
        return arrived.astimezone(TOKYO).date() <= day
    return arrived <= end if last_instant_in else arrived < end


def asking_ends(notice: date, window: Window) -> date:
    """The last day for asking. The notice's date counts, not the day on which it came."""
    first = 0 if window.ask_starts.value == "day_after_notice" else -1
    return notice + timedelta(days=window.ask_within_days.value + first)


def answer_ends(notice: date, window: Window, asked: date | None = None) -> date:
    """The last day for the answer, by calendar days as written."""
    start = asking_ends(notice, window)
    if window.answer_starts.value == "day_after_asking" and asked is not None:
        start = asked
    return start + timedelta(days=window.answer_within_days.value)
