"""``yui restore FILE``: into an empty database only; checks the manifest before, compares row by row after."""

import argparse
import hashlib
import json
import os
import tarfile
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

from yui.config.cli.backup import FORMAT, Say


class NotRestorable(Exception):
    """The reason, as a sentence."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """From where."""
    parser.add_argument("file", type=Path, help="yui backup が作ったファイル")


def run(given: argparse.Namespace) -> int:
    """Restore and compare. Exit 1 when refused or when anything differs."""
    from yui.config.cli import set_up

    set_up()
    try:
        restore(given.file, print)
    except NotRestorable as error:
        print(error)
        return 1
    differences = list(compare(given.file))
    for difference in differences[:20]:
        print(difference)
    print("1行ずつくらべて、同じでした。" if not differences else f"ちがいが{len(differences):,}か所あります。")
    return 1 if differences else 0


def restore(source: Path, say: Say) -> None:
    """Fill an empty database and an empty files folder. All rows in one transaction: all or nothing."""
    from django.db import transaction

    from yui.base.tenancy.scope import every_town_on_purpose
    from yui.config.cli.migrate import bring_up_to_date
    from yui.config.cli.rows import tables

    with _opened(source) as tar:
        manifest = read_manifest(tar)
        bring_up_to_date()
        _require_same_version(manifest)
        _verify(tar, manifest)
        models = {model._meta.db_table: model for model in tables()}
        if set(manifest["tables"]) != set(models):
            raise NotRestorable("この写しは、ほかの版のYuiのものです。同じ版で戻してください。")
        with every_town_on_purpose(), transaction.atomic():
            _require_empty(models.values())
            for name, model in models.items():
                if manifest["tables"][name]["rows"]:
                    say(f"  {name}: {_fill(tar, model):,}行")
            _reset_sequences(list(models.values()))
        _restore_files(tar, manifest, say)


def compare(source: Path) -> Iterator[str]:
    """One line for each row and file in which the backup and the database differ. Names keys, never values."""
    from yui.base.files.store import open_path
    from yui.base.tenancy.scope import every_town_on_purpose
    from yui.config.cli.rows import lines, tables

    with _opened(source) as tar, every_town_on_purpose():
        manifest = read_manifest(tar)
        for model in tables():
            name = model._meta.db_table
            for kept, present in zip_longest(_lines(tar, name), lines(model)):
                if kept != present:
                    key = json.loads(kept or present or "{}").get(model._meta.pk.attname)
                    yield f"{name} {key}: {'写しにない' if kept is None else 'データベースにない' if present is None else 'ちがう'}"
        for path, fact in manifest["files"].items():
            try:
                with open_path(path) as handle:
                    same = hashlib.sha256(handle.read()).hexdigest() == fact["sha256"]
            except FileNotFoundError:
                same = False
            if not same:
                yield f"file {path}: ちがう"


def read_manifest(tar: tarfile.TarFile) -> dict[str, Any]:
    """The manifest of an opened backup."""
    try:
        handle = tar.extractfile("manifest.json")
        manifest = json.loads(handle.read()) if handle else {}
    except (KeyError, ValueError) as error:
        raise NotRestorable("このファイルは、Yuiの写しではありません。") from error
    if manifest.get("yui") != FORMAT:
        raise NotRestorable("この写しは、ほかの版のYuiのものです。")
    return dict(manifest)


def _opened(source: Path) -> tarfile.TarFile:
    try:
        return tarfile.open(source, "r:")
    except (OSError, tarfile.TarError) as error:
        raise NotRestorable(f"{source} を開けません。") from error


def _require_same_version(manifest: dict[str, Any]) -> None:
    from yui.config.cli.backup import _migrations

    ours, theirs = set(_migrations()), set(manifest["migrations"])
    if ours != theirs:
        raise NotRestorable("この写しは、ほかの版のYuiのものです。同じ版で戻してから、新しくしてください。")


def _verify(tar: tarfile.TarFile, manifest: dict[str, Any]) -> None:
    """Recompute every digest before anything is written."""
    expected = {f"tables/{name}.jsonl": fact["sha256"] for name, fact in manifest["tables"].items()}
    expected |= {f"files/{path}": fact["sha256"] for path, fact in manifest["files"].items()}
    for name, digest in expected.items():
        found = hashlib.sha256()
        try:
            handle = tar.extractfile(name)
        except KeyError as error:
            raise NotRestorable(f"写しに {name} がありません。") from error
        while handle is not None and (chunk := handle.read(1024 * 1024)):
            found.update(chunk)
        if found.hexdigest() != digest:
            raise NotRestorable(f"写しの {name} が壊れています。")


def _require_empty(models: Any) -> None:
    for model in models:
        if model._base_manager.exists():
            raise NotRestorable(
                f"データベースが空ではありません（{model._meta.db_table}）。空のデータベースに戻してください。"
            )


def _lines(tar: tarfile.TarFile, table: str) -> Iterator[str]:
    try:
        handle = tar.extractfile(f"tables/{table}.jsonl")
    except KeyError:
        return
    for line in handle or ():
        yield line.decode().rstrip("\n")


def _fill(tar: tarfile.TarFile, model: Any) -> int:
    from yui.config.cli.rows import BATCH, build, insert

    count, rows = 0, []
    for line in _lines(tar, model._meta.db_table):
        rows.append(build(model, line))
        if len(rows) == BATCH:
            insert(model, rows)
            count, rows = count + len(rows), []
    insert(model, rows)
    return count + len(rows)


def _reset_sequences(models: list[Any]) -> None:
    from django.core.management.color import no_style
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _restore_files(tar: tarfile.TarFile, manifest: dict[str, Any], say: Say) -> None:
    from yui.base.files.store import root

    base = root().resolve()
    for path in manifest["files"]:
        target = (base / path).resolve()
        if not target.is_relative_to(base):
            raise NotRestorable("写しの中のファイルの名前が正しくありません。")
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = tar.extractfile(f"files/{path}")
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as made:
            made.write(handle.read() if handle else b"")
    if manifest["files"]:
        say(f"  ファイル: {len(manifest['files']):,}個")
