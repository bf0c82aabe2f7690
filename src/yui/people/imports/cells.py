"""Cells that only a list of people has: a name, a reading, several chips, a consent."""

import datetime as dt
import re

from yui.base.exchange.faults import name_faults
from yui.base.exchange.reading import Day, Number
from yui.base.exchange.values import KANA, CellFault, Words, is_empty, read_choice, read_day, read_text
from yui.base.ui.fields import to_katakana
from yui.engine.text import fold

name_faults(
    {
        "honorific": "敬称が付いている",
        "name_digits": "お名前に数字がある",
        "kana": "よみがかなでない",
        "consent_day": "同意した日がない",
        "minor": "保護者の同意がいる",
        "way_unreachable": "連絡の方法と連絡先が合わない",
        "number_twice": "同じ番号が2回ある",
        "double_in_file": "同じ人が2回あるかもしれない",
        "double_here": "もう登録されているかもしれない",
        "ended": "登録を終えた方",
        "erased": "消去の申し出があった方",
        "kept_apart": "名簿からは変えない方",
    }
)
LONGEST_WORD, LONGEST_ANSWER, MOST_WORDS = 60, 6, 50
HONORIFIC = re.compile(r"\s*(様|殿|さま|さん|氏)$")
YES = frozenset(
    map(
        fold,
        (
            "○",
            "◯",
            "〇",
            "はい",
            "有",
            "あり",
            "有り",
            "同意",
            "同意する",
            "同意します",
            "済",
            "レ",
            "✓",
            "1",
            "TRUE",
            "yes",
        ),
    )
)
NO = frozenset(map(fold, ("いいえ", "同意しない", "不同意", "0", "FALSE", "no")))
SPLIT = re.compile(r"[、,，;；\n／/|]+")


def read_name(text: str) -> str:
    """A name in its own spelling: only composed and without space around it. 様 is not part of a name."""
    if isinstance(text, Number | Day) or re.search(r"[0-9０-９]", text):
        raise CellFault("name_digits", "お名前に数字が入っています。列がずれていないかをたしかめてください。")
    if "?" in text or "？" in text:
        raise CellFault(
            "lost_letters", "「?」が入っています。書けなかった字のようです。もとの名簿で、正しい字に直してください。"
        )
    plain = read_text(text, 100)
    if found := HONORIFIC.search(plain):
        bare = plain[: found.start()]
        if found[1] in ("様", "殿", "さま") and bare:
            raise CellFault("honorific", f"敬称（{found[1]}）が付いています。お名前だけにしてください。", bare)
    return plain


def read_kana(text: str) -> str:
    """A reading in full-width katakana, from hiragana or half width. Other letters are a fault, not a guess."""
    plain = to_katakana(text)
    if not KANA.fullmatch(plain):
        raise CellFault("kana", "よみは、ひらがなかカタカナで書いてください。なければ空けておけます。")
    return read_text(plain, 200)


def read_chips(text: str, words: Words) -> tuple[str, ...]:
    """The keys of a cell: the whole as one word if it is one, else each of the words in a row."""
    whole = words.key(text) if len(text) < LONGEST_WORD else None
    if whole is not None:
        return (whole,)
    parts = [part.strip() for part in SPLIT.split(text) if not is_empty(part)]
    if len(parts) > MOST_WORDS:  # each unknown word is compared with all known ones
        raise CellFault("too_long", f"{MOST_WORDS}語までです（いまは{len(parts)}語）。短くしてください。")
    found: list[str] = []
    wrong: CellFault | None = None
    for part in parts:
        try:
            found.append(read_choice(part, words))
        except CellFault as fault:
            wrong = wrong or fault
            if fault.suggestion is None:
                raise CellFault(fault.code, fault.sentence) from None
            found.append(words.keys[fold(fault.suggestion)])
    if wrong is not None:
        right = "、".join(words.labels[key] for key in dict.fromkeys(found))
        raise CellFault(wrong.code, wrong.sentence, right)
    return tuple(sorted(set(found)))


def read_consent(text: str, today: dt.date, registered_on: dt.date | None) -> dt.date | None:
    """The day somebody agreed on paper. A tick without a day is a fault: a consent is a dated row."""
    folded = fold(text) if len(text) < LONGEST_ANSWER else ""
    if folded in NO:
        return None
    if folded in YES:
        right = registered_on.isoformat() if registered_on else None
        hint = (
            "登録した日に同意したのなら、その日を書いてください。" if right else "紙などで同意した日を書いてください。"
        )
        raise CellFault("consent_day", f"同意した日がありません。{hint}", right)
    return read_day(text, today)
