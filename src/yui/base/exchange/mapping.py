"""Which column of the file is which of ours: guessed from headings, from a ready mapping, from what was chosen before."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yui.base.exchange.reading import Table
from yui.base.exchange.registry import Column, Preset
from yui.engine.text import fold

HEADER_LOOKED_AT = 20
"""Rows in which the headings are looked for; above them stand titles, merged cells, the day of printing."""
_REMARK = re.compile(r"[（(【\[※*＊].*$")
SURE = 2
"""So many known headings make a row the row of headings."""


@dataclass(frozen=True, slots=True)
class Guess:
    """Keys of our columns by the position of the file's; ``source``: remembered, a preset's key, or empty."""

    columns: dict[int, str]
    source: str = ""


def heading_key(heading: str) -> str:
    """How a heading is compared: width, case, spaces and brackets make no difference."""
    return fold(heading)


def bare_key(heading: str) -> str:
    """The same without remarks behind it: 氏名（必須） = 氏名."""
    return fold(_REMARK.sub("", heading.strip()))


def headings(table: Table, header_row: int) -> list[str]:
    """The headings of every column; ``header_row`` counts from 1. A column without one is empty text."""
    row = table.rows[header_row - 1] if 0 < header_row <= len(table.rows) else ()
    return [" ".join(row[n].split()) if n < len(row) else "" for n in range(table.width)]


def find_header_row(table: Table, columns: Sequence[Column], presets: Sequence[Preset]) -> int:
    """The row (from 1) that looks most like headings: most known words; else the first with the most cells."""
    known = {heading_key(name) for column in columns for name in (column.label, *column.names)}
    known |= {heading_key(heading) for preset in presets for heading in preset.columns}
    best, most = 1, (-1, -1)
    for number, row in enumerate(table.rows[:HEADER_LOOKED_AT], start=1):
        cells = [cell for cell in row if cell.strip()]
        hits = sum(heading_key(cell) in known or bare_key(cell) in known for cell in cells)
        score = (hits, 0) if hits >= SURE else (0, len({cell for cell in cells if type(cell) is str}))
        if score > most:
            best, most = number, score
    return best


def guess(
    file: Sequence[str], columns: Sequence[Column], presets: Sequence[Preset], remembered: Mapping[str, str] | None
) -> Guess:
    """Map headings to columns. What the town chose before wins, then a product's ready mapping, then the names."""
    keys = [heading_key(heading) for heading in file]
    by_name = {heading_key(name): column.key for column in columns for name in (column.label, *column.names)}
    preset = best_preset(keys, presets)
    ready = {heading_key(heading): key for heading, key in preset.columns.items()} if preset else {}
    known = {column.key for column in columns}
    found: dict[int, str] = {}
    taken: set[str] = set()
    for source in (remembered or {}, ready, by_name):
        for position, heading in enumerate(file):
            wanted = source.get(heading_key(heading)) or source.get(bare_key(heading)) or ""
            if heading and position not in found and wanted in known and wanted not in taken:
                found[position] = wanted
                taken.add(wanted)
    source_name = "remembered" if remembered else (preset.key if preset else "")
    return Guess(found, source_name)


def best_preset(keys: Sequence[str], presets: Sequence[Preset]) -> Preset | None:
    """The product whose signs are all among the headings; the one with the most signs."""
    fitting = [preset for preset in presets if {heading_key(sign) for sign in preset.signs} <= set(keys)]
    return max(fitting, key=lambda preset: len(preset.signs), default=None)


def signature(file: Sequence[str]) -> str:
    """Headings as one text: files with the same headings share what is remembered."""
    return "|".join(sorted({key for key in map(heading_key, file) if key}))
