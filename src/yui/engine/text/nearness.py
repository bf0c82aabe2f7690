"""One slip of the ear or the hand: a sign too many, too few, another one, or one in another place."""

SHORTEST = 3
"""Two signs that differ in one are two names."""


def thinned(text: str) -> frozenset[str]:
    """The text and every text with one sign left out; empty for a short one.

    Two texts one slip apart share one of these, so an index of them finds the near without looking at everybody.
    """
    if len(text) < SHORTEST:
        return frozenset()
    return frozenset({text} | {text[:n] + text[n + 1 :] for n in range(len(text))})
