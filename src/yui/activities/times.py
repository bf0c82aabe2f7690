"""Dates and times of day as hosts type them."""

import datetime as dt
import re
import unicodedata

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yui.base.ui.fields import sentence_of
from yui.engine.calendar import DateFault, parse_date

_TIME = re.compile(
    r"(?P<half>午前|午後|am|pm)?\s*(?P<hour>\d{1,2})\s*(?:(?:[:時.]|時間)\s*(?:(?P<minute>\d{1,2})\s*分?|(?P<thirty>半))?)?",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"(?P<hour>\d{1,2})(?P<minute>\d{2})")


class Unclear(ValueError):
    """The text can not be read; the message is a sentence for whoever typed it."""


def read_day(text: str, today: dt.date) -> dt.date:
    """11月28日, 11/28（土）, R8.11.28, 令和8年11月28日, 2026/11/28; without a year the next such day."""
    try:
        return parse_date(text, today=today)
    except DateFault as fault:
        text = sentence_of(fault).rstrip("。.")
        raise Unclear(text + ("。" if (get_language() or "ja").startswith("ja") else ".")) from None


def read_time(text: str) -> dt.time:
    """10時, 10時半, 10:30, 1330, 午後1時30分, in full or half width."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    found = _CLOSED.fullmatch(plain) if len(plain) in (3, 4) and plain.isdigit() else _TIME.fullmatch(plain)
    if found is None:
        raise Unclear(_("時刻は「10時30分」や「10:30」のように書いてください。"))
    parts = found.groupdict()
    hour = int(parts["hour"])
    minute = 30 if parts.get("thirty") else int(parts.get("minute") or 0)
    half = parts.get("half")
    if half:
        if hour > 12:
            raise Unclear(_("午前・午後をつけるときは、12時までで書いてください。"))
        hour = hour % 12 + (12 if half in ("午後", "pm") else 0)
    if hour > 23 or minute > 59:
        raise Unclear(_("その時刻はありません。0時から23時59分までで書いてください。"))
    return dt.time(hour, minute)
