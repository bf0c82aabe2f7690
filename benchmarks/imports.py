"""A list of 10,000 people: read, looked through, imported with its audit rows, and taken back, each timed once."""

import os
import tempfile
import time
from typing import Any

Row = tuple[str, ...]
PEOPLE = int(os.environ.get("YUI_BENCH_PEOPLE", "10000"))
HEADER = (
    "会員番号",
    "氏名",
    "ふりがな",
    "生年月日",
    "電話番号",
    "メールアドレス",
    "郵便番号",
    "住所",
    "分野",
    "やりたいこと",
    "同意日",
    "申込日",
)
CELLS = len(HEADER)


def run() -> tuple[str, Row, list[Row]]:
    """Build a town in a temporary folder; import the list once as CP932 and once as xlsx with every row changed."""
    folder = tempfile.TemporaryDirectory()
    os.environ.update(YUI_VAR=folder.name, DJANGO_SETTINGS_MODULE="yui.config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, run_syncdb=True)
    rows = _measured()
    folder.cleanup()
    title = f"a list of {PEOPLE} people, {CELLS} columns ({os.environ.get('YUI_DATABASE_URL', 'SQLite')[:8]}, one run)"
    return title, ("step", "time", "of it our processor", "budget"), rows


def people(changed: bool = False) -> list[tuple[str, ...]]:
    """Invented people; with ``changed`` everybody has moved."""
    town = "転居町" if changed else "見本町"
    return [
        (
            f"B-{n:06d}", f"見本 {n}".translate(_KANJI), "みほん たろう", f"S{20 + n % 40}.{n % 12 + 1}.{n % 28 + 1}",
            f"090{n:08d}", f"mihon{n}@example.jp", f"520-{n % 10000:04d}", f"{town}{n % 90}-{n % 9}", "福祉、防災", "手伝いたい",
            "R8.4.1", "2026/4/1",
        )
        for n in range(PEOPLE)
    ]  # fmt: skip


_KANJI = str.maketrans("0123456789", "〇一二三四五六七八九")


def _measured() -> list[Row]:
    from django.conf import settings

    from benchmarks.lists import as_csv, as_xlsx
    from yui.base.access.actor import system_actor
    from yui.base.audit.models import AuditEvent
    from yui.base.definitions.founding import load_as_command
    from yui.base.exchange.domain import undo_import
    from yui.base.tenancy.models import Authority
    from yui.base.tenancy.scope import authority_scope
    from yui.people.models import Person

    load_as_command(settings.DEFINITIONS_DIR / "konan")
    authority = Authority.objects.get(key="konan")
    actor = system_actor(authority, "benchmark")
    rows: list[Row] = []
    with authority_scope(authority):
        batch = _imported(actor, as_csv(HEADER, people()), "list.csv", "CP932", rows)
        assert (Person.objects.count(), AuditEvent.objects.filter(act="person.imported").count()) == (PEOPLE, PEOPLE)
        changed = _imported(actor, as_xlsx(HEADER, people(changed=True)), "list.xlsx", "xlsx, all changed", rows)
        for name, one in (("undo of the changes", changed), ("undo of the people", batch)):
            start, spent = time.perf_counter(), time.process_time()
            undo_import(actor=actor, batch=one)
            took = time.perf_counter() - start
            rows.append((name, f"{took:.1f} s", f"{time.process_time() - spent:.1f} s", ""))
    return rows


def _imported(actor: Any, data: bytes, name: str, label: str, rows: list[Row]) -> Any:
    from yui.base.exchange import domain
    from yui.base.exchange.models import Import

    def timed(step: str, budget: str, work: Any) -> Any:
        start, spent = time.perf_counter(), time.process_time()
        found = work()
        rows.append(
            (
                f"{step} ({label})",
                f"{time.perf_counter() - start:.1f} s",
                f"{time.process_time() - spent:.1f} s",
                budget,
            )
        )
        return found

    batch = timed("read", "", lambda: domain.start_import(actor=actor, kind="people", upload=data, name=name))
    columns = {int(position): key for position, key in batch.columns.items()}
    batch = domain.choose_columns(actor=actor, batch=batch, columns=columns)
    timed("look through", "", lambda: domain.look_through(actor=actor, batch=batch))
    Import.objects.filter(pk=batch.pk).update(state="running")  # as the worker finds it
    budget = "≤ 10 s" if PEOPLE == 10_000 else ""
    return timed("import", budget, lambda: domain.run_import(actor=actor, batch=batch))
