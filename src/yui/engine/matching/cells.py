"""Neighbours in one word: columns in an order in which each 64 lie close together, so that a limit of place is judged for
most words as a whole.
"""

import numpy as np

from yui.engine.matching.columns import BEYOND, Array

WORD = 64


def order(points: Array) -> Array:
    """Numbers of the columns, neighbours together: halves across the widest side, and halves of these; unknown last."""
    known = np.flatnonzero(~np.isnan(points[:, 0]))
    made: list[Array] = []
    waiting = [known]
    while waiting:
        held = waiting.pop()
        if len(held) <= WORD:
            made.append(held)
            continue
        side = int(np.ptp(points[held], axis=0).argmax())
        held = held[np.argsort(points[held, side], kind="stable")]
        half = (len(held) // WORD + 1) // 2 * WORD
        waiting += [held[half:], held[:half]]
    return np.concatenate([*made, np.flatnonzero(np.isnan(points[:, 0]))])


def cells(points: Array, reach: Array, free: Array, room: int) -> tuple[Array, ...]:
    """For each word: short coordinates from its middle, reach of each column; its middle, how wide it is, the least and the
    most reach of its columns (not squared), and which have no limit of place.
    """
    words = room // WORD
    placed = np.full((room, 3), np.nan)
    placed[: len(points)] = points
    far = np.full(room, np.nan)
    far[: len(points)] = reach
    none = np.ones(room, dtype=np.bool_)
    none[: len(points)] = free
    placed[none], far[none] = np.nan, np.nan
    middle, wide = np.zeros((words, 3)), np.zeros(words)
    nearest, farthest = np.full(words, BEYOND), np.zeros(words)
    for word in range(words):
        mine = slice(word * WORD, (word + 1) * WORD)
        held = placed[mine][~none[mine]]
        if len(held):
            middle[word] = held.mean(axis=0)
            wide[word] = np.sqrt(((held - middle[word]) ** 2).sum(axis=1)).max()
            nearest[word], farthest[word] = np.nanmin(far[mine]), np.nanmax(far[mine])
    short = (placed.reshape(words, WORD, 3) - middle[:, None, :]).astype(np.float32)
    about = far.reshape(words, WORD).astype(np.float32)
    nearest, farthest = np.sqrt(nearest), np.sqrt(farthest)
    sides = (np.ascontiguousarray(short[:, :, side]) for side in range(3))
    return (*sides, about, np.ascontiguousarray(middle.T), wide, nearest, farthest, packed(none, room))


def packed(mask: Array, room: int) -> Array:
    """A mask as bits of words, with zeros up to ``room``."""
    made = np.zeros(room // 8, dtype=np.uint8)
    bits = np.packbits(mask, bitorder="little")
    made[: len(bits)] = bits
    return made.view(np.uint64)
