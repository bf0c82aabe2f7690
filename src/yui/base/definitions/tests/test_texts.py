"""What residents read in the shipped definitions: easy Japanese is easy, and no Japanese is left in other languages."""

import re
from pathlib import Path

import pytest

from yui.base.definitions.reading import dotted, read, walk
from yui.base.ui.tests.test_catalogues import TWICE_NOT

from .conftest import KONAN

TOWNS = sorted(path.name for path in KONAN.parent.iterdir() if path.is_dir())
LONGEST = 40
LONG_BUT_AGREED = {"konan purposes.register.wordings.0.text"}
"""Words of a consent are never rewritten; the next version will be shorter."""


def texts(town):
    for path in sorted(Path(KONAN.parent / town).glob("*.yaml")):
        data = read(path).data
        for place, value in walk(data):
            if isinstance(value, dict) and "ja-easy" in value:
                yield f"{town} {dotted(place, data)}", value


@pytest.mark.parametrize("town", TOWNS)
def test_resident_texts(town):
    for place, text in texts(town):
        easy = text["ja-easy"]
        spoken = re.sub(r"（[ぁ-んァ-ンー]+）|\s", "", easy)
        longest = max(len(sentence) for sentence in re.split(r"[。！？]", spoken))
        assert longest <= LONGEST or place in LONG_BUT_AGREED, (place, longest)
        assert not TWICE_NOT.search(re.sub(r"[ 　]", "", spoken)), (place, "no said twice")
        assert not re.search(r"[一-龥]", re.sub(r"[一-龥々]+（[ぁ-んァ-ンー]+）", "", easy)), (
            place,
            "a kanji without its reading",
        )
        for code in ("en", "pt-br", "vi"):
            assert text[code] != text["ja"], (place, code)
            assert not re.search(r"[一-龥ぁ-んァ-ン]", text[code]), (place, code)
