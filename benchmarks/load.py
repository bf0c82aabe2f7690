"""A town of 100,000 people and 10,000 出番 on PostgreSQL: queries, median and 95 % of its pages, one worker alone.

``YUI_BENCH_PEOPLE`` sets another size. The town is built once in a server of its own (``tests/postgres``); the pages are asked by a
fresh process, so that its memory is that of a worker which has just served them all.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Row = tuple[str, ...]
PEOPLE = int(os.environ.get("YUI_BENCH_PEOPLE", "100000"))
MOST, LONGEST = 40, 6.0
"""Requests of one page, and seconds after which no further one is begun (seven at least)."""
COORDINATOR, OFFICER = "sakura@example.jp", "megumi@example.jp"


def run() -> tuple[str, Row, list[Row]]:
    """Start a server, build the town, ask in a fresh process, stop the server."""
    title = f"a town of {PEOPLE} people and {PEOPLE // 10} 出番 on PostgreSQL, one worker"
    head = ("page", "queries", "budget", "median", "95 %", "budget", "against bare list")
    if not shutil.which("pg_ctl") and not os.path.isdir("/usr/lib/postgresql"):
        return title, head, [("PostgreSQL is not installed", "", "", "", "", "", "")]
    with tempfile.TemporaryDirectory() as folder:
        server = {**os.environ, "YUI_TEST_PG": os.path.join(tempfile.gettempdir(), f"yui-load-{os.getpid()}")}
        url = subprocess.run(
            ["bash", "tests/postgres", "start"], env=server, capture_output=True, text=True, check=True
        )
        env = {**os.environ, "YUI_DATABASE_URL": url.stdout.strip(), "YUI_VAR": folder, "YUI_DEMO": "1",
               "PYTEST_VERSION": "bench", "DJANGO_SETTINGS_MODULE": "yui.config.settings"}  # fmt: skip
        try:
            subprocess.run([sys.executable, "-c", "from benchmarks.load import build; build()"], env=env, check=True)
            made = [sys.executable, "-c", "from benchmarks.load import visit; visit()"]
            told = subprocess.run(made, env=env, stdout=subprocess.PIPE, text=True, check=True).stdout
        finally:
            subprocess.run(["bash", "tests/postgres", "stop"], env=server, check=False)
    return title, head, [tuple(row) for row in json.loads(told.splitlines()[-1])]


def build() -> None:
    """The demonstration town with the crowd beside its people."""
    _set_up()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    from benchmarks.crowd import opportunities_in_bulk, people_in_bulk
    from yui.base.tenancy.models import Authority
    from yui.base.tenancy.scope import authority_scope
    from yui.introductions.generations import MARGIN, make_generation
    from yui.site.demo.load import build_town

    build_town(lambda _: None)
    town = Authority.objects.get(key="konan")
    people_in_bulk(town, PEOPLE)
    opportunities_in_bulk(town, PEOPLE // 10)
    time.sleep(MARGIN.total_seconds() + 1)  # acts younger than this may still be joined by others
    with authority_scope(town):
        make_generation(town)  # what the worker does in the night and after a day's changes
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def visit() -> None:
    """Ask each page as its user; prints the rows as JSON."""
    start = time.perf_counter()
    _set_up()
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018  what a worker reads before its first answer
    cold = time.perf_counter() - start
    from django.test import RequestFactory

    from benchmarks.pages import bare_list

    bare = statistics.median(_times(bare_list(RequestFactory())))
    rows: list[Row] = [("bare Django list of 50", "1", "", f"{bare:.1f} ms", "", "", "1.0 ×")]
    for label, email, ask, queries, budget in _pages():
        rows.append(_row(label, _client(email), ask, queries, budget, bare))
    pages = int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    rows.append(("cold start", "", "", f"{cold:.2f} s", "", "≤ 2.5 s", ""))
    rows.append(("memory of the worker afterwards", "", "", f"{pages:.0f} MB", "", "≤ 150 MB", ""))
    print(json.dumps(rows, ensure_ascii=False))


def _set_up() -> None:
    import django

    django.setup()


def _pages() -> list[tuple[str, str, Callable[[Any], Any], int, int]]:
    """(name, user, request, most queries, most milliseconds)"""
    from yui.activities.models import Opportunity
    from yui.base.tenancy.models import Authority
    from yui.base.tenancy.scope import authority_scope
    from yui.office.reports.models import MonthlyReport

    with authority_scope(Authority.objects.get(key="konan")):
        found = Opportunity.objects.filter(about="架空の出番です。").order_by("pk")[: MOST + 2]
        shown = iter([row.public_id for row in found])
        seen = found[0].public_id
        report = MonthlyReport.objects.select_related("commission").order_by("-month").first()

    def get(path: str) -> Callable[[Any], Any]:
        return lambda client: client.get(f"/konan/{path}")

    candidates = "desk/candidates/{}/"
    return [
        ("まちの入口", "", get(""), 12, 40),
        ("出番をさがす", "", get("opportunities/"), 12, 40),
        ("出番をさがす：農業", "", get("opportunities/?q=農業"), 12, 40),
        ("電話の方をさがす", COORDINATOR, lambda client: client.post("/konan/desk/people/", {"typed": "みほんやま"}), 15, 80),
        ("人財", COORDINATOR, get("desk/people/"), 15, 80),
        ("候補（はじめて見る）", COORDINATOR, lambda client: client.get("/konan/" + candidates.format(next(shown))), 15, 80),
        ("候補（また見る）", COORDINATOR, get(candidates.format(seen)), 15, 80),
        ("今日の仕事", COORDINATOR, get("desk/"), 15, 80),
        ("公平のようす", COORDINATOR, get("desk/fairness/"), 15, 80),
        ("市のホーム", OFFICER, get("desk/home/"), 15, 80),
        ("月次報告", OFFICER, get(f"desk/reports/{report.commission.key}/{report.month:%Y-%m}/"), 15, 80),
    ]  # fmt: skip


def _client(email: str) -> Any:
    from django.test import Client

    from yui.base.accounts.models import Account

    client = Client()
    if email:
        client.force_login(Account.objects.get(email=email), "allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session["demo"] = True
        session.save()
    return client


def _row(label: str, client: Any, ask: Callable[[Any], Any], queries: int, budget: int, bare: float) -> Row:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as caught:
        status = ask(client).status_code
        count = len(caught)
    taken = sorted(_times(lambda: ask(client)))
    middle, late = statistics.median(taken), taken[min(len(taken) - 1, len(taken) * 95 // 100)]
    return (f"{label} ({status})", str(count), f"≤ {queries}", f"{middle:.0f} ms", f"{late:.0f} ms", f"≤ {budget} ms",
            f"{middle / bare:.1f} ×")  # fmt: skip


def _times(work: Callable[[], object]) -> list[float]:
    taken: list[float] = []
    while len(taken) < 7 or (len(taken) < MOST and sum(taken) < LONGEST * 1000):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return taken
