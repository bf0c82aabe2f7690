"""What a town looks like from outside its numbers: every row with its references told by public id, every figure.

Run as a process of its own on another database, it brings the town of a package in and prints its portrait:
``python -m tests.moving.portrait PACKAGE KEY MOMENT empty|beside``.
"""

import datetime as dt
import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yui.config.settings")
    django.setup()

from django.db import connection
from django.db.models import Model

from yui.base.accounts.models import Account
from yui.base.audit.chain import seal, verify
from yui.base.measures.models import LockedFigure, MonthLock
from yui.base.measures.registry import all_measures, rows
from yui.base.tenancy.models import Authority
from yui.base.tenancy.scope import authority_scope
from yui.config.cli.moving.tables import EMPTIED, POINTERS, SECRETS, exported, references, rows_of
from yui.config.cli.rows import lines

BEHIND = {"audit.AuditEvent": ("number", "digest"), "outbox.Message": ("state", "error"),
          "jobs.JobRun": ("state", "error", "finished_at")}  # fmt: skip
"""What the installation says about a row, not the town."""


def portrait(authority: Authority, moment: dt.datetime) -> dict[str, Any]:
    """Tables, measures and locked months of a town as plain data."""
    with authority_scope(authority):
        names = _names(authority)
        return {
            "tables": {model._meta.label: _told(model, authority, names) for model in exported()},
            "measures": {
                f"{measure.key} {start} {end}": [
                    [row.key, row.effective_on.isoformat(), row.label, list(row.codes)]
                    for row in rows(measure, authority=authority, start=start, end=end, as_of=moment)
                ]
                for measure in all_measures()
                for start, end in _spans(moment.date())
            },
            "locked": sorted(
                [lock.commission_key, lock.month.isoformat(), lock.version, figure.measure, figure.value]
                for lock in MonthLock.objects.all()
                for figure in LockedFigure.objects.filter(lock=lock)
            ),
        }


def _spans(day: dt.date) -> list[tuple[dt.date, dt.date]]:
    first = day.replace(day=1)
    year = first.replace(year=first.year - 1)
    return [(first, day), (year, day), (year, first - dt.timedelta(days=1)), (dt.date(2000, 1, 1), day)]


def _names(authority: Authority) -> dict[str, dict[Any, str]]:
    """Label → number → what the row is called from outside."""
    names: dict[str, dict[Any, str]] = {
        "tenancy.Authority": {authority.pk: "here"},
        "accounts.Account": dict(Account.objects.values_list("pk", "email")),
    }
    for model in exported():
        called = "public_id" if any(f.name == "public_id" for f in model._meta.concrete_fields) else "pk"
        names[model._meta.label] = dict(rows_of(model, authority).values_list("pk", called))
    return names


def _told(model: type[Model], authority: Authority, names: dict[str, dict[Any, str]]) -> list[Any]:
    """How many rows, and a digest over all of them in a fixed order."""
    label, told = model._meta.label, []
    without = {model._meta.pk.attname, *SECRETS.get(label, ()), *EMPTIED.get(label, ()), *BEHIND.get(label, ())}
    for line in lines(model, rows_of(model, authority)):
        row = json.loads(line)
        if row.get("act") == "town.imported":
            continue
        for column, to in references(model).items():
            row[column] = row[column] if row[column] is None else names[to][row[column]]
        for pointer in POINTERS.get(label, ()):
            if row[pointer.column] is not None:
                row[pointer.column] = names[pointer.targets[row[pointer.kind]]][row[pointer.column]]
        told.append(json.dumps({k: v for k, v in row.items() if k not in without}, sort_keys=True, ensure_ascii=False))
    return [len(told), hashlib.sha256("\n".join(sorted(told)).encode()).hexdigest()]


def arrive(package: Path, key: str, moment: dt.datetime, beside: bool) -> dict[str, Any]:
    """Make the tables, another town if there is to be one, bring the town in, and look at it."""
    from django.core.management import call_command

    from tests.founding import found
    from yui.base import clock
    from yui.config.cli.moving.arriving import import_town
    from yui.people.models import Person

    call_command("migrate", run_syncdb=True, verbosity=0)
    if beside:
        other = found("hinata")
        with authority_scope(other):
            for number in range(7):
                Person.objects.create(
                    authority=other, display_name=f"見本 {number}号", kana="ミホン", created_at=clock.now()
                )
    import_town(package, lambda _: None)
    while seal():
        pass
    whole = verify()
    return portrait(Authority.objects.get(key=key), moment) | {
        "vendor": connection.vendor, "holds": whole.holds, "sealed": whole.sealed, "unsealed": whole.unsealed,
    }  # fmt: skip


if __name__ == "__main__":
    print(
        json.dumps(
            arrive(Path(sys.argv[1]), sys.argv[2], dt.datetime.fromisoformat(sys.argv[3]), sys.argv[4] == "beside")
        )
    )
