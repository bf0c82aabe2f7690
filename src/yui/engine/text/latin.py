"""Kana in Latin letters, for readers of other languages: modified Hepburn without marks for long vowels."""

import unicodedata

_ROWS = {
    "": "あいうえお", "k": "かきくけこ", "s": "さしすせそ", "t": "たちつてと", "n": "なにぬねの", "h": "はひふへほ",
    "m": "まみむめも", "r": "らりるれろ", "g": "がぎぐげご", "z": "ざじずぜぞ", "d": "だぢづでど", "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ",
}  # fmt: skip
_OTHER = {
    "し": "shi", "ち": "chi", "つ": "tsu", "ふ": "fu", "じ": "ji", "ぢ": "ji", "づ": "zu", "や": "ya", "ゆ": "yu", "よ": "yo",
    "わ": "wa", "を": "o", "ん": "n", "ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o", "ゔ": "vu", "ー": "",
}  # fmt: skip
_SMALL = {"ゃ": "a", "ゅ": "u", "ょ": "o"}
_SOUNDS = {kana: head + vowel for head, row in _ROWS.items() for kana, vowel in zip(row, "aiueo", strict=True)} | _OTHER


def latin(kana: str) -> str:
    """ぼだいじ → Bodaiji, しんじょう → Shinjo. Letters that are no kana stay; each word begins with a capital."""
    return " ".join(_word(word) for word in kana.split())


def _word(kana: str) -> str:
    said: list[str] = []
    double = False
    for letter in unicodedata.normalize("NFC", kana):
        if letter == "っ":
            double = True
            continue
        if letter in _SMALL and said and said[-1].endswith("i"):
            head = said[-1][:-1]
            said[-1] = head + ("" if head.endswith(("sh", "ch", "j")) else "y") + _SMALL[letter]
            continue
        sound = _SOUNDS.get(letter, letter)
        if double and sound:
            sound = ("t" if sound.startswith("ch") else sound[0]) + sound
            double = False
        said.append(sound)
    text = "".join(said)
    for long in ("ou", "oo", "uu"):
        text = text.replace(long, long[0])
    return text[:1].upper() + text[1:]
