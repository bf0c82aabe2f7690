"""Two worker processes on one PostgreSQL; the one that works is killed with -9 half-way, the other finishes."""

import os
import signal
import subprocess
import sys
import uuid
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest

SOURCE = Path(__file__).resolve().parents[4]
SCRIPT = Path(__file__).with_name("two_workers.py")
ITEMS = 40


@pytest.fixture
def database():
    """A database of its own on the server the run was given: its URL and how to ask it."""
    given = os.environ.get("YUI_DATABASE_URL", "")
    if not given.startswith("postgres"):
        pytest.skip("two processes need the PostgreSQL of the run (YUI_DATABASE_URL)")
    parts, name = urlsplit(given), f"yui_workers_{uuid.uuid4().hex[:8]}"
    admin = {"host": unquote(parts.hostname or ""), "user": parts.username, "password": parts.password}
    admin |= {"port": parts.port} if parts.port else {}
    server = psycopg.connect(dbname=parts.path.lstrip("/"), autocommit=True, **admin)
    server.execute(f'CREATE DATABASE "{name}"')
    try:
        yield parts._replace(path=f"/{name}").geturl(), lambda sql: _ask(admin, name, sql)
    finally:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        server.close()


def _ask(admin, name, sql):
    with psycopg.connect(dbname=name, autocommit=True, **admin) as connection:
        return connection.execute(sql).fetchall()


@pytest.mark.postgres
@pytest.mark.slow
def test_one_of_two_workers_is_killed_half_way_and_each_item_is_done_once(database, tmp_path):
    url, ask = database
    env = {
        **os.environ, "PYTHONPATH": f"{SOURCE}{os.pathsep}{os.environ.get('PYTHONPATH', '')}",
        "YUI_VAR": str(tmp_path), "YUI_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "yui.config.settings",
    }  # fmt: skip

    def start(*words):
        return subprocess.Popen([sys.executable, str(SCRIPT), *words], env=env, stdout=subprocess.PIPE, text=True)

    assert start("prepare").wait(240) == 0
    first = start("work", str(ITEMS // 2))
    second = None
    try:
        lines = iter(first.stdout.readline, "")
        assert next(line for line in lines if line == f"did {ITEMS // 2}\n")  # written, and not committed
        second = start("work")  # it finds the run held, and waits
        assert second.stdout.readline() == "ready\n"
        assert ask("SELECT state, done FROM jobs_jobrun") == [("running", ITEMS // 2)]
        os.kill(first.pid, signal.SIGKILL)
        first.wait(10)
        rest, _ = second.communicate(timeout=150)
    finally:
        for process in (first, second):
            if process is not None and process.poll() is None:
                process.kill()
    assert rest.splitlines() == [f"did {number}" for number in range(ITEMS // 2, ITEMS)], "what was left, and only that"
    assert ask("SELECT state, done, total, attempts, error FROM jobs_jobrun") == [("done", ITEMS, ITEMS, 2, "")]
    letters = Counter(to for (to,) in ask("SELECT to_id FROM outbox_message"))
    assert letters == Counter({f"{number:03d}": 1 for number in range(ITEMS)})
    assert ask("SELECT count(*), count(DISTINCT key) FROM jobs_jobpiece") == [(ITEMS, ITEMS)]
