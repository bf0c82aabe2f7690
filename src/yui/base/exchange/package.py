"""JSON packages: what a person takes home, what a town takes along. Self-describing, with a checksum."""

import datetime as dt
import hashlib
import json
from decimal import Decimal
from typing import Any

FORMAT = 1


class BrokenPackage(ValueError):
    """Not a package of ours, or changed since it was made."""


def json_package(kind: str, content: Any, *, authority: str, made_at: dt.datetime) -> bytes:
    """A readable UTF-8 JSON document: kind, format, authority key, time, SHA-256 of the content, content.

    ``content`` is of dicts, lists, texts, integers, booleans, dates and decimals. Raises ``TypeError`` for anything
    else; floats too, because a figure must come back as it went.
    """
    plain = _plain(content)
    package = {
        "package": f"yui.{kind}",
        "format": FORMAT,
        "authority": authority,
        "made_at": made_at.isoformat(timespec="seconds"),
        "sha256": _digest(plain),
        "content": plain,
    }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def read_package(data: bytes, kind: str) -> Any:
    """The content of a package of ``kind``. Raises ``BrokenPackage``."""
    try:
        package = json.loads(data)
        right = package["package"] == f"yui.{kind}" and package["format"] == FORMAT
        content, digest = package["content"], package["sha256"]
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenPackage("not a package") from error
    if not right or _digest(content) != digest:
        raise BrokenPackage("another kind, or changed")
    return content


def _digest(content: Any) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = [_plain(item) for item in value]
        return sorted(items, key=str) if isinstance(value, set | frozenset) else items
    raise TypeError(f"a value of type {type(value).__name__} has no place in a package")
