"""Which texts somebody who grew up with the language has read, and which texts a page has spoken.

``locale/reviewed.csv`` lists what was read: language, mark of the text, who, when. The mark is made from the Japanese
text and its translation, so that a text that is changed afterwards waits for its review again.
"""

import csv
from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.utils.translation import trans_real

REVIEWED = Path(__file__).resolve().parents[2] / "locale" / "reviewed.csv"
HEAD = ("language", "text", "by", "on")
Spoken = tuple[str, str]
"""The Japanese text and what was said for it."""


@dataclass(frozen=True, slots=True)
class Review:
    """A line of the list."""

    language: str
    text: str
    by: str
    on: str


def mark_of(source: str, said: str) -> str:
    """The mark of a text and its translation."""
    return sha256(f"{source}\0{said}".encode()).hexdigest()[:16]


def read_reviews(path: Path) -> list[Review]:
    """The list; empty where there is none."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [Review(**{name: row[name] for name in HEAD}) for row in csv.DictReader(file)]


def add_reviews(path: Path, reviews: Iterable[Review]) -> int:
    """Write further lines; a text that is listed already is not listed twice. How many were new."""
    known = read_reviews(path)
    listed = {(one.language, one.text) for one in known}
    fresh = [one for one in dict.fromkeys(reviews) if (one.language, one.text) not in listed]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEAD)
        for one in sorted([*known, *fresh], key=lambda line: (line.language, line.on, line.text)):
            writer.writerow([one.language, one.text, one.by, one.on])
    _marks.cache_clear()
    return len(fresh)


def reviewed_marks(language: str) -> frozenset[str]:
    """The marks of a language."""
    return _marks(language, REVIEWED)


@lru_cache(maxsize=16)
def _marks(language: str, path: Path) -> frozenset[str]:
    return frozenset(one.text for one in read_reviews(path) if one.language == language)


class Listening:
    """A translation that remembers what it said; everything else is the translation's own."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self.said: set[Spoken] = set()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def gettext(self, message: str) -> str:
        """Said and remembered."""
        return self._kept(message, self._inner.gettext(message))

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """The same for a counted sentence."""
        return self._kept(singular, self._inner.ngettext(singular, plural, number))

    def _kept(self, source: str, said: str) -> str:
        if source.strip():
            self.said.add((source, said))
        return said


class Unreviewed:
    """Whether the page has spoken a text that nobody has read, asked when the foot of the page is drawn."""

    def __init__(self, language: str, heard: Listening | None) -> None:
        self.language, self.heard = language, heard

    def __bool__(self) -> bool:
        if self.language == "ja":
            return False
        marks = reviewed_marks(self.language)
        if not marks or self.heard is None:
            return True
        return any(mark_of(*spoken) not in marks for spoken in self.heard.said)


def hear(source: str, said: str) -> None:
    """A text that does not come from the catalogue was said, such as one of the town's definition."""
    inner = getattr(trans_real._active, "value", None)
    while inner is not None and not isinstance(inner, Listening):
        inner = getattr(inner, "_inner", None)
    if inner is not None:
        inner.said.add((source, said))


@contextmanager
def listening() -> Any:
    """While open, the present translation remembers what it said."""
    before = trans_real._active.value
    heard = Listening(before)
    trans_real._active.value = heard
    try:
        yield heard
    finally:
        trans_real._active.value = before
