"""What can run: jobs by their kind, and what happens by itself every minute and every day. Declared in ``tasks.py``."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yui.base.tenancy.models import Authority

if TYPE_CHECKING:
    from yui.base.jobs.run import Run

Work = Callable[["Run"], None]
Daily = Callable[[Authority, dt.date], object]
Minutely = Callable[[Authority], object]


@dataclass(frozen=True, slots=True)
class Job:
    """A kind of long work."""

    kind: str
    label: str
    work: Work


_jobs: dict[str, Job] = {}
_daily: dict[str, Daily] = {}
_minutely: dict[str, Minutely] = {}


def job(kind: str, *, label: str) -> Callable[[Work], Work]:
    """Declare the decorated function as a job. It does all it does in pieces of its ``Run``."""

    def declare(work: Work) -> Work:
        _jobs[kind] = Job(kind, label, work)
        return work

    return declare


def every_day(name: str) -> Callable[[Daily], Daily]:
    """Declare the decorated ``(authority, today)`` as done once a day in each town's scope.

    It may be called more often than once a day (a restart, two workers), so it must ask whether it is still to do.
    """

    def declare(work: Daily) -> Daily:
        _daily[name] = work
        return work

    return declare


def every_minute(name: str) -> Callable[[Minutely], Minutely]:
    """Declare the decorated ``(authority)`` as done each minute in each town's scope, by every worker.

    It must find with one small query that there is nothing to do, and stand being called by two workers at once.
    """

    def declare(work: Minutely) -> Minutely:
        _minutely[name] = work
        return work

    return declare


def get_job(kind: str) -> Job:
    """The job of that kind; ``KeyError`` when there is none."""
    return _jobs[kind]


def daily_work() -> dict[str, Daily]:
    """Everything done once a day, by name."""
    return dict(_daily)


def minutely_work() -> dict[str, Minutely]:
    """Everything done each minute, by name."""
    return dict(_minutely)
