"""A town leaves: a folder with its rows as JSON Lines, its accounts, its chained audit, its files and a manifest."""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

import yui
from yui.base import clock
from yui.base.access.actor import system_actor
from yui.base.accounts.models import Account
from yui.base.audit.chain import START, seal
from yui.base.audit.models import AuditEvent
from yui.base.audit.record import Reason, record
from yui.base.exchange.csv import csv_bytes
from yui.base.files.models import Attachment
from yui.base.files.store import open_path
from yui.base.messages.channels import channels
from yui.base.messages.models import Message, State
from yui.base.tenancy.models import Authority
from yui.base.tenancy.scope import authority_scope, every_town_on_purpose
from yui.config.cli.backup import snapshot
from yui.config.cli.moving.tables import ACCOUNT, AUDIT, EMPTIED, NOT_EXPORTED, SECRETS, exported, references, rows_of
from yui.config.cli.rows import lines
from yui.office.calls.models import Proposal, SubmittedPaper

FORMAT = 1
MANIFEST, ACCOUNTS, CHAIN = "manifest.json", "accounts.jsonl", "chain.jsonl"
ACCOUNT_FIELDS = ("id", "public_id", "email", "name", "is_active", "created_at")
BATCH = 500
Say = Callable[[str], object]


def export_town(authority: Authority, folder: Path, say: Say, *, close: bool = False) -> dict[str, Any]:
    """Fill an empty folder and return its manifest. The export is recorded and sealed before a row is read.

    ``close``: nobody enters the town here any more from before the first row is read, so that nothing is written after
    it; should the package not be finished, the town is open again.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    details = {"what": "town", "closed": close}
    with authority_scope(authority), transaction.atomic():
        record(system_actor(authority, "export"), "data.exported", reason=Reason.EXPORT, details=details)
        if close:
            Authority.objects.filter(pk=authority.pk).update(closed_on=clock.today())
    try:
        return _write_package(authority, folder, say)
    except BaseException:
        if close:
            Authority.objects.filter(pk=authority.pk).update(closed_on=authority.closed_on)
        raise


def _write_package(authority: Authority, folder: Path, say: Say) -> dict[str, Any]:
    while seal():
        pass
    with authority_scope(authority), snapshot():
        manifest = _head(authority)
        accounts: set[int] = set()
        for model in exported():
            _table(folder, model, authority, manifest, accounts, say)
        _kept(folder, ACCOUNTS, _account_lines(accounts), manifest, "accounts")
        _kept(folder, CHAIN, _chain_lines(), manifest, "chain")
        _files(folder, manifest, say)
        _sealed(manifest, say)
        own = [key for key, channel in channels().items() if channel.by_itself]
        manifest["waiting"] = Message.objects.filter(state=State.QUEUED, channel__in=own).count()
    _write(folder / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode())
    return manifest


def fingerprint(folder: Path) -> str:
    """SHA-256 of the manifest, which holds those of everything else: one number for the whole package."""
    return hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()


def _head(authority: Authority) -> dict[str, Any]:
    from yui.config.cli.backup import _migrations

    [town] = lines(Authority, Authority.objects.filter(pk=authority.pk))
    return {
        "package": "yui.town", "format": FORMAT, "yui": yui.__version__, "made_at": clock.now().isoformat(),
        "engine": connection.vendor, "migrations": _migrations(), "authority": json.loads(town), "tables": {},
        "files": {}, "missing_files": [], "left_out": NOT_EXPORTED,
    }  # fmt: skip


def _table(
    folder: Path, model: type[Model], authority: Authority, manifest: dict[str, Any], accounts: set[int], say: Say
) -> None:
    label, people = model._meta.label, [name for name, to in references(model).items() if to == ACCOUNT]
    columns = [field.attname for field in model._meta.concrete_fields]
    kept: list[dict[str, Any]] = []

    def written() -> Iterator[str]:
        for line in lines(model, rows_of(model, authority)):
            row = json.loads(line)
            row |= dict.fromkeys(SECRETS.get(label, ()))
            row |= EMPTIED.get(label, {})
            accounts.update(row[name] for name in people if row[name] is not None)
            kept.append(row)
            yield _json(row)

    manifest["tables"][label] = {"columns": columns} | _lines(folder / f"tables/{label.lower()}.jsonl", written())
    if kept:
        cells = [[_cell(row[column]) for column in columns] for row in kept]
        _write(folder / f"csv/{label.lower()}.csv", csv_bytes(columns, cells))
        say(f"  {label}: {len(kept):,}行")


def _account_lines(ids: set[int]) -> Iterator[str]:
    """Who works and lives here, by mail. No password, no second factor, no day of the last sign-in."""
    for line in lines(Account, Account.objects.filter(pk__in=ids)):
        row = json.loads(line)
        yield _json({name: row[name] for name in ACCOUNT_FIELDS})


def _chain_lines() -> Iterator[str]:
    """The digest before each of the town's sealed rows; it may be of another town's row, of which it tells nothing."""
    numbers = list(AuditEvent.objects.exclude(number=None).order_by("number").values_list("number", flat=True))
    for start in range(0, len(numbers), BATCH):
        part = numbers[start : start + BATCH]
        with every_town_on_purpose():
            rows = AuditEvent.objects.filter(number__in=[number - 1 for number in part])
            digests = dict(rows.values_list("number", "digest"))
        for number in part:
            yield _json({"number": number, "before": digests.get(number - 1, START)})


def _files(folder: Path, manifest: dict[str, Any], say: Say) -> None:
    for path in Attachment.objects.order_by("path").values_list("path", flat=True):
        try:
            with open_path(path) as handle:
                data = handle.read()
        except FileNotFoundError:
            manifest["missing_files"].append(path)
            say(f"  ファイルがありません: {path}")
            continue
        name = path.rpartition("/")[2]
        _write(folder / "files" / name, data)
        manifest["files"][name] = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def _sealed(manifest: dict[str, Any], say: Say) -> None:
    """Papers of calls: encrypted with this installation's secret, so that no other can open them."""
    papers = SubmittedPaper.objects.exclude(path="").count()
    if not papers:
        return
    shut = Proposal.objects.exclude(state="draft").filter(estimate=None).exclude(sealed_estimate="").count()
    manifest["sealed_papers"] = papers
    say(f"  公募の書類 {papers:,}件は、この設置先の鍵で封をしているので、移りません。着いた先では開けません。")
    say("  開封した書類は、移す前に、ここで読みだして保管してください。書類の一覧・受付番号・ハッシュは移ります。")
    if shut:
        say(
            f"  まだ開封していない見積額が {shut:,}件あります。公募が終わってから移すか、応募者に出しなおしてもらいます。"
        )


def _kept(folder: Path, name: str, found: Iterable[str], manifest: dict[str, Any], key: str) -> None:
    manifest[key] = _lines(folder / name, found)


def _lines(target: Path, found: Iterable[str]) -> dict[str, Any]:
    digest, count = hashlib.sha256(), 0
    with _opened(target) as handle:
        for line in found:
            data = line.encode() + b"\n"
            digest.update(data)
            handle.write(data)
            count += 1
    return {"rows": count, "sha256": digest.hexdigest()}


def _write(target: Path, data: bytes) -> None:
    with _opened(target) as handle:
        handle.write(data)


def _opened(target: Path) -> Any:
    target.parent.mkdir(exist_ok=True, mode=0o700)
    return os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _json(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _cell(value: Any) -> Any:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return repr(value) if isinstance(value, float) else value


__all__ = ["ACCOUNTS", "AUDIT", "CHAIN", "FORMAT", "MANIFEST", "export_town", "fingerprint"]
