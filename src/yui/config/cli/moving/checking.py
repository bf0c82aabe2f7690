"""Before a package is let in: is it one of ours, whole, unchanged, of this version, and does its audit still hold?"""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from yui.base.audit.chain import digest_of
from yui.base.audit.models import AuditEvent
from yui.config.cli.moving.leaving import ACCOUNTS, CHAIN, FORMAT, MANIFEST
from yui.config.cli.moving.tables import AUDIT, exported
from yui.config.cli.rows import build

CHUNK = 1024 * 1024


class NotImportable(Exception):
    """The reason, as a sentence."""


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a package. Raises ``NotImportable``."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        right = manifest["package"] == "yui.town"
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotImportable(f"{folder} は、yui export が作ったものではありません。") from error
    if not right or manifest["format"] != FORMAT:
        raise NotImportable("この包みは、ほかの版のYuiのものです。同じ版で取り込んでください。")
    return dict(manifest)


def require_whole(folder: Path, manifest: dict[str, Any]) -> None:
    """Recompute every digest and compare the columns, before anything is written."""
    named = {table_path(label): fact["sha256"] for label, fact in manifest["tables"].items()}
    named |= {ACCOUNTS: manifest["accounts"]["sha256"], CHAIN: manifest["chain"]["sha256"]}
    named |= {f"files/{name}": fact["sha256"] for name, fact in manifest["files"].items()}
    if any(not plain_name(name) for name in manifest["files"]):
        raise NotImportable("包みの中のファイルの名前が正しくありません。")
    base = folder.resolve()
    for name, digest in named.items():
        path = (folder / name).resolve()
        if not path.is_relative_to(base):
            raise NotImportable("包みの中のファイルの名前が正しくありません。")
        if not path.is_file():
            raise NotImportable(f"包みに {name} がありません。")
        if _digest(path) != digest:
            raise NotImportable(f"包みの {name} が、作られたあとで変わっています。")
    ours = {model._meta.label: {f.attname for f in model._meta.concrete_fields} for model in exported()}
    for label, fact in manifest["tables"].items():
        if fact["rows"] and set(fact["columns"]) != ours.get(label, set()):
            raise NotImportable(f"表 {label} の形がちがいます（Yui {manifest['yui']}）。同じ版で取り込んでください。")


def require_chain(folder: Path, manifest: dict[str, Any]) -> int:
    """Every audit row still fits the digest before it, as it was sealed where it came from. Returns how many."""
    before = {row["number"]: row["before"] for row in records(folder / CHAIN)}
    last, count = (0, ""), 0
    for row in records(folder / table_path(AUDIT)):
        if row["number"] is None:
            raise NotImportable("記録につながっていない行があります。元のところで、もう一度出してください。")
        event = build(AuditEvent, json.dumps(row))
        follows = row["number"] != last[0] + 1 or not count or before.get(row["number"]) == last[1]
        if not follows or digest_of(event, before.get(row["number"], "")) != row["digest"]:  # type: ignore[arg-type]
            raise NotImportable(f"記録の{row['number']}番が、あとから変わっています。取り込みません。")
        last, count = (row["number"], row["digest"]), count + 1
    if count != manifest["chain"]["rows"]:
        raise NotImportable("記録の行が足りません。取り込みません。")
    return count


def plain_name(name: str) -> bool:
    """Whether a name is that of a file in a folder, and leads nowhere else."""
    return bool(re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z._-]{0,119}", name))


def table_path(label: str) -> str:
    """Where the rows of a table lie in the package."""
    return f"tables/{label.lower()}.jsonl"


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a file as dicts."""
    with path.open("rb") as handle:
        for line in handle:
            yield json.loads(line)


def _digest(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as handle:
        while chunk := handle.read(CHUNK):
            found.update(chunk)
    return found.hexdigest()
