"""Which room of the house imports which, read from the source with ``ast``: inside functions too, tests left out."""

import ast
from collections.abc import Iterator
from pathlib import Path

import yui

ROOT = Path(yui.__file__).parent

# From the roof down. A storey appears once its folder is there; rooms beside each other share a storey.
STOREYS: tuple[tuple[str, ...], ...] = (
    ("config",),
    ("connect",),
    ("site",),
    ("office", "care"),
    ("mutual_aid",),
    ("introductions",),
    ("activities",),
    ("people",),
    ("base",),
    ("engine",),
)
WORDS: dict[str, str] = {
    "config": "settings, addresses, the command yui",
    "connect": "one folder for each outside channel",
    "site": "town page, my page, desk: composes, owns nothing",
    "office": "the commission: papers, figures, reports",
    "care": "cases and placements",
    "mutual_aid": "wishes, acts, praise",
    "introductions": "candidates, introductions, exposure",
    "activities": "企画, 出番, participation, ties",
    "people": "persons, organisations, registrations, notes",
    "base": "tenancy, access, audit, definitions and services",
    "engine": "pure decisions: no Django, no clock, no chance",
}
# The inner order of base: a room imports only rooms that stand to its left.
BASE: tuple[str, ...] = (
    "privacy", "clock", "tenancy", "accounts", "access", "audit", "definitions", "measures", "approvals", "files",
    "messages", "documents", "exchange", "jobs", "search", "staff", "ui",
)  # fmt: skip


def storeys() -> list[str]:
    """The rooms that stand, from the roof down."""
    return [room for storey in STOREYS for room in storey if (ROOT / room).is_dir()]


def rooms_of_base() -> list[str]:
    """The rooms of base in their order; one that is not in the order yet stands at the end."""
    found = {p.stem for p in (ROOT / "base").iterdir() if (p / "__init__.py").exists() or p.suffix == ".py"}
    found -= {"__init__", "conftest", "tests"}
    return [room for room in BASE if room in found] + sorted(found - set(BASE))


def between_storeys() -> set[tuple[str, str]]:
    """(importing room, imported room)."""
    return {(frm[0], to[0]) for frm, to in _imports() if frm[0] != to[0]}


def inside_base() -> set[tuple[str, str]]:
    """The same between the rooms of base."""
    return {
        (frm[1], to[1])
        for frm, to in _imports()
        if frm[0] == to[0] == "base" and len(frm) > 1 and len(to) > 1 and frm[1] != to[1]
    }


def _imports() -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The dotted place of a file below ``yui``, and a dotted place below ``yui`` that it imports."""
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if {"tests", "migrations", "conftest"} & set(parts) or len(parts) < 2:
            continue
        for name in _names(path, parts):
            words = tuple(name.split("."))
            if words[0] == "yui" and len(words) > 1:
                yield parts, words[1:]


def _names(path: Path, parts: tuple[str, ...]) -> Iterator[str]:
    package = ("yui", *parts[:-1])
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            whole = ".".join((*base, *(node.module or "").split("."))).strip(".")
            yield from (f"{whole}.{alias.name}" for alias in node.names)
