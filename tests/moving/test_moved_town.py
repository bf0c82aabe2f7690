"""The demonstration town leaves and arrives in another database: every figure and every row is the same."""

import json
import os
import subprocess
import sys
import uuid
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest

from tests.moving.portrait import portrait
from yui.base import clock
from yui.config.cli.moving.leaving import export_town

ROOT = Path(__file__).resolve().parents[2]
PLACES = [("sqlite", "empty"), ("postgresql", "beside")]


@pytest.fixture(autouse=True)
def reach_the_database(django_db_blocker):
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="module")
def left(town, django_db_blocker, tmp_path_factory):
    """The folder of Konan, the moment, and how Konan looked."""
    folder = tmp_path_factory.mktemp("moving") / "konan"
    with django_db_blocker.unblock():
        export_town(town.konan, folder, lambda _: None)
        moment = clock.now()
        return folder, moment, portrait(town.konan, moment)


@contextmanager
def database(vendor, folder):
    """The URL of a new database of that kind."""
    if vendor == "sqlite":
        yield f"sqlite:///{folder / 'second.sqlite3'}"
        return
    given = os.environ.get("YUI_DATABASE_URL", "")
    if not given.startswith("postgres"):
        pytest.skip("needs the PostgreSQL of the run (YUI_DATABASE_URL)")
    parts, name = urlsplit(given), f"yui_moved_{uuid.uuid4().hex[:8]}"
    admin = {"host": unquote(parts.hostname or ""), "user": parts.username, "dbname": parts.path.lstrip("/")}
    admin |= {"password": parts.password} if parts.password else {}
    admin |= {"port": parts.port} if parts.port else {}
    with psycopg.connect(autocommit=True, **admin) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield parts._replace(path=f"/{name}").geturl()
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.slow
@pytest.mark.django_db  # the database is made for marked tests only
@pytest.mark.parametrize(("vendor", "where"), PLACES)
def test_the_figures_are_identical_afterwards(left, tmp_path, vendor, where):
    folder, moment, before = left
    with database(vendor, tmp_path) as url:
        env = {
            **os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "YUI_VAR": str(tmp_path / "var"),
            "YUI_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "yui.config.settings",
        }  # fmt: skip
        said = subprocess.run(
            [sys.executable, "-m", "tests.moving.portrait", str(folder), "konan", moment.isoformat(), where],
            cwd=ROOT, env=env, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert said.returncode == 0, said.stderr[-3000:]
    after = json.loads(said.stdout)
    assert after["vendor"] == vendor
    assert {key: fact for key, fact in after["tables"].items() if fact != before["tables"][key]} == {}
    assert after["tables"].keys() == before["tables"].keys()
    assert {key for key, found in after["measures"].items() if found != before["measures"][key]} == set()
    assert after["measures"].keys() == before["measures"].keys()
    assert after["locked"] == before["locked"]
    assert (after["holds"], after["unsealed"]) == (True, 0)
    assert after["sealed"] == before["tables"]["audit.AuditEvent"][0] + 1, "its own and the arrival"


@pytest.mark.django_db
def test_there_was_something_to_move(left):
    _, _, before = left
    assert sum(rows for rows, _ in before["tables"].values()) > 5000
    assert sum(1 for found in before["measures"].values() if found) > len(before["measures"]) // 3
    assert len(before["locked"]) > 10
