"""Fields for money, exact numbers and nights, as people write them."""

import re
import unicodedata
from typing import Any

from django import forms

EXACT = re.compile(r"\d{1,7}(\.\d{1,4})?")
MOST_YEN = 10**12


def plain_number(value: Any) -> str:
    """Digits as people write them: １２，０００円 → 12000."""
    return unicodedata.normalize("NFKC", str(value or "")).replace(",", "").replace("、", "").rstrip("円").strip()


class YenField(forms.IntegerField):
    """Whole yen: 12,000, １２０００円."""

    widget = forms.TextInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("min_value", 0)
        options.setdefault("max_value", MOST_YEN)
        words = {
            "invalid": "円の数で書いてください（例：12,000）。", "min_value": "0円以上で書いてください。",
            "max_value": "額が大きすぎます。けたを、もう一度たしかめてください。",
        }  # fmt: skip
        options["error_messages"] = words | options.get("error_messages", {})
        super().__init__(**options)
        self.widget.attrs.update({"data-width": "10", "inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        """The number."""
        return super().to_python(plain_number(value))


class ExactField(forms.CharField):
    """An exact number with at most four decimals, kept as the text that the engine reads: 7.5, 1082, 320."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs.update({"data-width": "10", "inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> str:
        """The text of the number."""
        text = plain_number(super().to_python(value))
        if text and not EXACT.fullmatch(text):
            raise forms.ValidationError("数で書いてください（例：7.5、320）。小数は4けたまで書けます。", code="invalid")
        return text


class StaysField(forms.CharField):
    """What each person paid for each night: 11,000 12,500 → [11000, 12500]."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> list[int]:
        """The yen of each person and night."""
        text = unicodedata.normalize("NFKC", super().to_python(value))
        parts = [part for part in re.split(r"[\s、/／]+", re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)) if part]
        found = [part.rstrip("円").strip(",") for part in parts]
        if any(not part.isascii() or not part.isdigit() for part in found):
            raise forms.ValidationError(
                "1人1泊ごとの円を、空白か改行で区切って書いてください（例：11,000 12,500）。", code="invalid"
            )
        return [int(part) for part in found]

    def prepare_value(self, value: Any) -> Any:
        """One stay a line."""
        return "\n".join(f"{one:,}" for one in value) if isinstance(value, list) else value
