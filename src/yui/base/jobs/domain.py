"""Asking for a run, and finding again those whose worker died."""

from typing import Any

from django.db import transaction
from django.db.models import F, Q

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.record import record
from yui.base.jobs.models import JobRun, State
from yui.base.jobs.registry import find_job, get_job
from yui.base.jobs.run import LEASE, machine_time
from yui.base.jobs.tasks import perform
from yui.base.tenancy.scope import every_town_on_purpose

MOST_ATTEMPTS = 5


def run_job(
    *, actor: Actor, kind: str, permission: Permission, thing: Any = None, arguments: dict[str, Any] | None = None
) -> JobRun:
    """Queue a job for the worker. ``arguments``: codes, dates as text and public ids only.

    The row and the task are written in one transaction, so neither is ever there without the other.
    """
    require(actor, permission, thing)
    get_job(kind)
    with transaction.atomic():
        run = JobRun.objects.create(
            authority=actor.authority,
            kind=kind,
            arguments=arguments or {},
            requested_by=actor.account,
            requested_at=clock.now(),
            lease_until=machine_time() + LEASE,
        )
        record(actor, "job.queued", run, details={"kind": kind})
        perform.enqueue(run.public_id)
    return run


def retry_run(*, actor: Actor, run: JobRun) -> JobRun:
    """Begin a failed run again where it stopped: the pieces that are done stay done. ``NotPossible`` for any other."""
    require(actor, Permission.JOB_RETRY, run)
    found = find_job(run.kind)
    if found is None or found.retried_there:
        raise NotPossible("この仕事は、作るものの画面からやりなおします。", "elsewhere")
    with transaction.atomic():
        failed = JobRun.objects.filter(pk=run.pk, state=State.FAILED)
        if not failed.update(
            state=State.QUEUED, error="", worker="", attempts=0, finished_at=None, lease_until=machine_time() + LEASE
        ):
            raise NotPossible("この仕事は、止まっていません。画面を開きなおしてください。", "wrong_state")
        record(actor, "job.retried", run, details={"kind": run.kind})
        perform.enqueue(run.public_id)
    run.refresh_from_db()
    return run


def rescue() -> int:
    """Queue again what nobody is working on; give up on what failed too often. Run by every worker each minute."""
    now = machine_time()
    with every_town_on_purpose():
        silent = JobRun.objects.filter(Q(state=State.RUNNING) | Q(state=State.QUEUED), lease_until__lt=now)
        silent.filter(attempts__gte=MOST_ATTEMPTS).update(state=State.FAILED, error="gave_up", finished_at=clock.now())
        count = 0
        for run in silent.filter(attempts__lt=MOST_ATTEMPTS):
            with transaction.atomic():
                held = silent.filter(pk=run.pk, lease_until=run.lease_until)
                if held.update(state=State.QUEUED, worker="", lease_until=now + LEASE, attempts=F("attempts")):
                    perform.enqueue(run.public_id)
                    count += 1
    return count
