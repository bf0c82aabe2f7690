"""The public lottery between equal scores: the SHA-256 of `seed|opportunity|person`, smallest first."""

from hashlib import sha256

Ticket = bytes
"""Digests compare like their hexadecimal writing."""


def ticket(seed: str, opportunity: str, person: str) -> Ticket:
    """What anyone can recompute with `printf 'seed|opportunity|person' | sha256sum`."""
    return sha256(f"{seed}|{opportunity}|{person}".encode()).digest()
