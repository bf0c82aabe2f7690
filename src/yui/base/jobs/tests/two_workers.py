"""Run as a process of its own by ``test_two_workers``: prepares the run, or is one of the workers.

``two_workers.py prepare`` makes the tables, a town and a run of ``ITEMS`` items. ``two_workers.py work [STUCK]`` works
until the run is over, with a lease of one second, prints each item as it is done, and stays for ever in item STUCK.
"""

import sys
import time

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from yui.base import clock  # noqa: E402
from yui.base.access.actor import system_actor  # noqa: E402
from yui.base.access.permissions import Permission  # noqa: E402
from yui.base.jobs import domain, tasks, worker  # noqa: E402
from yui.base.jobs import run as lease  # noqa: E402
from yui.base.jobs.models import JobRun  # noqa: E402
from yui.base.jobs.registry import job  # noqa: E402
from yui.base.jobs.run import Run  # noqa: E402
from yui.base.messages.models import Message  # noqa: E402
from yui.base.tenancy.models import Authority  # noqa: E402
from yui.base.tenancy.scope import authority_scope  # noqa: E402

ITEMS = 40
LEASE = 1
LONGEST = 120.0
lease.LEASE = tasks.LEASE = domain.LEASE = LEASE


@job("slow", label="ゆっくり")
def slow(run: Run) -> None:
    """Write a letter for each number; a letter that is there twice would be a piece done twice."""

    def do(number: int) -> None:
        Message.objects.create(
            authority=run.authority, channel="letter", kind="x", to_id=f"{number:03d}", created_at=clock.now()
        )
        print(f"did {number}", flush=True)
        if [str(number)] == sys.argv[2:3]:
            time.sleep(LONGEST)  # in the middle of its transaction; nobody but a kill ends it

    run.each(range(ITEMS), key=str, do=do)


def prepare() -> None:
    """Tables, a town, one run."""
    call_command("migrate", run_syncdb=True, verbosity=0)
    town = Authority.objects.create(key="sora", name="そら町", created_at=clock.now())
    with authority_scope(town):
        domain.run_job(actor=system_actor(town, "test"), kind="slow", permission=Permission.JOB_READ)


def work() -> None:
    """What ``yui worker`` does, each tenth of a second instead of each half and each minute."""
    until = time.monotonic() + LONGEST
    print("ready", flush=True)
    while time.monotonic() < until:
        domain.rescue()
        worker.work_through()
        with authority_scope(Authority.objects.get()):
            if JobRun.objects.get().state in ("done", "failed"):
                return
        time.sleep(0.1)


prepare() if sys.argv[1] == "prepare" else work()
