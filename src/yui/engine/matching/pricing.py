"""The compiled tier of the prices: pools of a whole town re-ranked in one go.

Imported only where numba is installed and the work is large (``yui.engine.tiers``); ``pools.py`` prepares the arrays.
"""

from typing import Any

import numpy as np
from numba import njit

from yui.engine.matching.kernels import _before, _draw

Array = np.ndarray[Any, Any]


@njit(cache=True, nogil=True)
def draw_all(ids: Array, names: Any, longest: int, luck: Array) -> None:
    """The place of each candidate's ticket among those of its pool (-1 in ``ids`` ends a pool); without a seed, of its id."""
    size = ids.shape[1]
    message, words = np.zeros(longest + 144, np.uint8), np.zeros(64, np.uint32)
    tickets, order = np.zeros((size, 4), np.uint64), np.empty(size, np.int64)
    for i in range(len(ids)):
        count = 0
        for n in range(size):
            j = ids[i, n]
            if j < 0:
                break
            if names[0].size:
                _draw(i, j, names, message, words, tickets[n])
            else:
                tickets[n, 0] = j
            at = count
            while at > 0 and _before(tickets[n], tickets[order[at - 1]]):
                order[at] = order[at - 1]
                at -= 1
            order[at] = n
            count += 1
        for n in range(count):
            luck[i, order[n]] = n


@njit(cache=True, nogil=True)
def rank(
    ids: Array, scores: Array, luck: Array, prices: Array, weights: Array, lists: Array, exposures: Array
) -> tuple[Any, Any]:
    """The best of each pool under prices, into ``lists`` (places in the pool, -1: no more); adds to ``exposures``.

    Returns Σ of the scores before prices, and how many are listed.
    """
    k = lists.shape[1]
    worth = np.empty(k, dtype=np.int64)
    total, shown = np.int64(0), 0
    for i in range(len(ids)):
        filled = 0
        for n in range(ids.shape[1]):
            j = ids[i, n]
            if j < 0:
                break
            mine = scores[i, n] - prices[j]
            if filled == k:
                last = lists[i, k - 1]
                if mine < worth[k - 1] or (mine == worth[k - 1] and luck[i, n] > luck[i, last]):
                    continue
            else:
                filled += 1
            at = filled - 1
            while at > 0:
                other = lists[i, at - 1]
                if worth[at - 1] > mine or (worth[at - 1] == mine and luck[i, other] < luck[i, n]):
                    break
                worth[at], lists[i, at] = worth[at - 1], other
                at -= 1
            worth[at], lists[i, at] = mine, n
        for at in range(filled):
            n = lists[i, at]
            exposures[ids[i, n]] += weights[at]
            total += scores[i, n]
        for at in range(filled, k):
            lists[i, at] = -1
        shown += filled
    return total, np.int64(shown)
