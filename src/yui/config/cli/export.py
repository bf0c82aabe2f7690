"""``yui export TOWN DIR``: everything of one town as CSV, JSON and files, to take along."""

import argparse
import json
import os
from pathlib import Path
from typing import Any


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which town, where to."""
    parser.add_argument("town", help="まちのキー（例: konan）")
    parser.add_argument("folder", type=Path, help="作るフォルダー。空か、まだないこと")


def run(given: argparse.Namespace) -> int:
    """Write the folder; readable by its owner only."""
    from yui.config.cli import set_up

    set_up()
    from yui.base.tenancy.models import Authority

    authority = Authority.objects.filter(key=given.town).first()
    if authority is None:
        print(f"「{given.town}」というまちはありません。")
        return 1
    if given.folder.exists() and any(given.folder.iterdir()):
        print(f"{given.folder} が空ではありません。")
        return 1
    counts = export_town(authority, given.folder, print)
    print(f"{authority.name}の{sum(counts.values()):,}行を {given.folder} に出しました。個人情報が入っています。")
    return 0


def export_town(authority: Any, folder: Path, say: Any) -> dict[str, int]:
    """Table name to number of rows. The export is recorded in the town's audit before a row is read."""
    from yui.base import clock
    from yui.base.access.actor import system_actor
    from yui.base.audit.record import Reason, record
    from yui.base.exchange.csv import csv_bytes
    from yui.base.exchange.package import json_package
    from yui.base.tenancy.scope import authority_scope
    from yui.config.cli.backup import snapshot
    from yui.config.cli.rows import lines

    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    counts: dict[str, int] = {}
    with authority_scope(authority):
        record(system_actor(authority, "export"), "data.exported", reason=Reason.EXPORT, details={"what": "town"})
        with snapshot():
            for model in _tables():
                name = model._meta.label_lower
                rows = [json.loads(line, parse_float=str) for line in lines(model, model.objects.all())]
                counts[name] = len(rows)
                if not rows:
                    continue
                header = [field.attname for field in model._meta.concrete_fields]
                cells = [[_cell(row[column]) for column in header] for row in rows]
                _write(folder / f"{name}.csv", csv_bytes(header, cells))
                package = json_package(name, rows, authority=authority.key, made_at=clock.now())
                _write(folder / f"{name}.json", package)
                say(f"  {name}: {len(rows):,}行")
            _files(folder)
    return counts


def _tables() -> list[Any]:
    """Every table that belongs to a town."""
    from yui.config.cli.rows import tables

    return [model for model in tables() if any(field.name == "authority" for field in model._meta.concrete_fields)]


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def _files(folder: Path) -> None:
    from yui.base.files.models import Attachment
    from yui.base.files.store import open_path

    for attachment in Attachment.objects.all():
        target = folder / "files" / f"{attachment.public_id}-{attachment.name}"
        target.parent.mkdir(exist_ok=True, mode=0o700)
        with open_path(attachment.path) as handle:
            _write(target, handle.read())


def _write(target: Path, data: bytes) -> None:
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(data)
