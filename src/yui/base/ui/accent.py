"""A town's colour: four hex values, checked for contrast, served as a small sheet (a strict policy forbids inline style).

The ratio of two colours is the one that the check of a definition uses.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from yui.base.definitions.scheme import contrast

HEX = re.compile(r"#[0-9a-fA-F]{6}")
PAPER = "#ffffff"
BAND = "#f5efe4"
ENOUGH = 4.5


@dataclass(frozen=True, slots=True)
class Accent:
    """``accent`` carries buttons and links, ``strong`` hover and small text; ``soft`` and ``line`` are tints only."""

    accent: str
    strong: str
    soft: str
    line: str


HOUSE = Accent(accent="#27694a", strong="#1b4d36", soft="#e7f1ea", line="#b3d2bf")


def read(values: Mapping[str, object] | None) -> Accent:
    """The accent of an authority; the house's own when a value is missing or is no ``#rrggbb``."""
    given = values or {}
    parts = {name: str(given.get(name, "")) for name in ("accent", "strong", "soft", "line")}
    if not all(HEX.fullmatch(value) for value in parts.values()):
        return HOUSE
    return Accent(**parts)


def problems(values: Mapping[str, object]) -> list[str]:
    """Sentences (Japanese, for whoever edits the definition) about an accent that can not be read; empty when fine."""
    found = [
        f"町の色「{name}」は #27694a のように、# と6けたの16進数で書いてください。"
        for name in ("accent", "strong", "soft", "line")
        if not HEX.fullmatch(str(values.get(name, "")))
    ]
    if found:
        return found
    accent = read(values)
    pairs = [("accent", accent.accent), ("strong", accent.strong)]
    grounds = [("白", PAPER), ("地の色", BAND), ("soft", accent.soft)]
    for name, colour in pairs:
        for ground, value in grounds:
            ratio = contrast(colour, value)
            if ratio < ENOUGH:
                found.append(
                    f"町の色「{name}」と{ground}の明るさの差が足りません（{ratio:.1f}、{ENOUGH}以上にしてください）。"
                )
    return found


def sheet(key: str, accent: Accent) -> str:
    """The style sheet of a town. ``key`` is a slug, the values are checked hex: nothing else can enter the text."""
    return (
        f'@layer tokens {{ [data-town="{key}"] {{ --accent: {accent.accent}; --accent-strong: {accent.strong}; '
        f"--accent-soft: {accent.soft}; --accent-line: {accent.line}; }}\n"
        f'  @media (prefers-contrast: more) {{ [data-town="{key}"] {{ --accent-line: {accent.accent}; }} }} }}\n'
    )
