"""Names as tokens of an index, and what is typed as questions to it, from the exact to the merely alike.

A token begins with the letter of its kind: ``n`` the name as written, ``r`` its reading, ``l`` the loose key of either
where it differs, ``m`` a reading the kanji could also have, ``e`` a reading with a sign left out, ``d`` a district.
A question is a conjunction: for each typed word the tokens of which one must be there.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from yui.engine.text.fold import fold, loosen
from yui.engine.text.nearness import SHORTEST, thinned
from yui.engine.text.readings import readings
from yui.engine.text.romaji import kana_of

_SPLIT = re.compile(r"[\s・･,，、/／=＝()（）]+")
_HONORIFIC = re.compile(r"(さん|さま|様|殿|ちゃん|くん|君|氏|先生)$")
_OF = re.compile(r"(?<=[一-鿿々])の(?=[一-鿿々])")
_KANJI = re.compile(r"[一-鿿㐀-䶿々]")
_LETTERS = re.compile(r"[\W_]+")
LEAST = 2
LONGEST = 60
MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Token:
    """A token that must be there, or one that begins so."""

    text: str
    beginning: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One try. ``by``: why what it finds was found: name, beginning, sound, reading, near, place.

    Each question of a round takes in what those before it find, except where a whole word was asked for.
    """

    by: str
    words: tuple[tuple[Token, ...], ...]

    def fits(self, tokens: Iterable[str]) -> bool:
        """Whether a thing with these tokens answers it."""
        there = set(tokens)
        return all(any(self._has(token, there) for token in group) for group in self.words)

    @staticmethod
    def _has(token: Token, there: set[str]) -> bool:
        return token.text in there or (token.beginning and any(one.startswith(token.text) for one in there))


Round = tuple[Question, ...]
"""Questions from the exact to the alike. The next round is for when nothing was found."""


def name_tokens(written: str, reading: str, places: Iterable[str] = ()) -> list[str]:
    """The tokens under which a name is found, sorted. ``places``: names of the district and of those above it."""
    words, heard = _keys(written), _keys(reading)
    unbroken = len(words) == 1 and bool(_KANJI.search(words[0]))
    named, read = _forms(words, unbroken=unbroken), _forms(heard, unbroken=unbroken)
    spoken = heard or [key for key in words if not _KANJI.search(key)]
    spoken = spoken + [kana_of(key) for key in words if kana_of(key)]
    strict = read | _forms(spoken, unbroken=unbroken)
    made = {"n" + key for key in named} | {"r" + key for key in read} | {"d" + key for key in map(_key, places)}
    loose = {loosen(key) for key in strict}
    made |= {"l" + key for key in loose - read} | {"l" + loosen(key) for key in named - strict if loosen(key) != key}
    for key in spoken:
        made |= {"e" + rest for rest in thinned(loosen(key))}
    for key in words:
        if _KANJI.search(key):
            made |= {"m" + other for other in readings(key) if other not in loose}
    return sorted(token for token in made if len(token) > 1)


def rounds(typed: str) -> Iterator[Round]:
    """What to ask for what was typed, in this order; fewer than two signs ask for a whole name of one kanji at most."""
    words = _asked(typed)
    together = _key("".join(words))
    if not together:
        return
    if len(together) < LEAST:
        if _KANJI.fullmatch(together):
            yield (Question("name", ((Token("n" + together),),)),)
        return
    several = len(words) > 1
    yield _round(words, several=several)
    if several:
        yield _round(["".join(words)], several=False)
    split = [part for word in words for part in _OF.split(word)]
    if split != words:
        yield _round(split, several=True)
    if not several:
        yield (Question("place", ((Token("d" + together, beginning=True),),)),)


def _round(words: list[str], *, several: bool) -> Round:
    asked = [_Word(word, several=several) for word in words]
    made = [Question("name", tuple(word.exact() for word in asked))]
    made.append(Question("beginning", tuple(word.beginning() for word in asked)))
    for beginning in (False, True):
        made.append(Question("sound", tuple(word.sound(beginning=beginning) for word in asked)))
        made.append(Question("reading", tuple(word.misread(beginning=beginning) for word in asked)))
    if any(len(word.loose) >= SHORTEST for word in asked):
        made.append(Question("near", tuple(word.near() for word in asked)))
    return tuple(made)


class _Word:
    """One typed word. Every try takes in those before it, so that one word may be exact and another alike."""

    def __init__(self, word: str, *, several: bool) -> None:
        self.key = _key(word)
        heard = kana_of(self.key)
        self.loose = loosen(heard or self.key)
        self.kanji = bool(_KANJI.search(word))
        self.heard = {heard, self.loose, loosen(self.key)} - {""}
        self.other = readings(self.key) if self.kanji else ()
        self.place = (Token("d" + self.key, beginning=True),) if several and len(self.key) >= LEAST else ()

    def exact(self) -> tuple[Token, ...]:
        return (Token("n" + self.key), Token("r" + self.key), *self.place)

    def beginning(self) -> tuple[Token, ...]:
        return (Token("n" + self.key, True), Token("r" + self.key, True), *self.place)

    def sound(self, *, beginning: bool) -> tuple[Token, ...]:
        heard = [Token(kind + key, beginning) for key in sorted(self.heard) for kind in "lrn"]
        return (*self.beginning(), *heard)

    def misread(self, *, beginning: bool) -> tuple[Token, ...]:
        same = [Token(kind + key) for key in self.other for kind in "lr"]
        other = [Token("m" + key, beginning) for key in sorted(self.heard)]
        return (*self.sound(beginning=beginning), *other, *same)

    def near(self) -> tuple[Token, ...]:
        return (*self.misread(beginning=True), *(Token("e" + key) for key in sorted(thinned(self.loose))))


def _asked(typed: str) -> list[str]:
    found = []
    for word in _split(typed[:LONGEST]):
        bare = _HONORIFIC.sub("", word)
        found.append(bare if bare else word)
    rest = "".join(map(_key, found))
    if len(rest) < LEAST and not _KANJI.search(rest):  # くん may be the name itself; 森さん is 森
        found = _split(typed[:LONGEST])
    return [word for word in found if _key(word)][:MOST_WORDS]


def _split(text: str) -> list[str]:
    return [word for word in _SPLIT.split(text) if word]


def _key(text: str) -> str:
    """The folded key in letters and digits alone, as both databases keep a token whole."""
    return _LETTERS.sub("", fold(text))


def _keys(text: str) -> list[str]:
    return [key for key in map(_key, _split(text)) if key]


def _forms(words: list[str], *, unbroken: bool) -> set[str]:
    """Each word of a name and the whole in either order; of a name written in one its later parts."""
    if unbroken and len(words) == 1:
        return {words[0][n:] for n in range(max(1, len(words[0]) - 1))}
    return {*words, "".join(words), "".join(reversed(words))} - {""}
