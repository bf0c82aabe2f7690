"""Colours can be read: those of the tokens, and those a town brings."""

import re
from pathlib import Path

import pytest

from yui.base.ui import accent

SHEETS = Path(accent.__file__).parent / "static/yui"
TOKENS = dict(re.findall(r"(--[a-z0-9-]+): (#[0-9a-f]{6})", (SHEETS / "tokens.css").read_text().split("@media")[0]))
GROUNDS = ["--paper", "--washi-50", "--washi-100"]


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize(
    "ink", ["--ink", "--ink-2", "--ink-3", "--accent", "--accent-strong", "--ok", "--info", "--warn", "--danger"]
)
def test_every_ink_can_be_read_on_every_ground(ink: str, ground: str) -> None:
    assert accent.contrast(TOKENS[ink], TOKENS[ground]) >= 4.5


@pytest.mark.parametrize("state", ["ok", "info", "warn", "danger", "accent"])
def test_every_state_can_be_read_on_its_own_tint(state: str) -> None:
    assert accent.contrast(TOKENS[f"--{state}"], TOKENS[f"--{state}-soft"]) >= 4.5


@pytest.mark.parametrize("ground", GROUNDS)
def test_the_border_of_a_field_can_be_seen(ground: str) -> None:
    assert accent.contrast(TOKENS["--line-field"], TOKENS[ground]) >= 3


def test_known_ratios() -> None:
    assert accent.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert accent.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_a_pale_accent_is_refused_with_its_reason() -> None:
    pale = {"accent": "#8fc9a8", "strong": "#1b4d36", "soft": "#e7f1ea", "line": "#b3d2bf"}
    found = accent.problems(pale)
    assert len(found) == 3
    assert found[0].startswith("町の色「accent」と白の明るさの差が足りません（1.9")


def test_a_word_is_no_colour() -> None:
    assert accent.problems({"accent": "green", "strong": "#1b4d36", "soft": "#e7f1ea", "line": "#b3d2bf"}) == [
        "町の色「accent」は #27694a のように、# と6けたの16進数で書いてください。"
    ]


def test_sample_palettes_pass() -> None:
    rows = re.findall(
        r"--accent: (#\w+); --accent-strong: (#\w+); --accent-soft: (#\w+); --accent-line: (#\w+)",
        (SHEETS / "gallery.css").read_text(),
    )
    assert len(rows) == 5
    for row in rows:
        assert accent.problems(dict(zip(("accent", "strong", "soft", "line"), row, strict=True))) == []


def test_raw_colours_live_in_the_tokens_only() -> None:
    for sheet in SHEETS.glob("*.css"):
        if sheet.name in ("tokens.css", "gallery.css"):
            continue
        found = set(re.findall(r"#[0-9a-fA-F]{3,8}\b", sheet.read_text())) - {"#fff", "#000"}
        assert found <= ({"#777"} if sheet.name == "paper.css" else set()), sheet.name
