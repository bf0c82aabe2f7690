"""Japanese addresses in their many writings, folded for comparing. Nothing of it is shown or stored as an address."""

import re
import unicodedata
from dataclasses import dataclass

from yui.engine.text import fold

_KANJI = {"〇": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_COUNTER = r"丁目|番地|番(?!町)|号|ちょうめ|ばんち"
_NUMERAL = re.compile(rf"([〇一二三四五六七八九十百]+)(?={_COUNTER}|の[0-9〇一二三四五六七八九十])")
_PARTS = re.compile(r"(?<=[0-9])(?:丁目|番地の|番地|番の|番(?!町)|号室|号|の|ノ|[-‐‑‒–—―−ーｰ])\s*")
_SECTION = re.compile(r"大字|小字|(?<!文)字")
_PREFECTURE = re.compile(r"^(?:東京都|北海道|京都府|大阪府|.{2,3}?県)")
_PLACE = re.compile(r"^.+[市郡区町村](?=[^0-9\-])")
_NUMBERS = re.compile(r"[0-9]+(?:-[0-9]+)*")


def home_key(address: str) -> str:
    """The last name of a place with its numbers, by which addresses are looked up: 滋賀県甲賀市甲南町野田八百十番地 → 野田810.

    Empty where there is no number: a village alone is nobody's home.
    """
    place, numbers = _parts(address)
    return fold(_PLACE.sub("", place)) + numbers if numbers and place else ""


@dataclass(frozen=True, slots=True)
class Home:
    """An address ready for comparing: folded names of places, and numbers with hyphens."""

    place: str
    numbers: str


def home_of(address: str) -> Home:
    """An address made ready."""
    place, numbers = _parts(address)
    return Home(fold(place), numbers)


def same_home(one: str, other: str) -> bool:
    """Whether two addresses are one: the same numbers, and the shorter names of places end the longer ones.

    甲賀市甲南町野田810 = 甲南町野田８１０番地 = 野田810; 野田810 and 竜法師810 are two, as are 野田8-10 and 野田810.
    """
    return is_same(home_of(one), home_of(other))


def is_same(one: Home, other: Home) -> bool:
    """The same for addresses made ready."""
    if not one.numbers or one.numbers != other.numbers:
        return False
    short, long = sorted((one.place, other.place), key=len)
    if not short or not long.endswith(short):
        return False
    return short == long or long[: -len(short)][-1] in "市郡区町村"


def _parts(address: str) -> tuple[str, str]:
    """Names of the place, and its numbers with hyphens. What follows the first numbers (a building) counts by its numbers."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", address))
    plain = _NUMERAL.sub(lambda found: str(_number(found[1])), plain)
    plain = _SECTION.sub("", _PREFECTURE.sub("", plain))
    plain = _PARTS.sub("-", plain)
    found = _NUMBERS.search(plain)
    if found is None:
        return plain, ""
    numbers = [found[0], *_NUMBERS.findall(plain[found.end() :])]
    return plain[: found.start()], "-".join(numbers)


def _number(text: str) -> int:
    """二十三 → 23, 百五 → 105, 八一〇 → 810."""
    if not set(text) & set("十百"):
        return int("".join(str(_KANJI[sign]) for sign in text))
    total = unit = 0
    for sign in text:
        if sign in "十百":
            total += (unit or 1) * (10 if sign == "十" else 100)
            unit = 0
        else:
            unit = _KANJI[sign]
    return total + unit
