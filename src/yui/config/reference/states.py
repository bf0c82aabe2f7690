"""docs/reference/states.md: every table of states as rows and as a diagram, from the ``states.py`` of each wing.

A wing writes its table in one of two shapes: a ``StateTable`` of the engine, or an enum ``State`` with ``MOVES``,
``LABELS`` and ``OWNERS``. Both are read here into one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType

import yui
from yui.config.reference.markdown import code, page_of, table
from yui.engine.states import StateTable

TITLES = {
    "opportunity": "出番",
    "application": "応募",
    "yui.introductions": "紹介",
    "yui.base.approvals": "承認",
    "yui.office.commissions": "成果物・提出書類",
    "yui.office.contracts": "契約",
    "yui.office.reports": "月次報告",
    "yui.office.sharing": "県などと分けあう数字",
}
LEAD = (
    "キーは変わりません。名前は画面のことばで、まちの定義が住民に見えることばを変えられます。図の矢印のことばは、その動きのキーです。\n"
    "表にない動きは、どの役割でもできません。「だれができるか」は [roles.md](roles.md) にあり、別の問いです。"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One state in words."""

    key: str
    label: str
    seen: str
    """What residents read, or the phase that everybody sees."""
    owner: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A table ready to be written. ``moves``: from, the step's key or nothing, to."""

    name: str
    source: str
    rows: tuple[Row, ...]
    moves: tuple[tuple[str, str, str], ...]


def page() -> str:
    """One section for each table, by the name of its module."""
    parts = []
    for drawn in sorted(tables(), key=lambda one: (one.source, one.name)):
        parts.append(f"## {TITLES.get(drawn.name, drawn.name)}\n\n{code(drawn.source)}")
        parts.append(_rows(drawn))
        parts.append(f"```mermaid\n{_diagram(drawn)}\n```")
    return page_of("状態の表", "各棟の `states.py`", LEAD, *parts)


def tables() -> Iterator[Drawn]:
    """Every table of every wing. Raises ``LookupError`` for a ``states.py`` that can not be read."""
    root = Path(yui.__file__).parent
    for path in sorted(root.rglob("states.py")):
        parts = path.relative_to(root).parts
        if parts[0] in ("engine", "config") or "tests" in parts:
            continue
        name = ".".join(("yui", *parts[:-1]))
        found = list(_read(import_module(f"{name}.states"), name))
        if not found:
            raise LookupError(f"{name}.states declares no table that can be read")
        yield from found


def _read(module: ModuleType, name: str) -> Iterator[Drawn]:
    for one in vars(module).values():
        if isinstance(one, StateTable):
            rows = tuple(Row(s.key, s.staff_label, s.resident_label, s.owner) for s in one.states)
            moves = tuple((key, "", after) for key in one.keys for after in one.following(key))
            yield Drawn(one.name, f"{name}.states", rows, moves)
    if hasattr(module, "MOVES") and hasattr(module, "LABELS"):
        owners, phases = getattr(module, "OWNERS", {}), getattr(module, "PHASES", {})
        rows = tuple(
            Row(str(s), str(module.LABELS[s]), str(phases.get(s, "")), str(owners.get(s, ""))) for s in module.State
        )
        yield Drawn(name, f"{name}.states", rows, tuple(_moves(module)))


def _moves(module: ModuleType) -> Iterator[tuple[str, str, str]]:
    """``MOVES`` is (state, step) → state, or state → set of states."""
    for frm, to in module.MOVES.items():
        if isinstance(frm, tuple):
            yield str(frm[0]), str(frm[1]), str(to)
        else:
            yield from ((str(frm), "", str(after)) for after in module.State if after in to)


def _rows(drawn: Drawn) -> str:
    lines = []
    for row in drawn.rows:
        after = [f"`{to}`" + (f"（{step}）" if step else "") for frm, step, to in drawn.moves if frm == row.key]
        lines.append((code(row.key), row.label, row.seen, row.owner, " ".join(after) or "終わり"))
    return table(("キー", "職員が読む名前", "住民が読む名前・段階", "だれの番か", "つぎ"), lines)


def _diagram(drawn: Drawn) -> str:
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{row.label}" as {row.key}' for row in drawn.rows]
    lines.append(f"    [*] --> {drawn.rows[0].key}")
    lines += [f"    {frm} --> {to}" + (f" : {step}" if step else "") for frm, step, to in drawn.moves]
    left = {frm for frm, _, _ in drawn.moves}
    lines += [f"    {row.key} --> [*]" for row in drawn.rows if row.key not in left]
    return "\n".join(lines)
