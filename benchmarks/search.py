"""Searching in a town of 100,000 people: the database's time (planning and work) for one page, median and 95th of a hundred.

Meant for PostgreSQL: give an empty database in ``YUI_DATABASE_URL``. The crowd is built where it is missing and stays, so a
second run only asks. ``YUI_BENCH_PEOPLE`` sets the size.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable

Row = tuple[str, ...]
PEOPLE = int(os.environ.get("YUI_BENCH_PEOPLE", "100000"))
OPPORTUNITIES = PEOPLE // 10
RUNS = 60
BUDGET = 5
TYPED = (
    ("commonest family name", "{family}"), ("its reading", "{reading}"), ("whole name", "{name}"),
    ("half width", "ﾐﾎﾝﾔﾏ"), ("two kana", "みほ"), ("two kanji", "見本"), ("first name", "花子"), ("both, other order", "花子 {family}"),
    ("dakuten left out", "みほんさは"), ("sound", "れいしかわ"), ("misread", "みほんこく"), ("one slip", "みほんなま"),
    ("letters", "mihonyama"), ("nobody", "ぬぬぬぬ"), ("district and first name", "{district} 花子"),
    ("four digits", "7919"), ("two digits", "79"), ("whole number", "0748007919"), ("name and digits", "花子 79"),
)  # fmt: skip
WORDS = ("農業", "草刈り", "くさかり", "こども 見守り", "夏祭り", "つうやく", "ぬぬぬぬ")


def run() -> tuple[str, Row, list[Row]]:
    """Build the town, ask each question as the desk would."""
    folder = tempfile.TemporaryDirectory()
    os.environ.update(YUI_VAR=folder.name, DJANGO_SETTINGS_MODULE="yui.config.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    built = _build()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    rows = _rows()
    folder.cleanup()
    title = f"search among {PEOPLE:,} people and {OPPORTUNITIES:,} opportunities on {connection.vendor} ({built})"
    head = ("typed", "found", "queries", "database, median", "95 %", "budget")
    return title, head, rows


def _build() -> str:
    from benchmarks.crowd import opportunities_in_bulk, people_in_bulk
    from yui.base.tenancy.models import Authority
    from yui.base.tenancy.scope import authority_scope
    from yui.people.models import Person
    from yui.site.demo.load import build_town

    build_town(lambda _: None)
    start, town = time.perf_counter(), Authority.objects.get(key="konan")
    with authority_scope(town):
        there = Person.objects.count()
    if there >= PEOPLE:
        return "found there"
    people_in_bulk(town, PEOPLE)
    opportunities_in_bulk(town, OPPORTUNITIES)
    return f"built in {time.perf_counter() - start:.0f} s"


def _rows() -> list[Row]:
    from benchmarks.crowd import names
    from yui.activities.catalogue import Filters, catalogue
    from yui.base.access.actor import actor_for
    from yui.base.accounts.models import Account
    from yui.base.tenancy.models import Authority, District
    from yui.base.tenancy.scope import authority_scope
    from yui.people.callers import find_people

    town = Authority.objects.get(key="konan")
    every = list(names(PEOPLE))
    family = statistics.mode(name.split()[0] for name, _ in every)
    known = next((name, kana) for name, kana in every if name.startswith(family + " "))
    rows = []
    with authority_scope(town):
        actor = actor_for(Account.objects.get(email="sakura@example.jp"), town)
        given = {
            "family": family,
            "name": known[0],
            "reading": known[1].split()[0],
            "district": District.objects.last().name,
        }
        for label, typed in TYPED:
            asked = typed.format(**given)
            found = find_people(actor=actor, typed=asked, most=1000)
            count = f"{len(found.people)}{'+' if found.more else ''}"
            rows.append(
                (
                    f"{label}: {asked}",
                    count,
                    *_measured(lambda asked=asked: find_people(actor=actor, typed=asked, most=50)),
                    f"≤ {BUDGET} ms",
                )
            )
        for word in WORDS:
            count = str(catalogue(town, Filters(text=word)).total)
            rows.append(
                (f"catalogue: {word}", count, *_measured(lambda word=word: catalogue(town, Filters(text=word))), "page")
            )
    return rows


def _measured(work: Callable[[], object]) -> Row:
    """Queries, median and 95th of a hundred of the database's time in milliseconds."""
    from django.db import connection

    sent: list[tuple[str, object]] = []

    def kept(execute, sql, params, many, context):
        sent.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(kept):
        work()
    taken = sorted(sum(_spent(sql, params) for sql, params in sent) for _ in range(RUNS))
    return str(len(sent)), f"{statistics.median(taken):.2f} ms", f"{taken[int(RUNS * 0.95)]:.2f} ms"


def _spent(sql: str, params: object) -> float:
    """What the server says of planning and working on a query; elsewhere the time until its rows are there."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", params)
            told = cursor.fetchone()[0][0]
            return told["Planning Time"] + told["Execution Time"]
        start = time.perf_counter()
        cursor.execute(sql, params)
        cursor.fetchall()
        return (time.perf_counter() - start) * 1000
