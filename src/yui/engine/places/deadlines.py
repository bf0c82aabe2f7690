"""Until when somebody may answer an offer of a place: long enough to think, never at night, never after the day itself."""

import datetime as dt
from dataclasses import dataclass

BEFORE_THE_START = dt.timedelta(hours=1)
"""No answer is awaited later than this before the beginning."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Hours of the town. ``desk_hours``: for those whom somebody must call or write to. ``spare_hours``: how long before
    the beginning the answer should be there, as long as ``shortest_hours`` are left to think. The night lasts from
    ``night_from`` to ``night_to`` (hours of the clock, over midnight)."""

    hours: int = 48
    desk_hours: int = 72
    shortest_hours: int = 3
    spare_hours: int = 24
    night_from: int = 21
    night_to: int = 8


def answer_until(
    pace: Pace, now: dt.datetime, starts_at: dt.datetime | None, *, by_desk: bool = False
) -> dt.datetime | None:
    """The instant after which the next one is asked; None when there is no time left to ask anybody.

    ``now`` and ``starts_at`` are aware; the night is that of ``now``'s zone. ``starts_at`` None: no fixed date.
    """
    begin = _morning_after(pace, now) or now
    due = _awake(pace, begin, pace.desk_hours if by_desk else pace.hours)
    if starts_at is None:
        return due
    starts_at = starts_at.astimezone(now.tzinfo)
    latest = _evening_before(pace, starts_at - dt.timedelta(hours=pace.spare_hours))
    if due <= latest:
        return due
    shortest = _awake(pace, begin, pace.shortest_hours)
    if shortest <= latest:
        return latest
    return shortest if shortest <= starts_at - BEFORE_THE_START else None


def _awake(pace: Pace, begin: dt.datetime, hours: int) -> dt.datetime:
    """So many hours later; what of it would lie in the last night is given after that night."""
    due = begin + dt.timedelta(hours=hours)
    morning = _morning_after(pace, due)
    if morning is None:
        return due
    asleep = due - _evening(pace, morning)
    return min(morning + asleep, morning.replace(hour=pace.night_from, minute=0))


def _morning_after(pace: Pace, instant: dt.datetime) -> dt.datetime | None:
    """The end of the night in which an instant lies; None by day. Exactly at the beginning of a night is still day."""
    morning = instant.replace(hour=pace.night_to, minute=0, second=0, microsecond=0)
    evening = instant.replace(hour=pace.night_from, minute=0, second=0, microsecond=0)
    if instant < morning:
        return morning
    return morning + dt.timedelta(days=1) if instant > evening else None


def _evening(pace: Pace, morning: dt.datetime) -> dt.datetime:
    return (morning - dt.timedelta(days=1)).replace(hour=pace.night_from)


def _evening_before(pace: Pace, instant: dt.datetime) -> dt.datetime:
    morning = _morning_after(pace, instant)
    return instant if morning is None else _evening(pace, morning)
