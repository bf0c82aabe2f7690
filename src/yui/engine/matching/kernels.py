"""The compiled tier of `recommend`: limits as rows of bits, scores of the survivors, the exact best with the lottery.

Imported only where numba is installed and the work is large (``yui.engine.tiers``); ``top.py`` prepares the arrays.
Rows are the side that gets lists, columns the side that is listed. All merit is integer.
"""

from typing import Any

import numpy as np
from numba import njit

from yui.engine.matching.tickets import digest

Array = np.ndarray[Any, Any]
PLACE, BLOCKED, LIMITS = 4, 7, 10
"""Where the two limits of a pair stand in the published order, and how many limits there are."""


@njit(cache=True, nogil=True)
def _ones(word: Any) -> Any:
    """How many bits are set."""
    word = word - ((word >> np.uint64(1)) & np.uint64(0x5555555555555555))
    word = (word & np.uint64(0x3333333333333333)) + ((word >> np.uint64(2)) & np.uint64(0x3333333333333333))
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((word * np.uint64(0x0101010101010101)) >> np.uint64(56))


@njit(cache=True, nogil=True)
def _near(left: Array, right: Array, i: int, j: int) -> Any:
    """The squared chord, summed in the order of ``columns.chords``."""
    east = left[i, 0] - right[j, 0]
    north = left[i, 1] - right[j, 1]
    up = left[i, 2] - right[j, 2]
    return (east * east + north * north) + up * up


@njit(cache=True, nogil=True)
def _band(far: Any, up_to: Array, worth: Array) -> Any:
    """The points of the first band that holds a squared chord."""
    for band in range(len(up_to)):
        if far <= up_to[band]:
            return worth[band]
    return np.int64(0)


@njit(cache=True, nogil=True)
def _eligible(i: int, limits: Any, places: Any, alive: Array, counts: Array) -> None:
    """Leave in ``alive`` the columns that no limit excludes; add to ``counts`` what each was the first to exclude."""
    class_of, allowed, blocked_start, blocked = limits
    left, right, reach_row, reach_column, free_row, free_column, width = places
    words = len(alive)
    for n in range(words):
        alive[n] = np.uint64(0xFFFFFFFFFFFFFFFF)
    if width % 64:
        alive[words - 1] = (np.uint64(1) << np.uint64(width % 64)) - np.uint64(1)
    before = np.int64(width)
    for limit in range(LIMITS):
        if limit == PLACE:
            if not free_row[i] and not np.isnan(left[i, 0]):
                for n in range(words):
                    rest = alive[n]
                    while rest:
                        bit = rest & (~rest + np.uint64(1))
                        rest ^= bit
                        j = n * 64 + _ones(bit - np.uint64(1))
                        if not free_column[j] and _near(left, right, i, j) > min(reach_row[i], reach_column[j]):
                            alive[n] ^= bit
        elif limit == BLOCKED:
            for at in range(blocked_start[i], blocked_start[i + 1]):
                j = blocked[at]
                alive[j >> 6] &= ~(np.uint64(1) << np.uint64(j & 63))
        else:
            row = class_of[limit, i]
            if row < 0:
                continue
            for n in range(words):
                alive[n] &= allowed[row, n]
        now = np.int64(0)
        for n in range(words):
            now += _ones(alive[n])
        counts[limit] += before - now
        before = now


@njit(cache=True, nogil=True)
def _draw(i: int, j: int, names: Any, message: Array, words: Array, out: Array) -> None:
    """The ticket of a pair: SHA-256 of `seed|opportunity|person`."""
    seed, first, first_start, second, second_start, rows_second = names
    length = len(seed)
    message[:length] = seed
    one, two = (j, i) if rows_second else (i, j)
    for n in range(first_start[one], first_start[one + 1]):
        message[length] = first[n]
        length += 1
    message[length] = 124  # |
    length += 1
    for n in range(second_start[two], second_start[two + 1]):
        message[length] = second[n]
        length += 1
    digest(message, length, words, out)


@njit(cache=True, nogil=True)
def _before(one: Array, two: Array) -> bool:
    for n in range(4):
        if one[n] != two[n]:
            return bool(one[n] < two[n])
    return False


@njit(cache=True, nogil=True)
def _by_lottery(ids: Array, start: int, size: int, found: Array, count: int, i: int, names: Any, room: Any) -> None:
    """Fill ``ids[start:start + size]`` with the first of the ``count`` equal candidates in ``found`` (ascending)."""
    if not names[0].size or (count == 1 and size):
        for n in range(size):
            ids[start + n] = found[n]
        return
    message, words, tickets, mine = room
    filled = 0
    for n in range(count):
        _draw(i, found[n], names, message, words, mine)
        if filled == size and not _before(mine, tickets[filled - 1]):
            continue
        at = min(filled, size - 1)
        while at > 0 and _before(mine, tickets[at - 1]):
            tickets[at] = tickets[at - 1]
            ids[start + at] = ids[start + at - 1]
            at -= 1
        tickets[at] = mine
        ids[start + at] = found[n]
        filled = min(filled + 1, size)


@njit(cache=True, nogil=True)
def _lift(heap: Array, size: int, value: Any) -> None:
    """Put a value in the place of the least of a heap."""
    i = 0
    while True:
        child = 2 * i + 1
        if child >= size:
            break
        if child + 1 < size and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= value:
            break
        heap[i] = heap[child]
        i = child
    heap[i] = value


@njit(cache=True, nogil=True)
def _list(
    i: int,
    ids: Array,
    scores: Array,
    least: Array,
    standing: Array,
    points: Array,
    count: int,
    equal: Array,
    names: Any,
    room: Any,
) -> None:
    """Write one list: ``least`` holds the scores that are in it, the first ``count`` of ``standing`` may be."""
    filled = len(least)
    least.sort()
    kept = 0
    for n in range(count):
        if points[n] >= least[0]:
            standing[kept], points[kept] = standing[n], points[n]
            kept += 1
    done = 0
    while done < filled:
        score = least[filled - 1 - done]
        same = 0
        for n in range(kept):
            if points[n] == score:
                equal[same] = standing[n]
                same += 1
        size = min(same, filled - done)
        _by_lottery(ids, done, size, equal, same, i, names, room)
        for n in range(done, done + size):
            scores[n] = score
        done += size
    for n in range(filled, len(ids)):
        ids[n] = -1


@njit(cache=True, nogil=True)
def best(
    part: tuple[int, int],
    k: int,
    limits: Any,
    places: Any,
    keyed: Any,
    plain: Any,
    names: Any,
    longest: int,
    ids: Array,
    scores: Array,
    counts: Array,
) -> None:
    """The k best columns of each row of ``part``, into ``ids`` (-1: no more) and ``scores``.

    ``limits``: class of each row per limit (-1: excludes nobody), allowed columns per class as bits, blocked columns.
    ``places``: points of both sides, reach of both, who has no limit of place, number of columns. ``keyed``: keys and
    values of the rows, columns and values of the keys. ``plain``: points for the time that two classes of slots share, the
    classes, motivation and freshness of both sides, bands as squared chords with their points. ``names``: see ``_draw``; an empty
    seed orders by id. ``longest``: bytes of the longest message.
    """
    # Taken out of their tuples once: inside the loop each taking would count references.
    key_start, key_of, value_of, column_start, column_of, worth_of = keyed
    time, slots_row, slots_column, motive_row, motive_column, fresh_row, fresh_column, up_to, worth = plain
    left, right, _, _, _, _, width = places
    alive = np.zeros((width + 63) // 64, dtype=np.uint64)
    sums = np.zeros(width, dtype=np.int64)
    standing = np.empty(width, dtype=np.int32)
    points = np.empty(width, dtype=np.int64)
    equal = np.empty(width, dtype=np.int32)
    top = np.empty(k, dtype=np.int64)
    room = (
        np.zeros(longest + 144, np.uint8),
        np.zeros(64, np.uint32),
        np.zeros((k, 4), np.uint64),
        np.zeros(4, np.uint64),
    )
    for i in range(part[0], part[1]):
        _eligible(i, limits, places, alive, counts)
        for at in range(key_start[i], key_start[i + 1]):
            value, key = value_of[at], key_of[at]
            for n in range(column_start[key], column_start[key + 1]):
                sums[column_of[n]] += value * worth_of[n]
        mine, motive, fresh = time[slots_row[i]], motive_row[i], fresh_row[i]
        count = filled = 0
        for n in range(len(alive)):
            rest = alive[n]
            while rest:
                bit = rest & (~rest + np.uint64(1))
                rest ^= bit
                j = n * 64 + _ones(bit - np.uint64(1))
                score = sums[j] + mine[slots_column[j]] + motive * motive_column[j] + fresh + fresh_column[j]
                if len(up_to):
                    score += _band(_near(left, right, i, j), up_to, worth)
                if filled < k:
                    top[filled] = score
                    filled += 1
                    if filled == k:
                        top.sort()
                elif score > top[0]:
                    _lift(top, k, score)
                elif score < top[0]:
                    continue
                standing[count] = j
                points[count] = score
                count += 1
        for at in range(key_start[i], key_start[i + 1]):
            for n in range(column_start[key_of[at]], column_start[key_of[at] + 1]):
                sums[column_of[n]] = 0
        _list(i, ids[i], scores[i], top[:filled], standing, points, count, equal, names, room)
