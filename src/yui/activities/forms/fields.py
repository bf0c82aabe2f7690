"""Fields of hosts: days without a year, times of day, whole numbers in any width."""

import datetime as dt
import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yui.activities.times import Unclear, read_day, read_time
from yui.base import clock

LONGEST = 40
"""Letters that are looked at; nobody writes a longer day."""


class DayField(forms.Field):
    """A coming day: 11月28日, 11/28, R8.11.28, 2026/11/28. Without a year it is the next such day."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs.update({"data-width": "10", "autocomplete": "off"})

    def to_python(self, value: Any) -> dt.date | None:
        """The day, or a sentence."""
        text = str(value or "").strip()[:LONGEST]
        if not text:
            return None
        try:
            return read_day(text, clock.today())
        except Unclear as problem:
            raise forms.ValidationError(str(problem), code="day") from None

    def prepare_value(self, value: Any) -> Any:
        """A date in words; what was typed stays as it was typed."""
        if isinstance(value, dt.date):
            return f"{value.year}/{value.month}/{value.day}"
        return value


class TimeOfDayField(forms.Field):
    """A time of day: 10時, 10時半, 10:30, 1330, 午後1時."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs.update({"data-width": "10", "autocomplete": "off"})

    def to_python(self, value: Any) -> dt.time | None:
        """The time, or a sentence."""
        text = str(value or "").strip()[:LONGEST]
        if not text:
            return None
        try:
            return read_time(text)
        except Unclear as problem:
            raise forms.ValidationError(str(problem), code="time") from None

    def prepare_value(self, value: Any) -> Any:
        """10:30."""
        return f"{value:%H:%M}" if isinstance(value, dt.time) else value


class WholeField(forms.IntegerField):
    """A whole number, in full or half width, with or without 人 behind it."""

    widget = forms.TextInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("error_messages", {})
        options["error_messages"].setdefault("invalid", _("数字で書いてください。"))
        super().__init__(**options)
        self.widget.attrs.update({"inputmode": "numeric", "data-width": "4"})

    def to_python(self, value: Any) -> int | None:
        """The number."""
        if isinstance(value, str):
            value = unicodedata.normalize("NFKC", value).strip().removesuffix("人").removesuffix("歳").strip()
        return super().to_python(value)
