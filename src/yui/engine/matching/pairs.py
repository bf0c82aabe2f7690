"""What two sides share: sums over common keys, for all pairs of a block at once."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[Any]
"""Integers: 64 bits where all sums fit, Python's own otherwise."""

SAFE = 2**62


def shared(left: Sequence[Mapping[Any, int]], right: Sequence[Mapping[Any, int]], weight: int = 1) -> Scores:
    """weight × Σ over shared keys of left × right; (left, right), exact.

    Numbers that could leave 64 bits are summed as Python integers: slower, never wrong.
    """
    if len(right) > len(left):  # one pass over the shorter side
        return shared(right, left, weight).T
    wanted = {key for keys in right for key in keys}
    rows: dict[Hashable, list[int]] = {}
    values: dict[Hashable, list[int]] = {}
    for row, keys in enumerate(left):
        for key, value in keys.items():
            if key in wanted:
                rows.setdefault(key, []).append(row)
                values.setdefault(key, []).append(value)
    dtype = np.int64 if _bound(values, right, weight) < SAFE else np.object_
    columns = {key: (np.array(rows[key]), np.array(values[key], dtype=dtype)) for key in rows}
    out: Scores = np.zeros((len(right), len(left)), dtype=dtype)
    for column, keys in enumerate(right):
        for key, value in keys.items():
            if key in columns:
                at, worth = columns[key]
                out[column, at] += worth * (value * weight)
    return out.T


def _bound(values: Mapping[Hashable, list[int]], right: Sequence[Mapping[Any, int]], weight: int) -> int:
    largest = {key: max(map(abs, column)) for key, column in values.items()}
    sums = (sum(abs(value) * max(1, largest.get(key, 0)) for key, value in keys.items()) for keys in right)
    return max(max(sums, default=0) * abs(weight), *largest.values(), 0)
