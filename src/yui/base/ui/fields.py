"""Form fields that take what people write and answer in plain sentences. All keep what was typed on a failed post."""

import datetime as dt
import re
import unicodedata
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from yui.base import clock
from yui.base.ui import days
from yui.engine.calendar import DateFault, parse_date
from yui.engine.sentences import say

# Half-width and look-alike hyphens that people type between digits.
HYPHENS = re.compile(r"[‐‑‒–—―−ー－ｰ-]")
KANA = re.compile(r"[ァ-ヺー・＝\s゛゜ヽヾ]+")


class JapaneseDateField(forms.DateField):
    """A day as people write it: R8.11.20, 令和8年11月20日, 2026/11/20, 20261120, full or half width.

    Shown as 令和8年11月20日 when a date is given as initial value. With ``relative`` a day without a year (11/27) is
    the next such day: for promises and due dates; with ``past`` the last such day: for what happened. Neither is for
    birthdays.
    """

    widget = forms.TextInput

    def __init__(self, *, relative: bool = False, past: bool = False, **options: Any) -> None:
        options.setdefault("help_text", _("例：令和8年11月20日、R8.11.20、2026/11/20"))
        super().__init__(**options)
        self.relative, self.past = relative, past
        self.widget.attrs.setdefault("data-width", "20")
        self.widget.attrs.setdefault("autocomplete", "off")

    def to_python(self, value: Any) -> dt.date | None:
        """The day, or a sentence about what is not clear."""
        if value in self.empty_values:
            return None
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        try:
            return parse_date(str(value), today=self._from())
        except DateFault as fault:
            raise forms.ValidationError(sentence_of(fault), code=fault.code) from None

    def _from(self) -> dt.date | None:
        """From which day on a day without a year is looked for; ``None`` where the year must be written."""
        if self.past:
            return clock.today() - dt.timedelta(days=364)
        return clock.today() if self.relative else None

    def prepare_value(self, value: Any) -> Any:
        """A date in words; what was typed stays as it was typed."""
        if not isinstance(value, dt.date):
            return value
        language = get_language() or "ja"
        return days.date(value, language) if language.startswith("ja") else f"{value.year}/{value.month}/{value.day}"


class NameField(forms.CharField):
    """A name of up to 100 characters in any script. The spelling is kept: only NFC, so that 𠮷 and ĩ stay themselves."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 100)
        options.setdefault("help_text", _("漢字でも、かなでも、アルファベットでも。100文字まで書けます。"))
        options.setdefault("error_messages", {})
        options["error_messages"].setdefault("required", _("お名前を書いてください。"))
        options["error_messages"].setdefault("max_length", _("100文字までで書いてください。"))
        super().__init__(**options)
        self.widget.attrs.setdefault("autocomplete", "name")

    def to_python(self, value: Any) -> str:
        """The name, composed and without space around it."""
        return unicodedata.normalize("NFC", super().to_python(value))


class KanaField(forms.CharField):
    """The reading of a name. Hiragana and half-width katakana become full-width katakana; foreigners may leave it."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 100)
        options.setdefault("required", False)
        options.setdefault("help_text", _("ひらがなでも、カタカナでも。なければ、書かなくてもかまいません。"))
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        """Full-width katakana with single spaces."""
        text = to_katakana(super().to_python(value))
        if text and not KANA.fullmatch(text):
            raise forms.ValidationError(_("よみは、ひらがなかカタカナで書いてください。"), code="invalid")
        return text


class PhoneField(forms.CharField):
    """A telephone number of 10 or 11 digits; full width and hyphens are fine. Kept as digits with hyphens taken out."""

    widget = forms.TextInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("例：0748-00-0000。ハイフンはなくてもかまいません。"))
        super().__init__(**options)
        self.widget.input_type = "tel"
        self.widget.attrs.setdefault("autocomplete", "tel")
        self.widget.attrs.setdefault("data-width", "20")

    def to_python(self, value: Any) -> str:
        """Digits only."""
        text = HYPHENS.sub("", unicodedata.normalize("NFKC", super().to_python(value)))
        text = re.sub(r"[\s()]", "", text)
        if text.startswith("+81"):
            text = "0" + text[3:]
        if not text:
            return ""
        if not text.isascii() or not text.isdigit():
            raise forms.ValidationError(_("電話番号は数字で書いてください。"), code="invalid")
        if len(text) < 10:
            raise forms.ValidationError(
                _("けたが足りないようです。10けたか11けたの数字で書いてください。"), code="short"
            )
        if len(text) > 11:
            raise forms.ValidationError(_("けたが多いようです。10けたか11けたの数字で書いてください。"), code="long")
        if not text.startswith("0"):
            raise forms.ValidationError(_("電話番号は 0 から書いてください。"), code="invalid")
        return text


class PostalField(forms.CharField):
    """A postal code of seven digits, kept as 520-0000."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("例：520-0000。ハイフンはなくてもかまいません。"))
        super().__init__(**options)
        self.widget.attrs.update({"inputmode": "numeric", "autocomplete": "postal-code", "data-width": "10"})

    def to_python(self, value: Any) -> str:
        """Seven digits with the hyphen after the third."""
        text = HYPHENS.sub("", unicodedata.normalize("NFKC", super().to_python(value))).lstrip("〒").replace(" ", "")
        if not text:
            return ""
        if not re.fullmatch(r"[0-9]{7}", text):
            raise forms.ValidationError(_("郵便番号は7けたの数字で書いてください。"), code="invalid")
        return f"{text[:3]}-{text[3:]}"


def to_katakana(text: str) -> str:
    """Full-width katakana: NFKC joins half-width marks, then hiragana is moved to katakana; spaces become single."""
    wide = unicodedata.normalize("NFKC", text)
    moved = "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in wide)
    return " ".join(moved.split())


def sentence_of(fault: DateFault) -> str:
    """What is not clear about a day, in the reader's language; days inside the sentence are written as days."""
    language = get_language() or "ja"
    values = {n: days.date(v, language) if isinstance(v, dt.date) else v for n, v in fault.values.items()}
    sentence = say("calendar", "faults", fault.code, values, language)
    return f"{sentence}。" if re.search(r"[ぁ-ん）]$", sentence) else sentence
