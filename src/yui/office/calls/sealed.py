"""What is sealed of a proposal: the bytes of its papers, their names and findings, the sum of its estimate."""

import json
from dataclasses import dataclass, field
from typing import Any

from yui.base.files import store
from yui.base.files.sealing import new_key, open_bytes, open_text, seal_bytes, seal_text
from yui.base.tenancy.models import Authority

_PAPER, _ESTIMATE = "calls.paper", "calls.estimate"


@dataclass(frozen=True, slots=True)
class Envelope:
    """What lies in a paper's envelope. ``findings``: ``{"code": …, **values}`` for each."""

    key: bytes
    name: str
    findings: list[dict[str, Any]] = field(default_factory=list)


def keep(authority: Authority, data: bytes, name: str, findings: list[dict[str, Any]]) -> tuple[str, str]:
    """Write the bytes, encrypted. Returns their path and the sealed envelope. ``NotPossible`` when the disk is full."""
    key = new_key()
    path = store.write(authority, seal_bytes(key, data))
    return path, seal_text(_PAPER, json.dumps({"key": key.hex(), "name": name, "findings": findings}))


def envelope_of(sealed: str) -> Envelope:
    """The envelope, opened. Raises ``BrokenSeal``."""
    plain = json.loads(open_text(_PAPER, sealed))
    return Envelope(bytes.fromhex(plain["key"]), plain["name"], plain["findings"])


def bytes_of(path: str, key: bytes) -> bytes:
    """The bytes as they were handed in. Raises ``BrokenSeal`` and ``FileNotFoundError``."""
    with store.open_path(path) as handle:
        return open_bytes(key, handle.read())


def seal_estimate(yen: int) -> str:
    """The sum as it is stored until the opening."""
    return seal_text(_ESTIMATE, str(yen))


def estimate_in(sealed: str) -> int | None:
    """Whole yen; None where no sum was given. Raises ``BrokenSeal``."""
    return int(open_text(_ESTIMATE, sealed)) if sealed else None
