"""The lottery's seed: drawn at random, promised by a published hash, kept under a seal that no screen and no file opens.

The commitment is the SHA-256 of ``number of the round|seed``; the number makes one commitment good for one round only.
Under the seal (authenticated encryption, key from the installation's secret) nobody who reads the tables, a backup or a
moved town sees it. See docs/decisions/0040-the-seed-is-sealed.md.
"""

import hashlib
import secrets

from yui.base.files.sealing import BrokenSeal, open_text, seal_text

__all__ = ["BrokenSeal", "commitment_of", "new_seed", "open_seal", "seal"]
_PURPOSE = "assignments.seed"


def new_seed() -> str:
    """256 bits from the machine's source of randomness, as 64 hexadecimal digits."""
    return secrets.token_hex(32)


def commitment_of(number: str, seed: str) -> str:
    """What is published before the deadline: ``printf '%s|%s' NUMBER SEED | sha256sum``."""
    return hashlib.sha256(f"{number}|{seed}".encode()).hexdigest()


def seal(seed: str) -> str:
    """The seed as it is stored until it is revealed."""
    return seal_text(_PURPOSE, seed)


def open_seal(sealed: str) -> str:
    """The seed. Raises ``BrokenSeal``."""
    return open_text(_PURPOSE, sealed)
