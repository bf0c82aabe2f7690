"""A worker killed with -9 in the middle of a job, for real: another process finishes, each item once."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[4]
COMMON = """
import datetime as dt, os, sys, time
import django
django.setup()
from yui.base import clock
from yui.base.access.actor import system_actor
from yui.base.access.permissions import Permission
from yui.base.jobs import domain, run as lease, tasks, worker
from yui.base.jobs.models import JobPiece, JobRun
from yui.base.jobs.registry import job
from yui.base.messages.models import Message
from yui.base.tenancy.models import Authority
from yui.base.tenancy.scope import authority_scope
lease.LEASE = tasks.LEASE = domain.LEASE = 1

@job("slow", label="ゆっくり")
def slow(run):
    def do(item):
        Message.objects.create(authority=run.authority, channel="letter", kind="x", to_id=item, created_at=clock.now())
        print("did", item, flush=True)
        time.sleep(float(sys.argv[1]))
    run.each(list("abcdefgh"), key=str, do=do)
"""
PREPARE = """
from django.core.management import call_command
call_command("migrate", run_syncdb=True, verbosity=0)
town = Authority.objects.create(key="sora", name="そら町", created_at=clock.now())
with authority_scope(town):
    domain.run_job(actor=system_actor(town, "test"), kind="slow", permission=Permission.JOB_READ)
"""
FINISH = """
for _ in range(100):
    domain.rescue()
    worker.work_through()
    with authority_scope(Authority.objects.get()):
        if JobRun.objects.get().state == "done":
            print(JobRun.objects.get().done, "".join(sorted(Message.objects.values_list("to_id", flat=True))))
            break
    time.sleep(0.1)
"""


@pytest.mark.slow
def test_another_process_finishes_what_a_killed_one_began(tmp_path):
    env = {
        **os.environ, "PYTHONPATH": f"{SOURCE}{os.pathsep}{os.environ.get('PYTHONPATH', '')}",
        "YUI_VAR": str(tmp_path), "YUI_DATABASE_URL": f"sqlite:///{tmp_path / 'jobs.sqlite3'}",
    }  # fmt: skip

    def python(code, pause):
        return subprocess.Popen(
            [sys.executable, "-c", COMMON + code, pause], env=env, stdout=subprocess.PIPE, text=True
        )

    assert python(PREPARE, "0").wait(60) == 0
    first = python("worker.work_through()", "0.3")
    for _ in range(3):
        assert first.stdout.readline().startswith("did")
    os.kill(first.pid, signal.SIGKILL)
    first.wait(10)
    time.sleep(1.5)
    second = python(FINISH, "0")
    out, _ = second.communicate(timeout=60)
    assert out.splitlines()[-1] == "8 abcdefgh"
    assert sum(line.startswith("did") for line in out.splitlines()) < 8
