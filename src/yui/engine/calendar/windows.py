"""Windows of days after a notice: for asking, then for the answer."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from yui.engine.calendar.counting import add_working_days, working_day_on_or_after

Days = Literal["counted", "left_out", "moved_on"]
"""Closed days: counted as any day, left out of the count, or counted with an end that moves on to a working day."""


@dataclass(frozen=True, slots=True)
class WindowRule:
    """Days for asking and for the answer. `starts`: asking is counted from the day after the notice, or from its day."""

    ask_days: int
    answer_days: int
    starts: Literal["day_after_notice", "day_of_notice"] = "day_after_notice"
    closed_days: Days = "counted"


@dataclass(frozen=True, slots=True)
class Window:
    """First and last day for asking, last day for the answer."""

    ask_from: date
    ask_until: date
    answer_by: date


def window(notice: date, rule: WindowRule) -> Window:
    """The window of a notice. The answer is counted from the day after the last day for asking, not from the request."""
    before = notice if rule.starts == "day_after_notice" else notice - timedelta(days=1)
    ask_until = _after(before, rule.ask_days, rule.closed_days)
    return Window(before + timedelta(days=1), ask_until, _after(ask_until, rule.answer_days, rule.closed_days))


def _after(day: date, count: int, closed: Days) -> date:
    if closed == "left_out":
        return add_working_days(day, count)
    end = day + timedelta(days=count)
    return working_day_on_or_after(end) if closed == "moved_on" else end
