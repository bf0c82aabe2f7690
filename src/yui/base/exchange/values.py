"""Reading one cell. Each function gives the value or raises ``CellFault`` with a sentence and, where there is one, the
text that would do. Nothing is guessed in silence: what could mean two things is a fault."""

import datetime as dt
import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from yui.base.exchange.reading import Broken, Day, Number
from yui.engine.calendar import ERAS, DateFault, parse_date, wareki
from yui.engine.sentences import say
from yui.engine.text import fold

HYPHENS = re.compile(r"[‐‑‒–—―−ー－ｰ-]")
KANA = re.compile(r"[ァ-ヺー・＝\s゛゜ヽヾ]+")
MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]+)+")
PRIVATE = re.compile("[\ue000-\uf8ff\ufffd〓\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|[\U000f0000-\U0010ffff]")
"""Signs that only the office's old machine knew (外字), signs that were lost on the way, control signs."""
FIRST_SERIAL, LAST_SERIAL = 1, 80_000
"""Days since 1899-12-30, as spreadsheets count: up to the year 2119."""
EPOCH = dt.date(1899, 12, 30)
OLDEST = 120
EMPTY_WORDS = frozenset({"", "-", "ー", "－", "なし", "無し", "無", "未確認", "不明", "未記入", "×"})


class CellFault(ValueError):
    """What is wrong with the text of a cell."""

    def __init__(self, code: str, sentence: str, suggestion: str | None = None, *, stops: bool = True) -> None:
        self.code, self.sentence, self.suggestion, self.stops = code, sentence, suggestion, stops
        super().__init__(code)


def check_letters(text: str) -> None:
    """Refuse errors of a spreadsheet and letters that were lost."""
    if isinstance(text, Broken):
        raise CellFault("broken_cell", "エラーの値か、結果の保存されていない計算式です。値に置きかえてください。")
    if found := PRIVATE.search(text):
        sign = "外字" if "\ue000" <= found[0] <= "\uf8ff" or found[0] > "\U000f0000" else "読めなくなった文字"
        raise CellFault("lost_letters", f"{sign}が入っています。もとの名簿を見て、正しい字に直してください。")


def read_text(text: str, most: int) -> str:
    """Words as they stand, composed, without space around them."""
    plain = unicodedata.normalize("NFC", text).strip()
    if len(plain) > most:
        raise CellFault("too_long", f"{most}文字までです（いまは{len(plain)}文字）。短くしてください。")
    return plain


def read_day(text: str, today: dt.date, *, future: bool = False) -> dt.date:
    """A day as people write it, or as a spreadsheet keeps it. A bare number (a serial) is a fault with its day."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if isinstance(text, Day):
        plain = plain[:10]
    elif isinstance(text, Number) or plain.isdigit():
        plain = _serial(plain) or plain
    else:
        plain = re.sub(r"[ T]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?(Z|[+-]\d{2}:?\d{2})?$", "", plain)
    try:
        day = parse_date(plain)
    except DateFault as fault:
        raise CellFault("date", _told(fault), _nearest(plain, fault, today)) from None
    if day > today and not future:
        raise CellFault("date_future", f"これからの日付（{wareki(day)}）です。年をたしかめてください。")
    return day


def _serial(plain: str) -> str:
    """The plain text of a closed date (20261120); a serial number raises with the day it means."""
    if re.fullmatch(r"\d{8}", plain):
        return plain
    if plain.isdigit() and FIRST_SERIAL <= int(plain) <= LAST_SERIAL:
        day = EPOCH + dt.timedelta(days=int(plain))
        sentence = f"日付が、エクセルの日付の番号になっています。{wareki(day)}なら、そう書いてください。"
        raise CellFault("date_serial", sentence, day.isoformat())
    return ""


def _told(fault: DateFault) -> str:
    values = {name: wareki(value) if isinstance(value, dt.date) else value for name, value in fault.values.items()}
    sentence = say("calendar", "faults", fault.code, values, "ja")
    return sentence if sentence.endswith("。") else f"{sentence}。"


def _nearest(plain: str, fault: DateFault, today: dt.date) -> str | None:
    """R8.2.30 was meant to be the last of February; 55.1.1 most likely a year of 昭和."""
    if fault.code == "date_no_such_day" and isinstance(fault.values.get("last"), int):
        year, month, last = (fault.values[name] for name in ("year", "month", "last"))
        return f"{year}-{month:02d}-{last:02d}"
    if fault.code == "date_year_too_short":
        found = re.fullmatch(r"(\d{1,2})\D+(\d{1,2})\D+(\d{1,2})\D*", plain)
        if found:
            try:
                return parse_date(f"S{found[1]}.{found[2]}.{found[3]}").isoformat()
            except DateFault:
                return None
    return None


def read_birth_year(text: str, today: dt.date) -> int:
    """The year of a birthday, or a year alone: 1955, 昭和30年, S30."""
    plain = unicodedata.normalize("NFKC", text).strip().replace(" ", "")
    bare = re.sub(r"(年)?(生まれ|生)?$", "", plain)
    year = _year(bare) if not isinstance(text, Day) else None
    if year is None:
        try:
            year = read_day(text, today).year
        except CellFault as fault:
            if fault.code == "date" and fault.suggestion is None:
                sentence = "生まれた日か年が読めません。「1955/3/2」「昭和30年」のように書いてください。"
                raise CellFault("year", sentence) from None
            raise
    if not today.year - OLDEST <= year <= today.year:
        raise CellFault("year", f"{year}年の生まれになります。年をたしかめてください。")
    return year


def _year(plain: str) -> int | None:
    if re.fullmatch(r"(18|19|20)[0-9]{2}", plain):
        return int(plain)
    for era in ERAS:
        found = re.fullmatch(
            rf"(?:{era.name}|{era.name[0]}|{era.letter}|{era.letter.lower()})\.?(元|[0-9]{{1,2}})", plain
        )
        if found:
            number = 1 if found[1] == "元" else int(found[1])
            return era.first.year + number - 1 if 1 <= number <= (era.last_year or number) else None
    return None


def read_phones(text: str) -> tuple[str, ...]:
    """The numbers of a cell, several where they stand apart: digits alone."""
    if isinstance(text, Day):
        raise CellFault("phone", "エクセルが日付に変えたようです。電話番号を文字として書きなおしてください。")
    return tuple(dict.fromkeys(_phone(part) for part in re.split(r"[/／、,，;；\n]+", text) if part.strip()))


def _phone(text: str) -> str:
    plain = re.sub(r"[\s()（）.]", "", HYPHENS.sub("", unicodedata.normalize("NFKC", text)))
    if plain.startswith("+81"):
        plain = "0" + plain[3:].removeprefix("0")
    if not plain.isascii() or not plain.isdigit():
        raise CellFault("phone", "電話番号に数字でないものが入っています。番号だけを書いてください。")
    if not plain.startswith("0"):
        if len(plain) in (9, 10):
            raise CellFault(
                "phone_zero", f"先頭の 0 が落ちているようです。0{plain} なら、そう書いてください。", f"0{plain}"
            )
        raise CellFault("phone", "電話番号は 0 から、10けたか11けたで書いてください。")
    if len(plain) not in (10, 11):
        raise CellFault("phone", f"電話番号のけたが合いません（{len(plain)}けた）。10けたか11けたです。")
    return plain


def read_postal(text: str) -> str:
    """A postal code as 520-0000."""
    if isinstance(text, Day):
        raise CellFault("postal", "エクセルが日付に変えたようです。郵便番号を文字として書きなおしてください。")
    plain = HYPHENS.sub("", unicodedata.normalize("NFKC", text)).lstrip("〒 ").replace(" ", "")
    if re.fullmatch(r"[0-9]{6}", plain):
        found = f"0{plain[:2]}-{plain[2:]}"
        raise CellFault("postal_zero", f"先頭の 0 が落ちているようです。{found} なら、そう書いてください。", found)
    if not re.fullmatch(r"[0-9]{7}", plain):
        raise CellFault("postal", "郵便番号は7けたの数字で書いてください。")
    return f"{plain[:3]}-{plain[3:]}"


def read_mail(text: str) -> str:
    """A mail address."""
    plain = text.strip()
    if MAIL.fullmatch(plain) and len(plain) <= 254:
        return plain
    mended = unicodedata.normalize("NFKC", plain).replace(" ", "").replace(",", ".").strip(".;<>")
    right = mended if MAIL.fullmatch(mended) and len(mended) <= 254 else None
    sentence = "メールアドレスの形ではありません。「name@example.jp」のような形で書いてください。"
    raise CellFault("mail", sentence, right)


@dataclass(frozen=True, slots=True)
class Words:
    """Words that may be chosen: their folded forms with keys, and how each key is written."""

    keys: Mapping[str, str]
    labels: Mapping[str, str]
    written: Mapping[str, str]
    """Each word as it is written → its key; found without folding."""

    @classmethod
    def of(cls, items: Iterable[tuple[str, str, Iterable[str]]]) -> Self:
        """From key, label and the other writings of each."""
        rows = list(items)
        keys = {fold(word): key for key, label, others in rows for word in (key, label, *others)}
        written = {word: key for key, label, others in rows for word in (key, label, *others)}
        return cls(keys, {key: label for key, label, _ in rows}, written)

    def key(self, text: str) -> str | None:
        """The key of a word in any writing."""
        return self.written.get(text) or self.keys.get(fold(text))


def read_choice(text: str, words: Words) -> str:
    """The key of a word. An unknown word is answered with the nearest known one."""
    key = words.key(text)
    if key is not None:
        return key
    folded = fold(text)
    near = difflib.get_close_matches(folded, list(words.keys), n=1, cutoff=0.5) if len(folded) < 60 else []
    suggestion = words.labels[words.keys[near[0]]] if near else None
    hint = f"「{suggestion}」ですか。" if suggestion else ""
    raise CellFault("choice", f"えらべる言葉の中に「{text[:40]}」はありません。{hint}", suggestion)


def is_empty(text: str) -> bool:
    """Whether a cell says that there is nothing: empty, a dash, なし, 未確認."""
    return unicodedata.normalize("NFKC", text).strip() in EMPTY_WORDS
