"""What two sides share: counts over common keys and the distance, for all pairs of a block at once."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from yui.engine.matching.types import Place

Whole = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Scores = npt.NDArray[Any]
"""Integers: 64 bits where all sums fit, Python's own otherwise."""

EARTH_M = 6_371_008.8
"""Mean radius of the earth (IUGG, R1), as the question fixes it."""

UNKNOWN = -1
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


def counted(left: Sequence[frozenset[Any]], right: Sequence[frozenset[Any]]) -> Whole:
    """How many members two sets share; (left, right)."""
    both = shared([dict.fromkeys(members, 1) for members in left], [dict.fromkeys(members, 1) for members in right])
    return both.astype(np.int64)


def metres(left: Sequence[Place | None], right: Sequence[Place | None]) -> Whole:
    """Great-circle distances rounded to whole metres by the haversine formula; UNKNOWN where a place is missing."""
    out = np.full((len(left), len(right)), UNKNOWN, dtype=np.int64)
    at_left = [n for n, place in enumerate(left) if place is not None]
    at_right = [n for n, place in enumerate(right) if place is not None]
    if not at_left or not at_right:
        return out
    one = np.radians(np.array([left[n] for n in at_left], dtype=np.float64))
    two = np.radians(np.array([right[n] for n in at_right], dtype=np.float64))
    north = one[:, None, 0] - two[None, :, 0]
    east = one[:, None, 1] - two[None, :, 1]
    chord = np.sin(north / 2) ** 2 + np.cos(one[:, None, 0]) * np.cos(two[None, :, 0]) * np.sin(east / 2) ** 2
    angle = 2 * np.arcsin(np.sqrt(np.clip(chord, 0.0, 1.0)))
    out[np.ix_(at_left, at_right)] = np.rint(angle * EARTH_M).astype(np.int64)
    return out
