"""Scores as sums over shared keys: a table of keys and columns in the narrowest numbers that hold every sum.

Every term but the distance is Σ row value × column value over keys that both sides have: a shared slot is a key worth 1
to both, the motivation one key, the freshness a key that every row has. Keys of many columns are rows of the table, the
others lists.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from yui.engine.matching.columns import Array, Columns
from yui.engine.matching.pairs import SAFE
from yui.engine.matching.types import KEYED_TERMS, TERMS, Instance, Opportunity, Person

Key = tuple[str, Any]
BLOCK = 2048
RARE = 40
"""A key that fewer than one in so many columns have is a list."""
WIDTHS = ((np.int16, np.int8), (np.int32, np.int16), (np.int64, np.int64))
"""Numbers of the sums and of the table, narrowest first."""


@dataclass(frozen=True, slots=True)
class Sums:
    """``keyed``: what the kernel reads. ``keys``: the keys of both sides by number, in the order of the parts."""

    keyed: tuple[Any, ...]
    keys: tuple[Key, ...]
    exact: bool
    held: tuple[Any, ...] = ()  # keys and values of rows and of columns in the order of ids, for the reasons


def sums(instance: Instance, columns: Columns, sequence: Array, room: int, near: int) -> Sums:
    """The keys of a question, columns in ``sequence``; ``room``: columns of the table, ``near``: the most of a distance."""
    by_person = instance.direction == "person"
    mine: Sequence[Any] = columns.persons if by_person else columns.opportunities
    theirs: Sequence[Any] = columns.opportunities if by_person else columns.persons
    weights = {term: instance.weights[term] for term in TERMS if instance.weights.get(term) and term != "distance"}
    number: dict[Key, int] = {}
    at, key_of, worth = _held(theirs, dict.fromkeys(weights, 1), number, grow=True)
    row, row_key, value = _held(mine, weights, number, grow=False)
    order = sorted(number, key=lambda key: (TERMS.index(key[0]), str(key[1])))
    place = np.empty(len(order), dtype=np.int64)
    place[[number[key] for key in order]] = np.arange(len(order))
    largest = np.zeros(len(order), dtype=object)
    np.maximum.at(largest, key_of, np.abs(np.array(worth, dtype=object)))
    bound = near + _most(len(mine), row, row_key, value, largest)
    most_value = max(max(map(abs, value), default=0), max(map(abs, worth), default=0), bound)
    if most_value >= SAFE:
        return Sums((), tuple(order), exact=False)
    whole, narrow = next(
        (w, n)
        for w, n in WIDTHS
        if most_value <= np.iinfo(w).max // 2 and int(max(map(abs, worth), default=0)) <= np.iinfo(n).max
    )
    keys, row_keys = place[np.array(key_of, dtype=np.int64)], place[np.array(row_key, dtype=np.int64)]
    at_column, by_row = np.argsort(sequence)[np.array(at, dtype=np.int64)], np.array(row, dtype=np.int64)
    spread = np.bincount(keys, minlength=len(order))
    wide = spread * RARE >= room
    dense = np.cumsum(wide) - 1
    table = aligned((max(1, int(wide.sum())), room), narrow)
    common = wide[keys]
    worths = np.array(worth, dtype=whole)
    table[dense[keys[common]], at_column[common]] = worths[common]
    values, often = np.array(value, dtype=whole), wide[row_keys]
    rare_number = np.cumsum(~wide) - 1
    held = _rows(len(mine), by_row[often], dense[row_keys[often]], values[often])
    few = _rows(len(mine), by_row[~often], rare_number[row_keys[~often]], values[~often])
    listed = _lists(int((~wide).sum()), room, rare_number[keys[~common]], at_column[~common], worths[~common])
    whole_rows = _rows(len(mine), by_row, row_keys, values)
    by_column = np.lexsort((keys, np.array(at, dtype=np.int64)))
    whole_columns = _rows(len(theirs), np.array(at, dtype=np.int64), keys[by_column], worths[by_column])
    return Sums((*held, table, *few, *listed), tuple(order), exact=True, held=(*whole_rows, *whole_columns))


def _held(side: Sequence[Any], weights: dict[str, int], number: dict[Key, int], *, grow: bool) -> tuple[list[int], ...]:
    """Member, key and weighted value of everything the members of a side hold; unknown keys only where they may grow."""
    members: list[int] = []
    keys: list[int] = []
    values: list[int] = []
    for at, one in enumerate(side):
        for term, weight in weights.items():
            for key, value in _keys(term, one):
                known = number.setdefault((term, key), len(number)) if grow else number.get((term, key))
                if known is not None and value:
                    members.append(at)
                    keys.append(known)
                    values.append(value * weight)
    return members, keys, values


def _keys(term: str, one: Person | Opportunity) -> Iterator[tuple[Any, int]]:
    if term in KEYED_TERMS:
        yield from getattr(one, term).items()
    elif term == "time":
        yield from ((slot, 1) for slot in one.slots)
    elif term == "motivation":
        yield "", one.motivation or 0
    else:
        yield "", (one.freshness or 0) if isinstance(one, Opportunity) else 1


def _most(count: int, row: list[int], key: list[int], value: list[int], largest: Array) -> int:
    """The largest that the sum of a row can be."""
    total = [0] * count
    for at, n, worth in zip(row, key, value, strict=True):
        total[at] += abs(worth) * largest[n]
    return int(max(total, default=0))


def _rows(count: int, row: Array, key: Array, value: Array) -> tuple[Array, Array, Array]:
    start = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(row, minlength=count), out=start[1:])
    return start, key.astype(np.int32), value


def _lists(count: int, room: int, key: Array, column: Array, worth: Array) -> tuple[Array, Array, Array]:
    """Where the columns of each rare key begin in each block; columns in ascending order; what they are worth."""
    blocks = -(-room // BLOCK)
    order = np.lexsort((column, key))
    cell = key[order] * blocks + column[order] // BLOCK
    ends = np.zeros(count * blocks + 1, dtype=np.int64)
    np.cumsum(np.bincount(cell, minlength=count * blocks), out=ends[1:])
    listed = np.empty((count, blocks + 1), dtype=np.int64)
    listed[:, :blocks] = ends[:-1].reshape(count, blocks)
    listed[:, blocks] = ends[blocks::blocks]
    return listed, column[order].astype(np.int32), worth[order]


def aligned(shape: tuple[int, int], dtype: Any) -> Array:
    """Zeros that begin where the processor likes to read."""
    size = shape[0] * shape[1] * np.dtype(dtype).itemsize
    raw = np.zeros(size + 64, dtype=np.uint8)
    skip = -raw.ctypes.data % 64
    made: Array = raw[skip : skip + size].view(dtype).reshape(shape)
    return made
