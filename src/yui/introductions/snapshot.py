"""The file of a town's snapshot: what all its persons told, as columns, without names and contacts.

One file a town below ``var/snapshots``; a new generation takes the place of the old in one step, and nobody writes into
a file that is there. Processes map it into memory, so they share its pages. The file begins with a line of JSON that says
what it is: the versions it was made for, the mark (the last act that it knows of), and where each array lies; it ends with
the SHA-256 of all before. Whatever is not exactly so is no snapshot, and the question is gathered from the database.
"""

import datetime as dt
import hashlib
import json
import mmap
import os
import secrets
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

import yui
from yui.base.definitions import current
from yui.base.tenancy.models import Authority
from yui.engine.matching.columns import Array, Classes
from yui.engine.matching.roster import CLASSED, Held, Roster

FORMAT = 1
FOLDER, ENDING, PART = "snapshots", ".snapshot", ".part"
MOST_HELD = 4
"""Towns whose snapshot a process keeps open."""
SETS = ("slots", "languages", "consents")
PAIRS = ("age", "place")
DIGEST = 32


@dataclass(frozen=True)
class Snapshot:
    """One generation. ``mark``: the last act that it knows of, with its moment, so that another history is noticed."""

    roster: Roster
    pks: Array
    digests: Array  # (persons, 32) bytes
    key: str
    mark: int
    mark_at: str
    made_on: dt.date

    @cached_property
    def _order(self) -> Array:
        found: Array = np.argsort(self.pks, kind="stable")
        return found

    def rows_of_pks(self, pks: Iterable[int]) -> Array:
        """Rows of primary keys; -1 for whoever is not there."""
        wanted = np.fromiter(pks, dtype=np.int64)
        if not len(self.pks) or not len(wanted):
            return np.full(len(wanted), -1, dtype=np.int64)
        at = np.searchsorted(self.pks, wanted, sorter=self._order)
        rows = self._order[np.minimum(at, len(self.pks) - 1)]
        found: Array = np.where(self.pks[rows] == wanted, rows, -1)
        return found

    def without(self, names: list[str]) -> "Snapshot":
        """The same without some persons."""
        keep = np.ones(len(self.roster), dtype=np.bool_)
        gone = self.roster.rows_of(names)
        keep[gone[gone >= 0]] = False
        return replace(
            self, roster=self.roster.without(names), pks=self.pks[keep], digests=self.digests[keep]
        )  # fmt: skip


def key_of(authority: Authority, today: dt.date) -> str:
    """What a snapshot is made for: format, program, scheme of the town, and the year, from which ages are counted."""
    return f"{FORMAT}|{yui.__version__}|{current(authority).versions.get('scheme', 0)}|{today.year}"


def write(authority: Authority, made: Snapshot) -> None:
    """Put a generation in the place of the one before. Raises ``OSError``, and then the one before is still there."""
    path = _path(authority)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(f"{path.stem}.{secrets.token_hex(8)}{PART}")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as handle:
            digest = hashlib.sha256()
            for piece in _pieces(made):
                digest.update(piece)
                handle.write(piece)
            handle.write(digest.digest())
            handle.flush()
            os.fsync(handle.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def read(authority: Authority, today: dt.date) -> Snapshot | None:
    """The generation that is there, if it was made for what holds today; each process reads a file once."""
    path = _path(authority)
    try:
        found = path.stat()
        state = (found.st_ino, found.st_mtime_ns, found.st_size)
        with _lock:
            held = _held.get(path)
            if held is None or held[0] != state:
                held = _held[path] = (state, _open(path))
            _held.move_to_end(path)
            while len(_held) > MOST_HELD:
                _held.popitem(last=False)
        snapshot = held[1]
    except (OSError, ValueError, KeyError, TypeError):  # not there, cut short, from another version: none of it is used
        forget(path)
        return None
    return snapshot if snapshot.key == key_of(authority, today) and snapshot.made_on <= today else None


def drop(authority: Authority) -> None:
    """Remove the town's snapshot and whatever was left of making one."""
    path = _path(authority)
    forget(path)
    path.unlink(missing_ok=True)
    sweep(authority)


def sweep(authority: Authority) -> None:
    """Remove what was left of making one."""
    path = _path(authority)
    for part in path.parent.glob(f"{path.stem}.*{PART}"):
        part.unlink(missing_ok=True)


def forget(path: Path) -> None:
    """Close the file in this process."""
    with _lock:
        _held.pop(path, None)


_held: OrderedDict[Path, tuple[tuple[int, int, int], Snapshot]] = OrderedDict()
_lock = threading.Lock()


def _path(authority: Authority) -> Path:
    return Path(settings.VAR) / FOLDER / f"{authority.pk}-{authority.key}{ENDING}"


def _pieces(made: Snapshot) -> Iterable[bytes]:
    """The file but for its last 32 bytes: the length of the head, the head, and the arrays, each at a multiple of 64."""
    roster = made.roster
    arrays: dict[str, Array] = {
        "names": roster.names, "pks": made.pks, "digests": made.digests, "motivation": roster.motivation,
        **{f"class.{name}": found.of for name, found in roster.classes.items()},
    }  # fmt: skip
    for term, held in roster.held.items():
        arrays |= {f"start.{term}": held.start, f"rows.{term}": held.rows, f"values.{term}": held.values}
    where, at, bodies = {}, 0, []
    for name, array in arrays.items():
        body = np.ascontiguousarray(array).tobytes()
        where[name] = [array.dtype.str, list(array.shape), at]
        body += bytes(-len(body) % 64)
        bodies.append(body)
        at += len(body)
    head = {
        "key": made.key, "mark": made.mark, "mark_at": made.mark_at, "made_on": made.made_on.isoformat(),
        "values": {name: [_plain(name, value) for value in found.values] for name, found in roster.classes.items()},
        "keys": {term: list(held.keys) for term, held in roster.held.items()}, "arrays": where,
    }  # fmt: skip
    text = json.dumps(head, ensure_ascii=False).encode()
    text += b" " * (-(len(text) + 8) % 64)
    yield len(text).to_bytes(8, "little") + text
    yield from bodies


def _open(path: Path) -> Snapshot:
    """Raises ``OSError``, ``ValueError``, ``KeyError`` or ``TypeError`` for what is no snapshot."""
    with path.open("rb") as handle, mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) as checked:
        whole = memoryview(checked)
        try:
            if hashlib.sha256(whole[:-DIGEST]).digest() != bytes(whole[-DIGEST:]):
                raise ValueError("cut short or changed")
        finally:
            whole.release()
        content = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)
    length = int.from_bytes(content[:8], "little")
    head = json.loads(content[8 : 8 + length])
    arrays = {
        name: np.frombuffer(content, dtype, int(np.prod(shape)), 8 + length + at).reshape(shape)
        for name, (dtype, shape, at) in head["arrays"].items()
    }
    return Snapshot(
        _roster(head, arrays), arrays["pks"], arrays["digests"], head["key"], head["mark"], head["mark_at"],
        dt.date.fromisoformat(head["made_on"]),
    )  # fmt: skip


def _roster(head: Mapping[str, Any], arrays: Mapping[str, Array]) -> Roster:
    classes = {
        name: Classes(arrays[f"class.{name}"], tuple(_value(name, value) for value in head["values"][name]))
        for name in CLASSED
    }
    held = {
        term: Held(
            {key: n for n, key in enumerate(keys)}, arrays[f"start.{term}"], arrays[f"rows.{term}"],
            arrays[f"values.{term}"],
        )
        for term, keys in head["keys"].items()
    }  # fmt: skip
    return Roster(arrays["names"], classes, arrays["motivation"], held)


def _plain(name: str, value: Any) -> Any:
    return sorted(value, key=str) if name in SETS else value


def _value(name: str, value: Any) -> Any:
    if name in SETS:
        return frozenset(value)
    return tuple(value) if name in PAIRS and value is not None else value
