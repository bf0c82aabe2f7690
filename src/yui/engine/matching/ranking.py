"""Best first: score, then lottery, then id; and the newcomer's place in a list."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from yui.engine.matching.pairs import Scores

Key = Callable[[int], Any]
Index = npt.NDArray[np.intp]


def best(row: Scores, eligible: Index, k: int | None, tie: Key) -> list[int]:
    """The k best of `eligible` (ascending indices into `row`), exactly; `tie` orders equal scores and is asked only there."""
    if len(eligible) < 2:
        return [int(one) for one in eligible[:k]]
    worth = row[eligible]
    if k is not None and k < len(eligible):
        cut = len(eligible) - k
        keep = worth >= np.partition(worth, cut)[cut]
        eligible, worth = eligible[keep], worth[keep]
    order = np.argsort(-worth, kind="stable")
    ids: list[int] = eligible[order].tolist()
    points: list[int] = worth[order].tolist()
    start = 0
    for end in range(1, len(ids) + 1):
        if end == len(ids) or points[end] != points[start]:
            if end - start > 1:
                ids[start:end] = sorted(ids[start:end], key=tie)
            start = end
    return ids[:k]


def with_newcomers(
    everyone: Sequence[int], newcomers: Sequence[int], one_in: int, k: int | None
) -> tuple[list[int], frozenset[int]]:
    """Any `one_in` neighbours hold a newcomer, as long as one is left. Returns the list and those placed by the rule.

    `everyone` and `newcomers` are best first and at least k long where there are as many.
    """
    fresh = set(newcomers)
    length = len(everyone) if k is None else min(k, len(everyone))
    made: list[int] = []
    placed: set[int] = set()
    used: set[int] = set()
    by_score = next_new = since = 0
    while len(made) < length:
        while everyone[by_score] in used:
            by_score += 1
        while next_new < len(newcomers) and newcomers[next_new] in used:
            next_new += 1
        chosen = everyone[by_score]
        if since == one_in - 1 and chosen not in fresh and next_new < len(newcomers):
            chosen = newcomers[next_new]
            placed.add(chosen)
        used.add(chosen)
        made.append(chosen)
        since = 0 if chosen in fresh else min(since + 1, one_in - 1)
    return made, frozenset(placed)
