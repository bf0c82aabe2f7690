"""The short code on a printed registration form: the day it was printed, so that staff know which words were signed.

Pure. Four letters and a check letter, e.g. ``K74M-Q``; nothing personal is in it and nothing is stored.
"""

import datetime as dt
import unicodedata

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
START = dt.date(2020, 1, 1)
SPREAD = 7919
"""A prime, so that two days do not look alike."""
SPACE = len(LETTERS) ** 4


class NoSuchForm(ValueError):
    """The text is no code of a form; the message is a sentence for whoever typed it."""


def form_code(day: dt.date) -> str:
    """The code of forms printed on a day."""
    number = (day - START).days * SPREAD % SPACE
    letters = ""
    for _ in range(4):
        number, rest = divmod(number, len(LETTERS))
        letters += LETTERS[rest]
    return f"{letters}-{_check(letters)}"


def day_of(code: str) -> dt.date:
    """The day a form was printed on. Raises ``NoSuchForm``."""
    plain = "".join(c for c in unicodedata.normalize("NFKC", code).upper() if c.isalnum())
    if len(plain) != 5 or set(plain) - set(LETTERS) or _check(plain[:4]) != plain[4]:
        raise NoSuchForm("用紙の番号がちがうようです。右上の5文字をたしかめてください。")
    number = sum(LETTERS.index(letter) * len(LETTERS) ** place for place, letter in enumerate(plain[:4]))
    return START + dt.timedelta(days=number * pow(SPREAD, -1, SPACE) % SPACE)


def _check(letters: str) -> str:
    return LETTERS[sum(LETTERS.index(letter) * (place + 2) for place, letter in enumerate(letters)) % len(LETTERS)]
