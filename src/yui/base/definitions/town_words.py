"""The town's own words (ことば) in the sentences of the house, where residents read them.

The house's sentences are written with its own words (出番, 企画, 団体 …). A town that calls one of them otherwise has its
word put there: in Japanese and easy Japanese, whose words do not bend. What people wrote themselves is never touched.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.utils import translation
from django.utils.translation import trans_real

from yui.base.tenancy.models import Authority

from . import current
from .queries import NoDefinition

HOUSE_WORDS: dict[str, dict[str, str]] = {
    "opportunity": {"ja": "出番", "ja-easy": "出番（でばん）"},
    "activity": {"ja": "企画", "ja-easy": "企画（きかく）"},
    "organization": {"ja": "団体", "ja-easy": "団体（だんたい）"},
    "introduction": {"ja": "紹介", "ja-easy": "紹介（しょうかい）"},
    "coordinator": {"ja": "コーディネーター", "ja-easy": "コーディネーター"},
    "stage": {"ja": "層", "ja-easy": "かかわりかた"},
}
"""How the sentences of the house call them."""
Swaps = tuple[tuple[str, str], ...]


class TownTranslation:
    """A translation whose answers carry a town's words. Everything else is the translation's own."""

    def __init__(self, inner: Any, swaps: Swaps, authority: Authority) -> None:
        self._inner, self._swaps, self.authority = inner, swaps, authority

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def gettext(self, message: str) -> str:
        """The sentence with the town's words."""
        return swapped(self._inner.gettext(message), self._swaps)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """The same for a counted sentence."""
        return swapped(self._inner.ngettext(singular, plural, number), self._swaps)


@contextmanager
def town_words(authority: Authority | None) -> Iterator[None]:
    """While open, sentences of the present language carry the town's words, where it has its own."""
    swaps = swaps_of(authority, translation.get_language() or "ja") if authority is not None else ()
    if not swaps or authority is None:
        yield
        return
    before = getattr(trans_real._active, "value", None)
    inner = before or trans_real.translation(translation.get_language() or "ja")
    trans_real._active.value = TownTranslation(inner, swaps, authority)
    try:
        yield
    finally:
        trans_real._active.value = inner


@contextmanager
def speaking(language: str, authority: Authority | None = None) -> Iterator[None]:
    """For the time of a text: that language with the town's words; afterwards everything is as it was.

    Without ``authority``: the words of the town whose words stood before, if any did.
    """
    before = getattr(trans_real._active, "value", None)
    if authority is None and isinstance(before, TownTranslation):
        authority = before.authority
    with translation.override(language), town_words(authority):
        yield
    if before is not None:
        trans_real._active.value = before


def swaps_of(authority: Authority, language: str) -> Swaps:
    """House word → the town's, of those that differ; the longer first. None outside Japanese and before a load."""
    if language not in ("ja", "ja-easy"):
        return ()
    try:
        words = {word.key: word.text for word in current(authority).scheme.words}
    except NoDefinition:
        return ()
    found = [
        (house[language], words[key].in_language(language))
        for key, house in HOUSE_WORDS.items()
        if key in words and words[key].in_language(language) != house[language]
    ]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


def swapped(text: str, swaps: Swaps) -> str:
    """The words put in place, all at once; never inside a longer word (中間支援コーディネーター, 企画書)."""
    new = dict(swaps)
    return _pattern(swaps).sub(lambda found: new[found[0]], text) if text else text


@lru_cache(maxsize=64)
def _pattern(swaps: Swaps) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<![一-鿿々]){re.escape(old)}(?![一-鿿々])" for old, _new in swaps))
