"""Latin letters heard as kana: maria → まりあ, silva → しるば, yuko → ゆこ. Near enough to find a name, never to write one.

After ``fold`` small and voiced-marked kana are already one (ファ = ふあ), so a plain table of syllables is enough.
"""

import re

_VOWELS = "aiueo"
_ROWS = {
    "": "あいうえお", "k": "かきくけこ", "g": "がぎぐげご", "s": "さしすせそ", "z": "ざじずぜぞ", "t": "たちつてと",
    "d": "だじずでど", "n": "なにぬねの", "h": "はひふへほ", "b": "ばびぶべぼ", "p": "ぱぴぷぺぽ", "m": "まみむめも",
    "r": "らりるれろ", "w": ("わ", "うい", "う", "うえ", "お"), "y": ("や", "い", "ゆ", "いえ", "よ"),
    "f": ("ふあ", "ふい", "ふ", "ふえ", "ふお"), "sh": ("しや", "し", "しゆ", "しえ", "しよ"),
    "ch": ("ちや", "ち", "ちゆ", "ちえ", "ちよ"), "ts": ("つあ", "つい", "つ", "つえ", "つお"),
    "j": ("じや", "じ", "じゆ", "じえ", "じよ"),
}  # fmt: skip
_SYLLABLES = {head + vowel: row[n] for head, row in _ROWS.items() for n, vowel in enumerate(_VOWELS)}
_SYLLABLES |= {
    f"{head}y{vowel}": _ROWS[head][1] + sound
    for head in ("k", "g", "n", "h", "b", "p", "m", "r")
    for vowel, sound in zip("auo", "やゆよ", strict=True)
}
_ALONE = {
    "n": "ん",
    "t": "と",
    "d": "ど",
    "m": "む",
    "j": "じ",
    "h": "",
    "y": "い",
    "w": "う",
    "sh": "しゆ",
    "ch": "ち",
}
_HEARD = (
    (r"oh(?![aiueo])", "o"), (r"ph", "f"), (r"th", "t"), (r"ck", "k"), (r"qu?", "k"), (r"x", "ks"), (r"v", "b"),
    (r"l", "r"), (r"c(?=[ei])", "s"), (r"c(?!h)", "k"), (r"rr+", "r"), (r"m(?=[bp])", "n"), (r"tch", "tch"),
)  # fmt: skip
_SYLLABLE = re.compile(
    "|".join(sorted(_SYLLABLES, key=lambda syllable: (-len(syllable), syllable))) + r"|sh|ch|ts|[a-z]"
)


def kana_of(latin: str) -> str:
    """The kana of a word of folded Latin letters; empty when there is anything else in it."""
    if not re.fullmatch(r"[a-z]+", latin):
        return ""
    heard = latin
    for written, sound in _HEARD:
        heard = re.sub(written, sound, heard)
    heard = re.sub(r"([bcdfgkpstz])(?=\1)|t(?=ch)", "つ", heard)
    heard = re.sub(r"([hjwy])\1+", r"\1", heard)
    return "".join(
        sign if sign == "つ" else _SYLLABLES.get(sign, _ALONE.get(sign, _SYLLABLES.get(sign + "u", "")))
        for sign in re.findall("つ|" + _SYLLABLE.pattern, heard)
    )
