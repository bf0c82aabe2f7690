"""Japanese dates as people write and read them."""

import datetime as dt
import re
import unicodedata

WEEKDAYS = "月火水木金土日"
# First day of each era, newest first. Source: 元号を改める政令.
ERAS = (
    ("令和", "R", dt.date(2019, 5, 1)),
    ("平成", "H", dt.date(1989, 1, 8)),
    ("昭和", "S", dt.date(1926, 12, 25)),
    ("大正", "T", dt.date(1912, 7, 30)),
    ("明治", "M", dt.date(1868, 1, 25)),
)
WRITTEN = re.compile(
    r"(?P<era>令和|平成|昭和|大正|明治|[RHSTM])?\s*(?P<year>元|\d{1,4})\s*[年./-]\s*"
    r"(?P<month>\d{1,2})\s*[月./-]\s*(?P<day>\d{1,2})\s*日?",
    re.IGNORECASE,
)
COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")


class NoSuchDay(ValueError):
    """The text is no day; the message is a sentence for whoever wrote it."""


def wareki(day: dt.date) -> str:
    """令和8年11月20日; the first year of an era is 元年; before Meiji the western year."""
    for name, _letter, first in ERAS:
        if day >= first:
            year = day.year - first.year + 1
            return f"{name}{'元' if year == 1 else year}年{day.month}月{day.day}日"
    return f"{day.year}年{day.month}月{day.day}日"


def parse(text: str) -> dt.date:
    """The day of R8.11.20, 令和8年11月20日, 2026/11/20, 20261120, in full or half width."""
    plain = re.sub(r"[（(][月火水木金土日・祝]+[)）]$", "", unicodedata.normalize("NFKC", text).strip())
    found = WRITTEN.fullmatch(plain) or COMPACT.fullmatch(plain)
    if found is None:
        raise NoSuchDay("日にちは「令和8年11月20日」や「2026/11/20」のように書いてください。")
    values = found.groupdict()
    era, written = values.get("era"), values["year"]
    if era is None and len(written) != 4:
        raise NoSuchDay("年は「令和8年」か「2026年」のように、元号をつけるか、4けたで書いてください。")
    year = 1 if written == "元" else int(written)
    if era is not None:
        first = next(first for name, letter, first in ERAS if era.upper() in (name, letter))
        year = first.year + year - 1
    try:
        day = dt.date(year, int(values["month"]), int(values["day"]))
    except ValueError:
        raise NoSuchDay("その日は、こよみにありません。月と日をたしかめてください。") from None
    if era is not None and not wareki(day).startswith(next(n for n, letter, _ in ERAS if era.upper() in (n, letter))):
        raise NoSuchDay("元号と年が合っていないようです。もう一度たしかめてください。")
    return day
