"""The compiled tier of the reasons: every part of every listed pair.

Imported only where numba is installed and the work is large (``yui.engine.tiers``); ``top.py`` prepares the arrays. Parts
are made from what both sides hold and not from the sums, and have to add up to the score.
"""

from typing import Any

import numpy as np
from numba import njit

from yui.engine.matching.kernels import _band, _near

Array = np.ndarray[Any, Any]


@njit(cache=True, nogil=True)
def tell(ids: Array, scores: Array, held: Any, keys: int, points: Any, bands: Any, parts: Array) -> Any:
    """What each key of a listed column adds to its score, in the order of its keys, last the distance, into ``parts``
    (rows, k, most keys of a column + 1). Returns of how many pairs the sum differs from the score.

    ``held``: keys and values of the rows and of the columns, each with its beginnings. ``keys``: how many there are.
    """
    row_start, row_key, row_value, column_start, column_key, column_value = held
    left, right = points
    up_to, worth, _ = bands
    mine = np.zeros(keys, dtype=row_value.dtype)
    last, wrong = parts.shape[2] - 1, 0
    for i in range(len(ids)):
        for at in range(row_start[i], row_start[i + 1]):
            mine[row_key[at]] = row_value[at]
        for n in range(ids.shape[1]):
            j, total, count = ids[i, n], np.int64(0), 0
            if j >= 0:
                first = column_start[j]
                count = column_start[j + 1] - first
                for m in range(count):
                    part = np.int64(mine[np.uint32(column_key[first + m])]) * np.int64(column_value[first + m])
                    parts[i, n, m] = part
                    total += part
            for m in range(count, last + 1):
                parts[i, n, m] = 0
            if j >= 0 and len(up_to):
                part = _band(_near(left, right, i, j), up_to, worth)
                parts[i, n, last] = part
                total += part
            wrong += total != scores[i, n]
        for at in range(row_start[i], row_start[i + 1]):
            mine[row_key[at]] = 0
    return wrong
