"""A PostgreSQL database of its own, the demonstration town in it, and two ``yui serve`` on it."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import psycopg
import pytest

from tests.journeys.conftest import free_port

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN = 200.0


@dataclass
class House:
    """Two servers on one database. ``cast``: see ``tests/concurrency/cast.py``."""

    addresses: list[str]
    database: str
    servers: list["subprocess.Popen[bytes]"]
    cast: dict[str, Any]
    month: str = ""

    def ask(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Rows straight from the database."""
        with psycopg.connect(self.database, autocommit=True) as connection:
            found = connection.execute(sql, values)
            return found.fetchall() if found.description else []


@pytest.fixture(scope="package")
def postgres() -> Iterator[str]:
    """The URL of a server: the one the run was given, or one of our own for as long as the tests run."""
    given = os.environ.get("YUI_DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given
        return
    if not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is not installed")
        pytest.skip("PostgreSQL is not installed")
    begun = subprocess.run(["bash", "tests/postgres", "start"], cwd=ROOT, capture_output=True, text=True, check=True)
    yield begun.stdout.strip().splitlines()[-1]
    subprocess.run(["bash", "tests/postgres", "stop"], cwd=ROOT, check=False)


@pytest.fixture(scope="package")
def house(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The town, served twice."""
    name = f"yui_together_{os.getpid()}"
    parts = urlsplit(postgres)
    admin = f"host={unquote(parts.hostname or '')} user={parts.username} dbname={parts.path.lstrip('/')}"
    if parts.password:
        admin += f" password={parts.password}"
    if parts.port:
        admin += f" port={parts.port}"
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    var = tmp_path_factory.mktemp("var")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("YUI_", "DJANGO_"))}
    environment = {
        **kept, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "YUI_VAR": str(var), "YUI_DEMO": "1",
        "YUI_DATABASE_URL": parts._replace(path=f"/{name}").geturl(), "DJANGO_SETTINGS_MODULE": "yui.config.settings",
    }  # fmt: skip
    servers: list[subprocess.Popen[bytes]] = []
    try:
        addresses = [_serve(servers, environment, var / f"serve{number}.log") for number in range(2)]
        said = subprocess.run(
            [sys.executable, "-m", "tests.concurrency.cast"], cwd=ROOT, env=environment, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert said.returncode == 0, said.stderr[-3000:]
        yield House(addresses, admin.replace(f"dbname={parts.path.lstrip('/')}", f"dbname={name}"), servers,
                    json.loads(said.stdout))  # fmt: skip
    finally:
        for server in servers:
            server.send_signal(signal.SIGTERM)
        for server in servers:
            try:
                server.wait(40)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
        shutil.rmtree(var, ignore_errors=True)
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _serve(servers: list["subprocess.Popen[bytes]"], environment: dict[str, str], log: Path) -> str:
    port = free_port()
    with log.open("w") as written:
        server = subprocess.Popen(
            [sys.executable, "-m", "yui.config.cli", "serve", "--demo", "--port", str(port)],
            cwd=ROOT, env=environment, stdout=written, stderr=subprocess.STDOUT,
        )  # fmt: skip
    servers.append(server)
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/_health/", timeout=5):
                return f"http://localhost:{port}"
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"the server did not start:\n{log.read_text()[-3000:]}")
