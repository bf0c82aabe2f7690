"""Words of a text as tokens: SudachiPy's short units (mode A) in their normalised form, with their reading.

くさかり, 草刈 and 草刈り share a token; so do こども and 子供, シュミレーション and シミュレーション, 附属 and 付属. ``w`` is a
word or its later part from a kanji on (夏祭り → 夏祭り, 祭り) or its kanji alone (引っ越し → 引越); ``y`` is a reading.
The dictionary is mapped into memory on first use and shared by all processes of the machine; pages of people never load it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from typing import Any

from yui.engine.text import Token, fold, readable

_SAYING = ("名詞", "動詞", "形容詞", "形状詞", "副詞", "接尾辞", "感動詞", "連体詞")
_SPLIT = re.compile(r"[\s,，、。・]+")
_KANJI = re.compile(r"[一-鿿㐀-䶿々]")
_LETTERS = re.compile(r"[\W_]+")
_EMPTY = ("為る", "居る", "有る", "事", "物", "方", "等")
MOST_WORDS = 5
LONGEST = 10_000


@cache
def _tokenizer() -> Any:
    from sudachipy import Dictionary, SplitMode  # dear: loaded by the first text, never at the start

    return Dictionary(dict="core").tokenizer(mode=SplitMode.A)


def word_tokens(text: str) -> set[str]:
    """The tokens under which a text is found."""
    made: set[str] = set()
    for word, reading in _units(text):
        made |= {"w" + form for form in _forms(word)}
        made |= {"y" + reading} if len(reading) > 1 else set()
    return made


def word_groups(typed: str, synonyms: Mapping[str, Sequence[str]] | None = None) -> tuple[tuple[Token, ...], ...]:
    """What to ask for: of each group one token. Nothing when nothing was typed.

    ``synonyms``: for a word all words of its group, itself among them.
    """
    groups: list[tuple[Token, ...]] = []
    for term in [term for term in _SPLIT.split(typed[:200]) if _key(term)][:MOST_WORDS]:
        ways = [way for word in _alike(term, synonyms or {}) for way in _ways(word)]
        groups += [tuple(dict.fromkeys(token for part in chosen for token in part)) for chosen in product(*ways)]
    return tuple(dict.fromkeys(groups))[:60]


def _alike(term: str, synonyms: Mapping[str, Sequence[str]]) -> Iterable[str]:
    """The term and the words of its group, found by its writing or by its normalised form (くさかり → 草刈り)."""
    known = {_key(word): others for word, others in synonyms.items()}
    units = [word for word, _ in _units(term)]
    return dict.fromkeys([term, *known.get(_key(term), known.get("".join(units), ()))])


def _ways(term: str) -> Iterator[list[tuple[Token, ...]]]:
    """Each way in which a term may stand in a text, as groups that must all be there."""
    units = [tuple(Token("w" + form, beginning=True) for form in (word, _bare(word)) if form)
             for word, _ in _units(term)]  # fmt: skip
    if units:
        yield units
    key = _key(term)
    yield [(Token("w" + key, beginning=True),)]
    if not _KANJI.search(term) and len(key) > 1:
        yield [(Token("y" + key, beginning=True),)]


def _units(text: str) -> Iterator[tuple[str, str]]:
    """Normalised word and reading of each unit that says something."""
    for unit in _tokenizer().tokenize(readable(text)[:LONGEST]):
        word = _key(unit.normalized_form())
        if word and word not in _EMPTY and unit.part_of_speech()[0] in _SAYING:
            yield word, _key(unit.reading_form())


def _forms(word: str) -> set[str]:
    later = {word[n:] for n in range(1, len(word) - 1) if _KANJI.match(word[n]) and _KANJI.match(word[0])}
    return ({word, _bare(word)} | later) - {""}


def _bare(word: str) -> str:
    """The kanji of a word that has kana between or after them, if they are two or more."""
    kanji = "".join(_KANJI.findall(word))
    return kanji if len(kanji) > 1 else ""


def _key(text: str) -> str:
    return _LETTERS.sub("", fold(text))
