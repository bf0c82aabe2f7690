"""Whether words hold the name of a registered person. Spaces and width do not hide a name."""

import unicodedata
from collections.abc import Iterable

from yui.people.models import Person

SHORTEST = 2
"""Names of one letter are found in every text and tell nothing."""


def names_in(texts: Iterable[str]) -> list[str]:
    """The display names of registered people that stand in the texts, sorted. Call inside the authority's scope."""
    folded = "\n".join(_fold(text) for text in texts)
    if not folded.strip():
        return []
    names = Person.objects.filter(erased_at=None).exclude(display_name="").values_list("display_name", flat=True)
    return sorted({name for name in names.iterator() if len(_fold(name)) >= SHORTEST and _fold(name) in folded})


def _fold(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split()).replace("・", "")
