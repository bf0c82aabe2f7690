"""Keys under which Japanese and foreign names and words find each other. A key is compared, never shown or stored as a name."""

import re
import unicodedata

from yui.engine.text.variants import KEYS

_LATIN = str.maketrans({"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_KANA = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖゐゑをぢづ", "あいうえおつやゆよわかけいえおじず")
_V = (("ゔぁ", "ば"), ("ゔぃ", "び"), ("ゔぇ", "べ"), ("ゔぉ", "ぼ"), ("ゔ", "ぶ"))
_DROPPED = re.compile(r"[\s\-‐‑‒–—―−ーｰ〜～・･.,，．、。'’´`()（）「」『』/／_]+")
_MARKS = re.compile("[\ufe00-\ufe0f\u200b-\u200f\u2060\ufeff\U000e0100-\U000e01ef]")
"""Variation selectors (辻󠄀) and invisible signs."""

_LONG = re.compile(
    r"(?<=[おこそとのほもよろごぞどぼぽ])[うお]|(?<=[うくすつぬふむゆるぐずぶぷ])う|(?<=[えけせてねへめれげぜでべぺ])い"
)
_VOICED = str.maketrans(
    "がぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽ", "かきくけこさしすせそたちつてとはひふへほはひふへほ"
)
_BETWEEN_KANJI = re.compile(r"(?<=[一-鿿㐀-䶿])[けか](?=[一-鿿㐀-䶿])")


def fold(text: str) -> str:
    """The strict key: width, case, kana, small kana, long marks, accents, variant kanji and signs make no difference.

    髙﨑 = 高崎, ﾜﾀﾅﾍﾞ = わたなべ, カトー = かと = カト, João = joao, 佐々木 = 佐佐木, 市ヶ谷 = 市ケ谷.
    """
    plain = unicodedata.normalize("NFKC", _MARKS.sub("", text)).casefold().translate(_LATIN)
    plain = "".join(_bare(sign) for sign in plain)
    plain = _repeated("".join(_hiragana(sign) for sign in plain))
    for written, heard in _V:
        plain = plain.replace(written, heard)
    plain = _DROPPED.sub("", plain).translate(_KANA)
    return "".join(KEYS.get(sign, sign) for sign in plain)


def fold_loose(text: str) -> str:
    """The looser second key: voiced = unvoiced (わたなへ = わたなべ), おお = おう = お (おおの = おの), ヶ = が between kanji.

    For a second try after the strict key found nobody, and for finding doubles; many names share it.
    """
    return loosen(fold(text))


def loosen(key: str) -> str:
    """The loose key of a strict one."""
    return _BETWEEN_KANJI.sub("か", _LONG.sub("", key.translate(_VOICED)))


def digits(text: str) -> str:
    """The digits of a telephone number in any writing; +81 is 0: ＋81-748-00-0000 → 0748000000."""
    plain = unicodedata.normalize("NFKC", text)
    found = "".join(str(unicodedata.digit(sign)) for sign in plain if sign.isdigit())
    if plain.lstrip().startswith("+81"):
        found = "0" + found[2:].removeprefix("0")
    return found


def _bare(sign: str) -> str:
    """A Latin letter without its accents; anything else as it is (か and が stay apart)."""
    parts = unicodedata.normalize("NFD", sign)
    return (
        parts[0]
        if len(parts) > 1 and parts[0].isascii()
        else ""
        if unicodedata.combining(sign) and sign < "\u0370"
        else sign
    )


def _hiragana(sign: str) -> str:
    return chr(ord(sign) - 0x60) if "ァ" <= sign <= "ヶ" or sign in "ヽヾ" else sign


def _repeated(text: str) -> str:
    """々 and ゝ become the sign before them, ゞ its voiced form."""
    made: list[str] = []
    for sign in text:
        if sign in "々〻ゝ" and made:
            made.append(made[-1])
        elif sign == "ゞ" and made:
            made.append(unicodedata.normalize("NFC", made[-1] + "\u3099"))
        else:
            made.append(sign)
    return "".join(made)
