"""The compiled tier of `recommend`: limits as rows of bits, sums of whole rows at once, the exact best with the lottery.

Imported only where numba is installed and the work is large (``yui.engine.tiers``); ``top.py`` prepares the arrays.
Rows are the side that gets lists, columns the side that is listed. All merit is integer. Rows are taken by the hundred
and columns by the block, so that what is read again and again stays near the processor; neither changes any answer.
"""

from typing import Any

import numpy as np
from numba import njit

from yui.engine.matching.bits import above, add_rows, at_least, lowest, ones
from yui.engine.matching.tickets import digest

Array = np.ndarray[Any, Any]
PLACE, BLOCKED, LIMITS = 4, 7, 10
"""Where the two limits of a pair stand in the published order, and how many limits there are."""
WORD = 64
BLOCK = 2048
"""Columns taken at once."""
ROWS = 256
"""Rows taken at once."""
NEAR, SURE = 1e-5, 1e-9
"""Short numbers decide a distance that misses the limit by more than this share of the square of where they reach; long
numbers decide for a whole word by more than that share."""


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
def _out_of_reach(rows: Array, places: Any, cells: Any, first: int, alive: Array) -> None:
    """Take out of ``alive`` the columns from word ``first`` on that lie beyond the reach of the pair.

    The columns of a word are neighbours: most words are within reach as a whole, or beyond it.
    """
    left, right, reach_row, reach_column, free_row, _ = places
    east, north, up, about, middle, wide, nearest, farthest, free = cells
    over, away = np.empty(WORD, dtype=np.float32), np.empty(alive.shape[1])
    for r in range(len(rows)):
        i = rows[r]
        if free_row[i] or np.isnan(left[i, 0]):
            continue
        mine, x0, y0, z0 = np.sqrt(reach_row[i]), left[i, 0], left[i, 1], left[i, 2]
        for n in range(alive.shape[1]):
            x, y, z = x0 - middle[0, first + n], y0 - middle[1, first + n], z0 - middle[2, first + n]
            away[n] = np.sqrt(x * x + y * y + z * z)
        for n in range(alive.shape[1]):
            word = first + n
            if away[n] + wide[word] < min(mine, nearest[word]) * (1 - SURE):
                continue
            if away[n] - wide[word] > min(mine, farthest[word]) * (1 + SURE):
                alive[r, n] &= free[word]
                continue
            held = alive[r, n] & ~free[word]
            if not held:
                continue
            span = (away[n] + wide[word]) ** 2
            bound, doubt = np.float32(min(reach_row[i], 5 * span)), np.float32(NEAR * span)
            x, y, z = x0 - middle[0, word], y0 - middle[1, word], z0 - middle[2, word]
            a, b, c = np.float32(x), np.float32(y), np.float32(z)
            for lane in range(WORD):
                d, e, f = a - east[word, lane], b - north[word, lane], c - up[word, lane]
                over[lane] = d * d + e * e + f * f - min(bound, about[word, lane])
            gone = held & above(over, 0, doubt)
            rest = held & above(over, 0, -doubt) & ~gone
            while rest:
                bit = lowest(rest)
                rest &= rest - np.uint64(1)
                j = word * WORD + bit
                if _near(left, right, i, j) > min(reach_row[i], reach_column[j]):
                    gone |= np.uint64(1) << np.uint64(bit)
            alive[r, n] &= ~gone


@njit(cache=True, nogil=True)
def _block(rows: Array, blocked_start: Array, blocked: Array, first: int, alive: Array) -> None:
    """Take the columns out that are never paired with a row."""
    for r in range(len(rows)):
        for at in range(blocked_start[rows[r]], blocked_start[rows[r] + 1]):
            n = (blocked[at] >> 6) - first
            if 0 <= n < alive.shape[1]:
                alive[r, n] &= ~(np.uint64(1) << np.uint64(blocked[at] & 63))


@njit(cache=True, nogil=True)
def _eligible(rows: Array, limits: Any, places: Any, cells: Any, first: int, alive: Array, counts: Array) -> None:
    """Leave in ``alive`` (rows, words from ``first``) the columns that no limit excludes; add to ``counts`` what each was
    the first to exclude.
    """
    class_of, allowed, every, blocked_start, blocked, reaching = limits
    words, before = alive.shape[1], np.int64(0)
    for n in range(words):
        before += ones(every[first + n])
        for r in range(len(rows)):
            alive[r, n] = every[first + n]
    before *= len(rows)
    for limit in range(LIMITS):
        if limit == PLACE:
            if not reaching:
                continue
            _out_of_reach(rows, places, cells, first, alive)
        elif limit == BLOCKED:
            if not len(blocked):
                continue
            _block(rows, blocked_start, blocked, first, alive)
        else:
            for r in range(len(rows)):
                row = class_of[limit, rows[r]]
                if row >= 0:
                    for n in range(words):
                        alive[r, n] &= allowed[row, first + n]
        now = np.int64(0)
        for r in range(len(rows)):
            for n in range(words):
                now += ones(alive[r, n])
        counts[limit] += before - now
        before = now


@njit(cache=True, nogil=True)
def _open(first: int, alive: Array, open_to: Array) -> None:
    for r in range(alive.shape[0]):
        for n in range(alive.shape[1]):
            for bit in range(WORD):
                open_to[(first + n) * WORD + bit] += np.int64((alive[r, n] >> np.uint64(bit)) & np.uint64(1))


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
    """Fill ``ids[start:start + size]`` with the first of the ``count`` equal candidates in ``found``."""
    if count == 1 and size:
        ids[start] = found[0]
        return
    if not names[0].size:
        ids[start : start + size] = np.sort(found[:count])[:size]
        return
    message, words, tickets, mine, _ = room
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
def _sort(values: Array) -> None:
    """Ascending, for the short."""
    for n in range(1, len(values)):
        value, at = values[n], n
        while at > 0 and values[at - 1] > value:
            values[at] = values[at - 1]
            at -= 1
        values[at] = value


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
    i: int, ids: Array, scores: Array, least: Array, standing: Array, points: Array, count: int, names: Any, room: Any
) -> None:
    """Write one list: ``least`` holds the scores that are in it, the first ``count`` of ``standing`` may be."""
    filled = len(least)
    _sort(least)
    equal = room[4]
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
def _settled(i: int, top: Array, standing: Array, points: Array, count: int, names: Any, room: Any) -> Any:
    """Keep of the candidates of a row only those who can still be listed; returns how many."""
    kept = 0
    for n in range(count):
        if points[n] >= top[0]:
            standing[kept], points[kept] = standing[n], points[n]
            kept += 1
    if 2 * kept <= len(standing):
        return kept
    ids, scores = np.empty(len(top), dtype=np.int32), np.empty(len(top), dtype=np.int64)
    _list(i, ids, scores, top.copy(), standing, points, kept, names, room)
    standing[: len(ids)] = ids
    points[: len(ids)] = scores
    return len(ids)


@njit(cache=True, nogil=True)
def _add(i: int, block: int, alive: Array, sums: Array, keyed: Any) -> None:
    """What row ``i`` shares with the columns of a block, where any of a tile is left."""
    start, key_of, value_of, table, rare_start, rare_key, rare_value, listed, column_of, worth_of = keyed
    begin = -1
    for n in range(0, len(alive) + 2, 2):
        live = n < len(alive) and (alive[n] | alive[n + 1]) != 0
        if live and begin < 0:
            begin = n
        elif not live and begin >= 0:
            column = block * BLOCK + begin * WORD
            add_rows(sums, table, key_of, value_of, start[i], start[i + 1], begin * WORD, column, n - begin)
            begin = -1
    for at in range(rare_start[i], rare_start[i + 1]):
        key, value = rare_key[at], rare_value[at]
        for n in range(listed[key, block], listed[key, block + 1]):
            sums[column_of[n] - block * BLOCK] += value * worth_of[n]


@njit(cache=True, nogil=True)
def _score(
    rows: Array, block: int, alive: Array, keyed: Any, places: Any, bands: Any, state: Any, names: Any, room: Any
) -> None:
    """Add up a block and note, for each row, the columns that may be listed."""
    up_to, worth, most = bands
    left, right, number = places[0], places[1], places[5]
    tops, filled, standings, worths, counts = state
    k = tops.shape[1]
    sums = np.zeros(BLOCK, dtype=keyed[2].dtype)
    for r in range(len(rows)):
        i, top, standing, points, live = rows[r], tops[r], standings[r], worths[r], alive[r]
        _add(i, block, live, sums, keyed)
        full, count = filled[r], counts[r]
        for n in range(len(live)):
            rest = live[n]
            if not rest:
                continue
            if full == k:
                rest &= at_least(sums, n * WORD, top[0] - most)
            while rest:
                bit = lowest(rest)
                rest &= rest - np.uint64(1)
                j = block * BLOCK + n * WORD + bit
                score = np.int64(sums[n * WORD + bit])
                if len(up_to):
                    score += _band(_near(left, right, i, j), up_to, worth)
                if full < k:
                    top[full] = score
                    full += 1
                    if full == k:
                        _sort(top)
                elif score > top[0]:
                    _lift(top, k, score)
                elif score < top[0]:
                    continue
                if count == len(standing):
                    count = _settled(i, top, standing, points, count, names, room)
                standing[count] = number[j]
                points[count] = score
                count += 1
        filled[r], counts[r] = full, count


@njit(cache=True, nogil=True)
def best(
    rows: Array,
    k: int,
    limits: Any,
    places: Any,
    cells: Any,
    keyed: Any,
    bands: Any,
    names: Any,
    longest: int,
    ids: Array,
    scores: Array,
    counts: Array,
    open_to: Array,
) -> None:
    """The k best columns of each of the ``rows``, into ``ids`` (-1: no more) and ``scores``.

    ``limits``: class of each row per limit (-1: excludes nobody), allowed columns per class as bits, all columns as
    bits, blocked columns, whether anybody has a reach. ``places``: points of both sides, reach of both, rows without a
    limit of place, the number of each column in the order of ids. ``cells``: see ``cells.py``. ``keyed``: where each
    row's keys begin, keys and values; the table of keys and columns; the same of rare keys, whose columns are lists,
    with their beginnings for each block. ``bands``: squared chords with their points, and the most of these. ``names``: see ``_draw``; an empty seed orders by id. ``longest``: bytes of the longest message.
    ``open_to``: for each column the number of rows it is open to is added, unless it is empty.
    """
    words, most, many = len(limits[2]), BLOCK // WORD, max(4 * k, 256)
    standing, points = np.empty((ROWS, many), dtype=np.int32), np.empty((ROWS, many), dtype=np.int64)
    top = np.empty((ROWS, k), dtype=np.int64)
    filled, count = np.empty(ROWS, dtype=np.int64), np.empty(ROWS, dtype=np.int64)
    state = (top, filled, standing, points, count)
    eligible = np.empty((ROWS, most), dtype=np.uint64)
    room = (
        np.zeros(longest + 144, np.uint8),
        np.zeros(64, np.uint32),
        np.zeros((k, 4), np.uint64),
        np.zeros(4, np.uint64),
        np.empty(many, np.int32),
    )
    for begin in range(0, len(rows), ROWS):
        here = rows[begin : begin + ROWS]
        filled[:] = 0
        count[:] = 0
        for first in range(0, words, most):
            alive = eligible[: len(here), : min(most, words - first)]
            _eligible(here, limits, places, cells, first, alive, counts)
            if len(open_to):
                _open(first, alive, open_to)
            _score(here, first // most, alive, keyed, places, bands, state, names, room)
        for r in range(len(here)):
            at = begin + r
            _list(rows[at], ids[at], scores[at], top[r, : filled[r]], standing[r], points[r], count[r], names, room)
