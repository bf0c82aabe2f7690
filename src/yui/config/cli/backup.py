"""``yui backup FILE``: every row, every file and a manifest, as they were at one instant, in one tar."""

import argparse
import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

FORMAT = 1
Say = Callable[[str], object]


class NotWhole(Exception):
    """The database would not show every row."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("file", type=Path, help="作るファイル（.tar）。まだないこと")


def run(given: argparse.Namespace) -> int:
    """Write the file. Exit 1 with a sentence when that is not possible; then there is no file."""
    from yui.config.cli import set_up

    set_up()
    if given.file.exists():
        print(f"{given.file} は、もうあります。")
        return 1
    try:
        manifest = write_backup(given.file, print)
    except NotWhole as error:
        print(error)
        return 1
    print(
        f"{given.file} に{sum(t['rows'] for t in manifest['tables'].values()):,}行とファイル{len(manifest['files']):,}個を写しました。"
    )
    print("個人情報が入っています。持ち主だけが読めるようにしてあります。")
    return 0


def write_backup(target: Path, say: Say) -> dict[str, Any]:
    """Write the tar and return its manifest: for each table and file the SHA-256 and the number of rows or bytes."""
    from django.db import connection

    from yui.base.tenancy.scope import every_town_on_purpose
    from yui.config.cli.rows import tables

    part = target.with_name(target.name + ".part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as handle:
            with tarfile.open(fileobj=handle, mode="w") as tar, every_town_on_purpose(), snapshot():
                _require_every_row()
                manifest: dict[str, Any] = {
                    "yui": FORMAT, "engine": connection.vendor, "migrations": _migrations(), "tables": {},
                    "files": {}, "missing_files": [],
                }  # fmt: skip
                models = tables()
                for number, model in enumerate(models, start=1):
                    kept = _table(tar, model, target.parent)
                    manifest["tables"][model._meta.db_table] = kept
                    if kept["rows"]:
                        say(f"  [{number}/{len(models)}] {model._meta.db_table}: {kept['rows']:,}行")
                _files(tar, manifest, say)
                _member(tar, "manifest.json", json.dumps(manifest, indent=1, sort_keys=True).encode())
            handle.flush()
            os.fsync(handle.fileno())
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return manifest


class snapshot:
    """One transaction that sees one instant, and on SQLite keeps nobody from writing."""

    def __enter__(self) -> None:
        from django.db import connection, transaction

        self.mode = getattr(connection, "transaction_mode", None)
        if connection.vendor == "sqlite":
            connection.transaction_mode = "DEFERRED"
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        if connection.vendor == "postgresql" and len(connection.savepoint_ids) == 0:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

    def __exit__(self, *error: Any) -> None:
        from django.db import connection

        self.atomic.__exit__(*error)
        if connection.vendor == "sqlite":
            connection.transaction_mode = self.mode


def _require_every_row() -> None:
    """On PostgreSQL a role below row-level security would see an empty registry and call it a backup."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relrowsecurity AND row_security_active(oid)"
            " AND relnamespace = current_schema()::regnamespace"
        )
        hidden = [name for (name,) in cursor.fetchall()]
    if hidden:
        raise NotWhole(f"この接続では{hidden[0]}などの行が見えません。表の持ち主の役割でつなぎなおしてください。")


def _migrations() -> list[str]:
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _table(tar: tarfile.TarFile, model: Any, folder: Path) -> dict[str, Any]:
    from yui.config.cli.rows import lines

    digest, count = hashlib.sha256(), 0
    with tempfile.TemporaryFile(dir=folder) as spool:  # has no name, so nobody else can open it
        for line in lines(model):
            data = line.encode() + b"\n"
            digest.update(data)
            spool.write(data)
            count += 1
        member = tarfile.TarInfo(f"tables/{model._meta.db_table}.jsonl")
        member.size, member.mode = spool.tell(), 0o600
        spool.seek(0)
        tar.addfile(member, spool)
    return {"rows": count, "sha256": digest.hexdigest()}


def _files(tar: tarfile.TarFile, manifest: dict[str, Any], say: Say) -> None:
    from yui.base.files.housekeeping import kept_paths
    from yui.base.files.store import open_path

    paths = sorted(kept_paths())
    for number, path in enumerate(paths, start=1):
        try:
            with open_path(path) as handle:
                data = handle.read()
        except FileNotFoundError:
            manifest["missing_files"].append(path)
            say(f"  ファイルがありません: {path}")
            continue
        _member(tar, f"files/{path}", data)
        manifest["files"][path] = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        if number % 100 == 0:
            say(f"  ファイル {number:,}/{len(paths):,}")


def _member(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(data), 0o600
    tar.addfile(member, io.BytesIO(data))
