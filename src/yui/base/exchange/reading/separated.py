"""CSV as Japanese offices make it: UTF-8 with or without BOM, or CP932; commas, tabs or semicolons; lines within quotes.

Plain ``shift_jis`` is never used: it does not know ①, ㈱, 髙, 﨑, which every list holds (CP932 does).
"""

import csv
import io
import re
from collections import Counter
from itertools import islice

from yui.base.exchange.reading.table import MOST_COLUMNS, MOST_ROWS, Book, Table, Unreadable, too_long

BOM = b"\xef\xbb\xbf"
DELIMITERS = (",", "\t", ";")
STRANGE = re.compile("[\x80-\x9f\uf8f0-\uf8ff]")
"""What CP932 gives for bytes that no letter has."""
LOOKED_AT = 30
"""Rows looked at to find the delimiter."""
SUSPICIOUS_SHARE = 3
"""EUC-JP read as CP932 is mostly half-width katakana; a list with one in three such signs is not believed."""


def read_separated(data: bytes) -> Book:
    """The one table of a CSV. Raises ``Unreadable``."""
    text, encoding = decoded(data)
    delimiter = delimiter_of(text)
    return Book((Table("CSV", tuple(_rows(text, delimiter))),), encoding, delimiter)


def decoded(data: bytes) -> tuple[str, str]:
    """The text and its encoding: ``utf-8-sig``, ``utf-8`` or ``cp932``, the first that fits exactly."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data:
        raise _strange("UTF-16 のようです")
    if data.startswith(BOM):
        return _exactly(data[len(BOM) :], "utf-8"), "utf-8-sig"
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    text = _exactly(data, "cp932")
    if STRANGE.search(text):
        raise _strange("読めない文字があります")
    foreign, narrow = len(re.findall("[^\x00-\x7f]", text)), len(re.findall("[｡-ﾟ]", text))
    if narrow * SUSPICIOUS_SHARE > foreign and _fits(data, "euc_jp"):
        raise _strange("EUC-JP のようです")
    return text, "cp932"


def delimiter_of(text: str) -> str:
    """The sign that cuts the first rows most evenly into more than one column; a comma when in doubt."""
    best, most = ",", (0, 1)
    for sign in DELIMITERS:
        lengths = _lengths(text, sign)
        if not lengths:
            continue
        length, times = lengths.most_common(1)[0]
        score = (1000 * times // lengths.total(), length)
        if length > 1 and score > most:
            best, most = sign, score
    return best


def _lengths(text: str, sign: str) -> Counter[int]:
    """How often the first rows have how many columns; nothing where quotes do not fit the sign."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    try:
        return Counter(len(row) for row in islice(reader, LOOKED_AT) if row)
    except csv.Error:
        return Counter()


def _rows(text: str, delimiter: str) -> list[tuple[str, ...]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[str, ...]] = []
    try:
        for row in reader:
            if len(row) > MOST_COLUMNS:
                raise too_long("列")
            rows.append(tuple(row))
            if len(rows) > MOST_ROWS:
                raise too_long("行")
    except csv.Error as error:
        sentence = (
            f'{len(rows) + 1}行目のあたりで、引用符（"）が閉じていないか、よけいな所にあります。'
            "エクセルで開いて、CSV で保存しなおしてください。"
        )
        raise Unreadable("quotes", sentence) from error
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    return rows


def _exactly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise _strange("読めない文字があります") from None


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _strange(why: str) -> Unreadable:
    sentence = (
        f"文字コードが分かりません（{why}）。エクセルで開き、「CSV UTF-8（コンマ区切り）」で保存しなおしてください。"
    )
    return Unreadable("encoding", sentence)
