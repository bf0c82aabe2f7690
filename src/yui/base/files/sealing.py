"""Sealing: texts and files that nobody opens before their time, with keys from the installation's secret.

A file gets a random key of its own (AES-GCM); the key is wrapped in a sealed text. Whoever reads the disk, the tables, a
backup or a moved town sees neither. Another installation, or this one with another secret, opens nothing.
"""

import base64
import hashlib
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE = 12


class BrokenSeal(Exception):
    """The seal was made with another secret, or somebody touched it."""


def seal_text(purpose: str, text: str) -> str:
    """A text as it is stored until it is opened. ``purpose`` keeps seals of one kind from being taken for another's."""
    return _box(purpose).encrypt(text.encode()).decode()


def open_text(purpose: str, sealed: str) -> str:
    """The text. Raises ``BrokenSeal``."""
    try:
        return _box(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise BrokenSeal from None


def new_key() -> bytes:
    """256 random bits: the key of one file."""
    return secrets.token_bytes(32)


def seal_bytes(key: bytes, data: bytes) -> bytes:
    """The bytes as they lie on the disk. A key is used once."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, data, None)


def open_bytes(key: bytes, sealed: bytes) -> bytes:
    """The bytes that were sealed. Raises ``BrokenSeal``."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], None)
    except (InvalidTag, ValueError):
        raise BrokenSeal from None


def _box(purpose: str) -> Fernet:
    key = hashlib.sha256(f"yui.{purpose}|{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
