"""The one task behind every job: takes the run, opens the town's scope from its id, works, writes down the end."""

import logging
import os
import secrets
import socket
from contextlib import nullcontext

from django.db import OperationalError
from django.db.models import F
from django.db.models.functions import Coalesce
from django_tasks import task

from yui.base import clock
from yui.base.access.actor import Actor, actor_for
from yui.base.access.errors import DomainError
from yui.base.files.housekeeping import sweep
from yui.base.jobs.models import JobRun, State
from yui.base.jobs.registry import every_day, get_job
from yui.base.jobs.run import LEASE, LostLease, Run, machine_time
from yui.base.tenancy.scope import authority_scope, every_town_on_purpose

logger = logging.getLogger("yui.jobs")
every_day("files.sweep")(lambda authority, today: sweep(authority))


@task
def perform(public_id: str) -> str:
    """Work on a run and return the state it reached; nothing happens when another worker has it."""
    worker = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
    with every_town_on_purpose():
        if not _take(public_id, worker):
            return ""
        row = JobRun.objects.select_related("authority", "requested_by").get(public_id=public_id)
    with authority_scope(row.authority) if row.authority else nullcontext():
        return _work(Run(row, _actor(row), worker))


def _take(public_id: str, worker: str) -> bool:
    now = machine_time()
    runs = JobRun.objects.filter(public_id=public_id)
    free = runs.filter(state=State.QUEUED) | runs.filter(state=State.RUNNING, lease_until__lt=now)
    return bool(
        free.update(
            state=State.RUNNING,
            worker=worker,
            lease_until=now + LEASE,
            attempts=F("attempts") + 1,
            started_at=Coalesce(F("started_at"), clock.now()),
        )
    )


def _actor(row: JobRun) -> Actor:
    """Who asked for it, with the rights of now; a job of the house acts by its own name."""
    if row.requested_by is None or row.authority is None:
        return Actor(account=None, authority=row.authority, system=f"job.{row.kind}")
    return actor_for(row.requested_by, row.authority)


def _work(run: Run) -> str:
    try:
        get_job(run.row.kind).work(run)
    except LostLease:
        return ""
    except OperationalError:  # the database was away: the lease passes and another worker tries again
        logger.exception("job %s %s stopped", run.row.kind, run.row.public_id)
        return ""
    except DomainError as error:
        return _finish(run, State.FAILED, error.code)
    except Exception as error:
        logger.exception("job %s %s failed", run.row.kind, run.row.public_id)
        return _finish(run, State.FAILED, type(error).__name__)
    return _finish(run, State.DONE, "")


def _finish(run: Run, state: State, error: str) -> str:
    ours = JobRun.objects.filter(pk=run.row.pk, worker=run.worker, state=State.RUNNING)
    ours.update(state=state, error=error[:80], finished_at=clock.now())
    return str(state)
