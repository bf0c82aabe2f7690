"""A worker killed with -9 in the middle of an import, for real: nothing of the list is there, and the next one does it all."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[4]
PEOPLE = 3000
COMMON = f"""
import django, sys
django.setup()
from django.conf import settings
from yui.base import clock
from yui.base.access.actor import system_actor
from yui.base.exchange import domain
from yui.base.exchange.models import Import, ImportRow
from yui.base.jobs import domain as jobs, run as lease, tasks, worker
from yui.base.tenancy.models import Authority
from yui.base.tenancy.scope import authority_scope
from yui.people.models import Person, PersonKey
lease.LEASE = tasks.LEASE = jobs.LEASE = 1
def rows():
    yield "氏名,電話番号"
    for n in range({PEOPLE}):
        yield "見本 太郎,090%08d" % n
"""
PREPARE = """
from django.core.management import call_command
from yui.base.definitions.founding import load_as_command
call_command("migrate", run_syncdb=True, verbosity=0)
load_as_command(settings.DEFINITIONS_DIR / "konan")
town = Authority.objects.get()
with authority_scope(town):
    actor = system_actor(town, "test")
    batch = domain.start_import(actor=actor, kind="people", upload="\\n".join(rows()).encode("cp932"), name="a.csv")
    batch = domain.choose_columns(actor=actor, batch=batch, columns={0: "display_name", 1: "phone"})
    domain.look_through(actor=actor, batch=batch)
    domain.ask_for_import(actor=actor, batch=batch)
"""
WORK = """
import yui.people.imports.writing as writing
inner = writing.keep_keys_of_many
def told(found):
    print("people are written", flush=True)
    inner(found)
writing.keep_keys_of_many = told
worker.work_through()
print("finished", flush=True)
"""
LOOK = """
with authority_scope(Authority.objects.get()):
    print(Person.objects.count(), PersonKey.objects.count(), ImportRow.objects.count(), Import.objects.get().state)
"""
AGAIN = """
import time
for _ in range(100):
    jobs.rescue()
    worker.work_through()
    with authority_scope(Authority.objects.get()):
        if Import.objects.get().state == "imported":
            print(Person.objects.count(), ImportRow.objects.count())
            break
    time.sleep(0.1)
"""


@pytest.mark.slow
def test_a_killed_import_leaves_nothing_and_the_next_worker_does_it_all(tmp_path):
    env = {
        **os.environ, "PYTHONPATH": f"{SOURCE}{os.pathsep}{os.environ.get('PYTHONPATH', '')}",
        "DJANGO_SETTINGS_MODULE": "yui.config.settings", "YUI_VAR": str(tmp_path),
        "YUI_DATABASE_URL": f"sqlite:///{tmp_path / 'import.sqlite3'}",
    }  # fmt: skip

    def python(code):
        return subprocess.Popen([sys.executable, "-c", COMMON + code], env=env, stdout=subprocess.PIPE, text=True)

    assert python(PREPARE).wait(120) == 0
    first = python(WORK)
    assert first.stdout.readline() == "people are written\n"
    os.kill(first.pid, signal.SIGKILL)
    out, _ = first.communicate(timeout=20)
    assert "finished" not in out
    look, _ = python(LOOK).communicate(timeout=60)
    assert look.split() == ["0", "0", "0", "running"]
    time.sleep(1.5)
    again, _ = python(AGAIN).communicate(timeout=120)
    assert again.split() == [str(PEOPLE), str(PEOPLE)]
