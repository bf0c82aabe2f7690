"""The bytes on disk: written whole or not at all, under a random name, owner-readable only."""

import errno
import os
import secrets
import time
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from yui.base.access.errors import NotPossible
from yui.base.tenancy.models import Authority

PART = ".part-"
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
ORPHAN_AGE = 24 * 3600


def root() -> Path:
    """The folder of all files."""
    return Path(settings.MEDIA_ROOT)


def write(authority: Authority, data: bytes) -> str:
    """Write ``data`` durably and return its path below the root.

    First a temporary file, then fsync, then rename: a full disk or a crash leaves no half file under a final name.
    Raises ``NotPossible`` with a sentence when the disk is full.
    """
    folder = root() / authority.key
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = secrets.token_hex(20)
    part = folder / f"{PART}{name}"
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        part.replace(folder / name)
        _sync_folder(folder)
    except OSError as error:
        part.unlink(missing_ok=True)
        (folder / name).unlink(missing_ok=True)
        if error.errno in FULL:
            sentence = "保存する場所がいっぱいで、ファイルを保存できませんでした。管理者に知らせてください。"
            raise NotPossible(sentence, "disk_full") from error
        raise
    return f"{authority.key}/{name}"


def open_path(path: str) -> BinaryIO:
    """Open a stored file. Raises ``FileNotFoundError``; a path that leaves the root raises ``ValueError``."""
    full = (root() / path).resolve()
    if not full.is_relative_to(root().resolve()):
        raise ValueError("a path outside the files")
    return full.open("rb")


def remove(path: str) -> None:
    """Delete a stored file; one that is already gone is well."""
    (root() / path).unlink(missing_ok=True)


def orphans(authority: Authority, known: set[str]) -> list[str]:
    """Files without a row that are older than a day: left by a crash or a transaction that was taken back."""
    folder = root() / authority.key
    if not folder.is_dir():
        return []
    limit = time.time() - ORPHAN_AGE
    found = (entry for entry in os.scandir(folder) if entry.is_file() and entry.stat().st_mtime < limit)
    return sorted(path for entry in found if (path := f"{authority.key}/{entry.name}") not in known)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
