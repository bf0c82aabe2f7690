"""One real ``yui serve --demo`` and one real Chromium for all journeys, and people who visit."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from tests.axe import AxeMissing, axe_source
from tests.journeys.visits import Visit

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2026-11-18"  # a Wednesday in the middle of a month: what is due "this week" or "this month" is there
READY_WITHIN = 180.0
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="package")
def server_var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``YUI_VAR`` of the demonstration, for whoever types commands beside it."""
    return Path(os.environ["YUI_VAR"]) if os.environ.get("YUI_JOURNEYS_URL") else tmp_path_factory.mktemp("var")


@pytest.fixture(scope="package")
def command(server: str, server_var: Path) -> Callable[..., str]:
    """``command("definition", "check", "mihon", definitions=folder)``: what ``yui`` says; its exit code must be 0
    unless ``fails`` is set.
    """

    def run(*words: str, definitions: Path | None = None, fails: bool = False) -> str:
        more = {"YUI_DEFINITIONS": str(definitions)} if definitions else {}
        done = subprocess.run(
            [sys.executable, "-m", "yui.config.cli", *words], cwd=ROOT, capture_output=True, text=True, timeout=120,
            env=_environment(server_var) | {"YUI_TODAY": TODAY, "YUI_DEMO": "1"} | more, check=False,
        )  # fmt: skip
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        return done.stdout

    return run


@pytest.fixture(scope="package")
def server(server_var: Path) -> Iterator[str]:
    """The address of a running demonstration with its own ``YUI_VAR``.

    ``YUI_JOURNEYS_URL`` names one that runs already (on ``TODAY``), for whoever writes journeys.
    """
    if os.environ.get("YUI_JOURNEYS_URL"):
        yield os.environ["YUI_JOURNEYS_URL"]
        return
    var = server_var
    port = free_port()
    with (var / "serve.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "yui.config.cli", "serve", "--demo", "--port", str(port), "--today", TODAY],
            cwd=ROOT, env=_environment(var), stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            _wait(process, f"http://localhost:{port}/_health/", var / "serve.log")
            yield f"http://localhost:{port}"
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(40)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _environment(var: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("YUI_", "DJANGO_"))}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "YUI_VAR": str(var)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"the demonstration did not start:\n{log.read_text()[-3000:]}")


@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    """One Chromium for the folder. Playwright keeps a loop running in this thread, which Django would refuse to see."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield opened
        opened.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def visit(browser: Any, server: str) -> Iterator[Callable[..., Visit]]:
    """``visit(role, width=390, script=True)``: somebody with a browser of their own; ``role`` None is a passer-by.

    Afterwards: nothing came from another host, and no page complained in its console.
    """
    begun: list[Visit] = []

    def begin(role: str | None = None, width: int = 390, script: bool = True) -> Visit:
        one = Visit(browser, server, role, width=width, script=script)
        begun.append(one)
        return one

    yield begin
    for one in begun:
        one.end()
    assert [line for one in begun for line in one.foreign] == []
    assert [line for one in begun for line in one.complaints] == []


@pytest.fixture(scope="package")
def axe() -> None:
    """axe-core is at hand; where it can not be fetched, missing is a failure in CI."""
    try:
        axe_source()
    except AxeMissing as missing:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(missing))
