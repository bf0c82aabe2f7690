"""Japanese words on a page of another language: found, so that they can be marked for screen readers."""

import re

from django import forms
from django.utils.translation import get_language

LETTERS = "ぁ-んァ-ヺ一-鿿々〆〇"
JAPANESE = re.compile(rf"[{LETTERS}](?:.*[{LETTERS}ー）」])?", re.DOTALL)
"""From the first Japanese letter of a text to the last."""


def foreign(text: str) -> bool:
    """Whether a text is Japanese and the page is not."""
    return not (get_language() or "ja").startswith("ja") and JAPANESE.search(text) is not None


class NamesSelect(forms.Select):
    """A list of names (places, languages): those in Japanese letters are marked as Japanese."""

    def create_option(self, *args: object, **options: object) -> dict[str, object]:
        """One option, marked."""
        option: dict[str, object] = super().create_option(*args, **options)  # type: ignore[arg-type]
        if foreign(str(option["label"])):
            option["attrs"]["lang"] = "ja"  # type: ignore[index]
        return option
