"""The public lottery between equal scores: the SHA-256 of `seed|opportunity|person`, smallest first."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

from yui.engine import tiers

Array = NDArray[Any]
Ticket = bytes
"""Digests compare like their hexadecimal writing."""


def ticket(seed: str, opportunity: str, person: str) -> Ticket:
    """What anyone can recompute with `printf 'seed|opportunity|person' | sha256sum`."""
    return sha256(f"{seed}|{opportunity}|{person}".encode()).digest()


def tickets(seed: str, first: Sequence[str], second: Sequence[str], one: Array, two: Array) -> NDArray[np.uint64]:
    """The tickets of many pairs (``first[one]``, ``second[two]``): four numbers each, most significant first."""
    if not tiers.compiled(len(one)):
        drawn = b"".join(ticket(seed, first[i], second[j]) for i, j in zip(one.tolist(), two.tolist(), strict=True))
        return np.frombuffer(drawn, dtype=">u8").reshape(-1, 4).astype(np.uint64)
    from yui.engine.matching.tickets import draw

    told = np.frombuffer(f"{seed}|".encode(), dtype=np.uint8)
    made = np.empty((len(one), 4), dtype=np.uint64)
    draw((told, *_joined(first), *_joined(second)), one, two, made)
    return made


def _joined(names: Sequence[str]) -> tuple[Array, Array]:
    encoded = [name.encode() for name in names]
    start = np.zeros(len(encoded) + 1, dtype=np.int64)
    np.cumsum([len(name) for name in encoded], out=start[1:])
    return np.frombuffer(b"".join(encoded), dtype=np.uint8), start
