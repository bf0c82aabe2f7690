"""``yui serve``: make everything ready, then run the web server and one worker until Ctrl-C."""

import argparse
import contextlib
import ctypes
import datetime as dt
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

WEB_WORKERS = 2
THREADS = 4
STOP_WITHIN = 15.0
READY_WITHIN = 60.0
WORKER = [sys.executable, "-m", "yui.config.cli", "worker"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where and as what."""
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000), help="ポート（8000）")
    parser.add_argument("--host", default="127.0.0.1", help="待ち受けるアドレス（127.0.0.1）")
    parser.add_argument("--demo", action="store_true", help="架空のまちで動かす")
    parser.add_argument("--today", type=dt.date.fromisoformat, metavar="YYYY-MM-DD", help="この日として動かす")


def run(given: argparse.Namespace) -> int:
    """Serve. Exit 1 with one sentence when the port is taken."""
    if not _port_is_free(given.host, given.port):
        free = given.port + 1
        print(f"ポート{given.port}は、ほかのプログラムが使っています。PORT={free} のように、別の番号で始めてください。")
        return 1
    os.environ["PORT"] = str(given.port)
    if given.demo:
        os.environ["YUI_DEMO"] = "1"
    if given.today:
        os.environ["YUI_TODAY"] = given.today.isoformat()
    _make_ready(demo=given.demo)
    return _Children(given.host, given.port).run()


def _make_ready(*, demo: bool) -> None:
    from yui.config.cli import set_up
    from yui.config.cli.demo import load_demo
    from yui.config.cli.migrate import bring_up_to_date
    from yui.config.cli.preparing import collect_static, compile_translations

    set_up()
    compile_translations()
    bring_up_to_date()
    collect_static()
    if demo:
        load_demo()
    from django.db import connections

    connections.close_all()


class _Children:
    """The web server and the worker, started together and stopped together."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self.stopping = False

    def run(self) -> int:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        web, worker, began = _start(self._web()), None, time.monotonic()
        while not self.stopping and web.poll() is None:
            if worker is None and _answers(self.host, self.port):
                worker = _start(WORKER)  # after the server, so that the first page is not kept waiting
                print(f"Yuiが動いています: http://{_shown(self.host)}:{self.port}/   （止めるには Ctrl-C）", flush=True)
            elif worker is None and time.monotonic() - began > READY_WITHIN:
                break
            elif worker is not None and worker.poll() is not None:
                time.sleep(1)  # killed or stumbled: what it held is taken over by the next one
                worker = _start(WORKER)
            time.sleep(0.1)
        if not self.stopping:
            print("Webサーバーが止まりました。上の行に理由があります。", flush=True)
        for child in (web, worker):
            _end(child)
        return 0 if self.stopping else 1

    def _web(self) -> list[str]:
        words = [
            sys.executable, "-m", "gunicorn", "yui.config.wsgi:application", "--bind", f"{self.host}:{self.port}",
            "--worker-class", "gthread", "--workers", str(WEB_WORKERS), "--threads", str(THREADS),
            "--log-level", "warning", "--graceful-timeout", "10", "--timeout", "60", "--no-control-socket", "--preload",
        ]  # fmt: skip
        memory = Path("/dev/shm")  # noqa: S108 - gunicorn's heartbeat only; a slow disk would stop workers
        return [*words, "--worker-tmp-dir", str(memory)] if os.access(memory, os.W_OK) else words

    def _stop(self, number: int, frame: object) -> None:
        self.stopping = True


def _start(words: list[str]) -> subprocess.Popen[bytes]:
    """In a session of its own, so that Ctrl-C reaches it once, through us; it ends when we are killed."""
    return subprocess.Popen(words, start_new_session=True, preexec_fn=_end_with_parent)  # noqa: S603


def _end_with_parent() -> None:
    with contextlib.suppress(OSError, AttributeError):  # Linux only
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _end(child: subprocess.Popen[bytes] | None) -> None:
    if child is None or child.poll() is not None:
        return
    child.terminate()
    try:
        child.wait(STOP_WITHIN)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _port_is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1" if host == "0.0.0.0" else host, port), timeout=1):  # noqa: S104
            return True
    except OSError:
        return False


def _shown(host: str) -> str:
    return "localhost" if host in ("127.0.0.1", "0.0.0.0", "::1") else host  # noqa: S104 - shown, not bound
