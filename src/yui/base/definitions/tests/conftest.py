import shutil
from pathlib import Path

import pytest

from yui.base.definitions.commands import definitions_dir

KONAN = Path(__file__).resolve().parents[5] / "definitions" / "konan"


@pytest.fixture
def definitions(tmp_path, monkeypatch):
    """A definitions folder of its own with a copy of Konan."""
    monkeypatch.setenv("YUI_DEFINITIONS", str(tmp_path))
    shutil.copytree(KONAN, tmp_path / "konan")
    return definitions_dir()


@pytest.fixture
def konan(definitions):
    return definitions / "konan"


@pytest.fixture
def edit(konan):
    """Replace the first occurrence of a text in a file of the copy; gives the line on which it stood."""

    def replace(file, old, new):
        path = konan / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} has no {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    return replace
