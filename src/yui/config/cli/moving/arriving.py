"""A town arrives: every row with a number of its own, in one transaction; nothing is left when anything fails.

Numbers are given out first, to every row of every table; then each row is written once with its references already
renumbered. The database checks foreign keys at the end of the transaction, so the order of tables is of no matter.
"""

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import Max, Model

from yui.base import clock
from yui.base.access.actor import system_actor
from yui.base.accounts.models import Account
from yui.base.audit.record import record
from yui.base.definitions.domain import digest_of as definition_digest
from yui.base.definitions.scheme import KEY_OF_TOWN, RESERVED
from yui.base.files.store import root
from yui.base.messages.channels import channels
from yui.base.tenancy.models import Authority
from yui.base.tenancy.scope import authority_scope
from yui.config.cli.moving.checking import (
    NotImportable,
    plain_name,
    read_manifest,
    records,
    require_chain,
    require_whole,
    table_path,
)
from yui.config.cli.moving.leaving import ACCOUNTS, fingerprint
from yui.config.cli.moving.tables import ACCOUNT, AUDIT, AUTHORITY, EMPTIED, POINTERS, SECRETS, exported, references
from yui.config.cli.rows import BATCH, build, insert

Say = Callable[[str], object]
MOVED = "moved"
MISSHAPEN = (AttributeError, DataError, KeyError, RecursionError, TypeError, ValidationError, ValueError)
"""What a package meets that holds something else than the tables of this version."""


class _DryRun(Exception):
    """Takes everything back."""


@dataclass
class Arrival:
    """What is known while a town arrives. ``numbers``: label → old number → new one."""

    folder: Path
    manifest: dict[str, Any]
    town: Authority
    old_key: str
    numbers: dict[str, dict[Any, Any]] = field(default_factory=dict)
    joined: dict[str, str] = field(default_factory=dict)
    """Public id of an account there → of the one with the same address that was here before."""
    new_accounts: int = 0
    stopped: dict[str, int] = field(default_factory=dict)
    """Label → rows that would have gone on by themselves and are the old installation's to end."""


def import_town(folder: Path, say: Say, *, key: str = "", dry_run: bool = False) -> Arrival:
    """Bring the town of a package in, under its own key or another one. Raises ``NotImportable``; then all is as before."""
    try:
        return _import_town(folder, say, key=key, dry_run=dry_run)
    except MISSHAPEN as error:
        raise NotImportable(f"包みの形が正しくありません（{type(error).__name__}）。取り込みません。") from error


def _import_town(folder: Path, say: Say, *, key: str, dry_run: bool) -> Arrival:
    manifest = read_manifest(folder)
    require_whole(folder, manifest)
    events = require_chain(folder, manifest)
    say(f"  包みは、作られたときのままです。記録{events:,}行のつながりも、そのままです。")
    arrival = Arrival(folder, manifest, _town(manifest, key), str(manifest["authority"]["key"]))
    try:
        with transaction.atomic():
            _arrive(arrival, say)
            written = _write_files(arrival) if not dry_run else []
            try:
                _check_references()
                if dry_run:
                    raise _DryRun
            except BaseException:
                _take_back(written)
                raise
    except IntegrityError as error:
        raise NotImportable("このまちの行が、ここにもうあります。同じまちを2つ置くことはできません。") from error
    except _DryRun:
        arrival.town.pk = None
    return arrival


def _town(manifest: dict[str, Any], key: str) -> Authority:
    values = manifest["authority"]
    town = build(Authority, json.dumps(values | {"id": None, "key": key or values["key"], "closed_on": None}))
    assert isinstance(town, Authority)
    if not re.fullmatch(KEY_OF_TOWN, town.key) or town.key in RESERVED:
        raise NotImportable(f"「{town.key}」は、まちのキーに使えません。")
    if Authority.objects.filter(key=town.key).exists():
        raise NotImportable(f"「{town.key}」というまちは、もうあります。--key で別のキーを決めてください。")
    return town


def _arrive(arrival: Arrival, say: Say) -> None:
    town, manifest = arrival.town, arrival.manifest
    town.save(force_insert=True)
    with authority_scope(town), transaction.atomic():  # a refusal of the database must not meet the scope's closing
        arrival.numbers[AUTHORITY] = {manifest["authority"]["id"]: town.pk}
        arrival.numbers[ACCOUNT] = _accounts(arrival)
        present = [model for model in exported() if manifest["tables"].get(model._meta.label, {}).get("rows")]
        for model in present:
            arrival.numbers[model._meta.label] = _numbers(arrival, model)
        for model in present:
            say(f"  {model._meta.label}: {_fill(arrival, model):,}行")
        record(
            system_actor(town, "import-town"),
            "town.imported",
            details={
                "from": arrival.old_key, "package": fingerprint(arrival.folder), "joined": arrival.joined,
                "chain": manifest["chain"]["rows"],
            },
        )  # fmt: skip


def _accounts(arrival: Arrival) -> dict[Any, Any]:
    """By mail address: one that is here stays as it is, any other is made. Nobody can sign in with an old password."""
    found: dict[Any, Any] = {}
    for row in records(arrival.folder / ACCOUNTS):
        account = Account.objects.filter(email=row["email"]).first()
        if account is None:
            account = Account(
                email=row["email"], name=row["name"], public_id=row["public_id"], is_active=row["is_active"]
            )
            account.set_unusable_password()
            account.save()
            Account.objects.filter(pk=account.pk).update(created_at=row["created_at"])
            arrival.new_accounts += 1
        elif account.public_id != row["public_id"]:
            arrival.joined[row["public_id"]] = account.public_id
        found[row["id"]] = account.pk
    return found


def _numbers(arrival: Arrival, model: type[Model]) -> dict[Any, Any]:
    """New numbers in the old order, from the sequence of the table."""
    old = [row[model._meta.pk.attname] for row in records(arrival.folder / table_path(model._meta.label))]
    return dict(zip(old, _free_numbers(model, len(old)), strict=True))


def _free_numbers(model: type[Model], count: int) -> list[int]:
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [f'"{table}"', column, count],
            )
            return sorted(number for (number,) in cursor.fetchall())
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        kept = cursor.fetchone()
    last = max(kept[0] if kept else 0, model._base_manager.aggregate(last=Max("pk"))["last"] or 0)
    return list(range(last + 1, last + 1 + count))


def _fill(arrival: Arrival, model: type[Model]) -> int:
    count, rows = 0, []
    for values in records(arrival.folder / table_path(model._meta.label)):
        rows.append(build(model, json.dumps(_changed(arrival, model, values))))
        if len(rows) == BATCH:
            insert(model, rows)
            count, rows = count + len(rows), []
    insert(model, rows)
    return count + len(rows)


def _changed(arrival: Arrival, model: type[Model], row: dict[str, Any]) -> dict[str, Any]:
    """A row as it is written here: renumbered, without what opens a door elsewhere, and at rest."""
    label, pk = model._meta.label, model._meta.pk.attname
    row = row | {pk: arrival.numbers[label][row[pk]]}
    for column, to in references(model).items():
        if row[column] is not None:
            row[column] = _number(arrival, label, to, row[column])
    for pointer in POINTERS.get(label, ()):
        if row[pointer.column] is not None:
            row[pointer.column] = _number(arrival, label, pointer.targets[row[pointer.kind]], row[pointer.column])
    for column in SECRETS.get(label, ()):
        row[column] = f"{MOVED}-{row['public_id']}"
    if label == AUDIT:
        return row | {"number": None, "digest": ""}  # what was done stays word by word; this installation seals it
    row = {name: _words(arrival, value) for name, value in row.items()} | EMPTIED.get(label, {})
    if label == "files.Attachment":
        _require_own_file(arrival, row["path"])
    if label == "definitions.DefinitionVersion":
        row = _definition(arrival, row)
    if "scheme_key" in row and row["scheme_key"] == arrival.old_key:
        row["scheme_key"] = arrival.town.key
    return _at_rest(arrival, label, row)


def _require_own_file(arrival: Arrival, path: str) -> None:
    """An attachment lies in the folder of its town: a row that names another's file would open it."""
    folder, _, name = path.rpartition("/")
    if folder != arrival.town.key or not plain_name(name):
        raise NotImportable("包みの中の添付が、このまちのものでないファイルを指しています。取り込みません。")


def _number(arrival: Arrival, label: str, to: str, old: Any) -> Any:
    try:
        return arrival.numbers[to][old]
    except KeyError as error:
        raise NotImportable(f"表 {label} が指している {to} の行が、包みにありません。") from error


def _words(arrival: Arrival, value: Any) -> Any:
    """Texts that name a joined account, or are an address or a file's path below the old key. Whole texts only."""
    if isinstance(value, dict):
        return {name: _words(arrival, one) for name, one in value.items()}
    if isinstance(value, list):
        return [_words(arrival, one) for one in value]
    if not isinstance(value, str):
        return value
    if value in arrival.joined:
        return arrival.joined[value]
    if arrival.old_key != arrival.town.key and "\n" not in value:
        for lead in ("/", ""):
            if value.startswith(f"{lead}{arrival.old_key}/"):
                return f"{lead}{arrival.town.key}/{value[len(lead + arrival.old_key) + 1 :]}"
    return value


def _definition(arrival: Arrival, row: dict[str, Any]) -> dict[str, Any]:
    """Under another key the versions of the scheme are versions of that key, so that the next load follows them."""
    if row["kind"] != "scheme" or row["key"] != arrival.old_key or arrival.old_key == arrival.town.key:
        return row
    data = row["data"]
    data["scheme"]["authority"]["key"] = arrival.town.key
    return row | {"key": arrival.town.key, "data": data, "digest": definition_digest(data)}


def _at_rest(arrival: Arrival, label: str, row: dict[str, Any]) -> dict[str, Any]:
    """Waiting mails and jobs are ended by the old installation, or there would be two of each."""
    if label == "outbox.Message" and row["state"] == "queued" and _goes_by_itself(row["channel"]):
        row |= {"state": "cancelled", "error": MOVED}
    elif label == "jobs.JobRun" and row["state"] in ("queued", "running"):
        row |= {"state": "failed", "error": MOVED, "finished_at": clock.now().isoformat()}
    else:
        return row
    arrival.stopped[label] = arrival.stopped.get(label, 0) + 1
    return row


def _goes_by_itself(channel: str) -> bool:
    known = channels().get(channel)
    return known is not None and known.by_itself


def _check_references() -> None:
    """Ask now what the database would ask at the end, so that a fault is told while everything can be taken back."""
    connection.check_constraints()


def _write_files(arrival: Arrival) -> list[Path]:
    """The bytes of the attachments, under the names their rows have now."""
    folder, written = root() / arrival.town.key, []
    try:
        for name in arrival.manifest["files"]:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            target = folder / name
            with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as made:
                written.append(target)
                made.write((arrival.folder / "files" / name).read_bytes())
                made.flush()
                os.fsync(made.fileno())
    except OSError as error:
        _take_back(written)
        raise NotImportable(f"ファイルを {folder} に書けませんでした。") from error
    return written


def _take_back(written: list[Path]) -> None:
    for path in written:
        path.unlink(missing_ok=True)
