"""The worker: takes tasks from the database, and each minute seals the audit, sends what waits and rescues runs.

Any number may run, on several hosts. A second thread does what is due each minute, so a long task does not keep the
audit unsealed.
"""

import datetime as dt
import logging
import signal
import threading
from collections.abc import Callable
from types import FrameType

from django.core.management import call_command
from django.db import OperationalError, close_old_connections, connections
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction, is_locked_database_exception

from yui.base import clock
from yui.base.audit.chain import seal
from yui.base.jobs.domain import rescue
from yui.base.jobs.registry import daily_work, minutely_work
from yui.base.messages.tasks import deliver_waiting
from yui.base.tenancy.models import Authority
from yui.base.tenancy.scope import authority_scope

logger = logging.getLogger("yui.worker")
BACKEND = "default"
PAUSE = 0.5
MINUTE = 60.0
AFTER_FAULT = 5.0
DAYS_KEPT = 14


class Worker:
    """One worker process."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.day: dt.date | None = None

    def run(self) -> None:
        """Work until told to stop by a signal. A task that is running is finished first; a second signal kills."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        minutely = threading.Thread(target=self._each_minute, name="minutely", daemon=True)
        minutely.start()
        while not self.stopping.is_set():
            close_old_connections()
            try:
                work_through(self)
            except Exception:
                logger.exception("the worker stumbled")
                self.stopping.wait(AFTER_FAULT)
            self.stopping.wait(PAUSE)
        minutely.join(timeout=10)

    def _each_minute(self) -> None:
        while not self.stopping.is_set():
            close_old_connections()
            minute()
            today = clock.today()
            if self.day != today:
                _guarded("day", lambda today=today: day(today))
                self.day = today
            self.stopping.wait(MINUTE)
        connections.close_all()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        if self.stopping.is_set():
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
        self.stopping.set()


def work_through(worker: Worker | None = None) -> None:
    """Run every task that is ready, then return. It looks before it locks, so an idle worker disturbs nobody."""
    tasks = TaskWorker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name=BACKEND,
        startup_delay=False,
        max_tasks=None,
        worker_id="yui",
        excluded_queue_names=[],
    )
    while worker is None or not worker.stopping.is_set():
        taken = _take()
        if taken is None:
            return
        tasks.run_task(taken)


def _take() -> DBTaskResult | None:
    """The next task, claimed, or ``None`` when there is none or SQLite is busy just now."""
    ready = DBTaskResult.objects.ready().filter(backend_name=BACKEND)
    if not ready.exists():
        return None
    try:
        with exclusive_transaction():
            found = ready.get_locked()
            if found is not None:
                found.claim("yui")
            return found
    except OperationalError as error:
        if is_locked_database_exception(error):
            return None
        raise


def seal_minutely() -> int:
    """Seal until nothing is left unsealed."""
    total = 0
    while sealed := seal():
        total += sealed
    return total


def minute() -> None:
    """What is due each minute. A fault in one part does not keep the others from their work."""
    for part in (seal_minutely, deliver_waiting, rescue, towns_minutely):
        _guarded(part.__name__, part)


def towns_minutely() -> None:
    """What is due each minute in every town."""
    for authority in Authority.objects.filter(closed_on=None):
        for name, work in minutely_work().items():
            with authority_scope(authority):
                _guarded(name, lambda work=work, authority=authority: work(authority))


def day(today: dt.date) -> None:
    """What is due each day, in every town, and the house's own cleaning."""
    for authority in Authority.objects.filter(closed_on=None):
        for name, work in daily_work().items():
            with authority_scope(authority):
                _guarded(name, lambda work=work, authority=authority: work(authority, today))
    if DBTaskResult.objects.finished().exists():
        _guarded("prune", lambda: call_command("prune_db_task_results", min_age_days=DAYS_KEPT, verbosity=0))


def _guarded(name: str, work: Callable[[], object]) -> None:
    try:
        work()
    except Exception:
        logger.exception("%s failed", name)
