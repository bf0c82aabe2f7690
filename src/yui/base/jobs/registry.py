"""What can run: jobs by their kind, and what happens by itself every minute and every day. Declared in ``tasks.py``."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from yui.base.access.permissions import Permission
from yui.base.tenancy.models import Authority

if TYPE_CHECKING:
    from yui.base.jobs.models import JobRun
    from yui.base.jobs.run import Run

Work = Callable[["Run"], None]
Page = Callable[["JobRun"], str]
About = Callable[[dict[str, Any]], str]
Daily = Callable[[Authority, dt.date], object]
Minutely = Callable[[Authority], object]


@dataclass(frozen=True, slots=True)
class Job:
    """A kind of long work."""

    kind: str
    label: str
    work: Work
    about: About | None = None
    """What tells this run from others of its kind, in words, from its arguments alone; asks no database."""
    page: Page | None = None
    """The path of what the run makes, or empty; where somebody looks while it runs and after."""
    page_permission: Permission | None = None
    """Who may open that page."""
    retried_there: bool = False
    """It is begun again on its page, where more belongs to it than the run, and not among the jobs."""


_jobs: dict[str, Job] = {}
_daily: dict[str, Daily] = {}
_minutely: dict[str, Minutely] = {}


def job(
    kind: str,
    *,
    label: str,
    about: About | None = None,
    page: Page | None = None,
    page_permission: Permission | None = None,
    retried_there: bool = False,
) -> Callable[[Work], Work]:
    """Declare the decorated function as a job. It does all it does in pieces of its ``Run``."""

    def declare(work: Work) -> Work:
        _jobs[kind] = Job(kind, label, work, about, page, page_permission, retried_there)
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


def find_job(kind: str) -> Job | None:
    """The job of that kind, or ``None`` for one that this version no longer knows; its runs still stand in the list."""
    return _jobs.get(kind)


def daily_work() -> dict[str, Daily]:
    """Everything done once a day, by name."""
    return dict(_daily)


def minutely_work() -> dict[str, Minutely]:
    """Everything done each minute, by name."""
    return dict(_minutely)
