"""Short Japanese texts → counted tokens for matching: small, deterministic, explainable to the person who wrote them.

Kanji runs of one or two signs are a token; longer ones give each pair of neighbours (介護予防 → 介護, 護予, 予防).
Katakana runs and runs of letters or digits are a token each. Hiragana is mostly grammar and gives none, unless the
table of words knows it.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from yui.engine.text.variants import KEYS

_RUNS = re.compile(
    r"(?P<kanji>[一-鿿㐀-䶿豈-﫿々\U00020000-\U0003ffff]+)|(?P<katakana>[ァ-ヺー]{2,})|(?P<word>[^\W_ぁ-ヿ一-鿿㐀-䶿]+)"
)
SHORTEST_WORD = 2
"""Letters or digits standing alone say nothing."""


def tokens(text: str, words: Mapping[str, str] | None = None) -> dict[str, int]:
    """Token → count, in the order of tokens.

    `words` maps a writing to the word it stands for (くさかり → 草刈り, 草刈 → 草刈り); wherever one stands in the text, the
    longest first, it is taken whole. A word may map to itself.
    """
    rest = readable(text)
    counts: Counter[str] = Counter()
    if words and rest:
        table, known = _compiled(tuple(words.items()))
        counts.update(table[found] for found in known.findall(rest))
        rest = known.sub("\n", rest)
    for run in _RUNS.finditer(rest):
        counts.update(_of_run(run))
    return dict(sorted(counts.items()))


@lru_cache(maxsize=16)  # a town's table is the same for each of its texts
def _compiled(words: tuple[tuple[str, str], ...]) -> tuple[dict[str, str], re.Pattern[str]]:
    table = {readable(written): meant for written, meant in words if readable(written)}
    longest_first = sorted(table, key=lambda written: (-len(written), written))
    return table, re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")


def expand(counts: Mapping[str, int], synonyms: Mapping[str, str]) -> dict[str, int]:
    """Replace tokens by the word the table gives for them and add the counts up; others stay."""
    made: Counter[str] = Counter()
    for token, count in counts.items():
        made[synonyms.get(token, token)] += count
    return dict(sorted(made.items()))


def readable(text: str) -> str:
    """Width, case and variant kanji made one, still readable by the person: this is shown in reasons."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(KEYS.get(sign, sign) for sign in plain)


def _of_run(run: re.Match[str]) -> list[str]:
    found = run[0]
    if run.lastgroup == "kanji" and len(found) > 2:
        return [found[n : n + 2] for n in range(len(found) - 1)]
    if run.lastgroup == "word" and len(found) < SHORTEST_WORD:
        return []
    return [found]
