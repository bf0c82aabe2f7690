"""Days and instants of a question: ISO alone, and an instant carries its offset. Nothing is guessed."""

import re
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache

from yui.engine.faults import PathStep
from yui.engine.reading import Log

Path = tuple[PathStep, ...]
TOKYO = timezone(timedelta(hours=9))
"""Japan has had no summer time since 1952; every instant here is later."""

FIRST_YEAR, LAST_YEAR = 1952, 2999
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})?"
)
_CLOCK = re.compile(r"[0-9]{2}:[0-9]{2}")


@lru_cache(maxsize=4096)
def day_of(text: str) -> date | None:
    """The day of `2025-07-18`; None where there is no such day."""
    if not _DAY.fullmatch(text):
        return None
    try:
        made = date.fromisoformat(text)
    except ValueError:
        return None
    return made if FIRST_YEAR <= made.year <= LAST_YEAR else None


def day(value: object, path: Path, log: Log) -> date | None:
    """A day. Faults: `not_a_day` for another form, a day that does not exist, or a year that cannot be meant."""
    made = day_of(value) if isinstance(value, str) and len(value) == 10 else None
    if made is None:
        log.fault(path, "not_a_day", first=FIRST_YEAR, last=LAST_YEAR)
    return made


def instant(value: object, path: Path, log: Log) -> datetime | None:
    """An instant with its offset, in the time of Tokyo, down to the second: parts of a second belong to it."""
    found = _INSTANT.fullmatch(value) if isinstance(value, str) and len(value) <= 40 else None
    if found is None or day_of(found[1]) is None:
        log.fault(path, "not_an_instant")
        return None
    if found[3] is None:
        log.fault(path, "no_offset")
        return None
    try:
        made = datetime.fromisoformat(f"{found[1]}T{found[2]}{found[3]}")
    except ValueError:
        log.fault(path, "not_an_instant")
        return None
    return made.astimezone(TOKYO)


def clock(value: object, path: Path, log: Log) -> time | None:
    """A time of day, `09:00`."""
    if isinstance(value, str) and _CLOCK.fullmatch(value):
        try:
            return time.fromisoformat(value)
        except ValueError:
            pass
    log.fault(path, "not_a_clock")
    return None
