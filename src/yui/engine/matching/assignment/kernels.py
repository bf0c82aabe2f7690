"""The compiled tier of deferred acceptance: what ``deferred.Asking`` does, over flat arrays.

Imported only where numba is installed and the work is large (``yui.engine.tiers``). Every number is an integer, so the
result is that of the plain tier to the last place.

Heaps are stretches of one array, the greatest first. A place in a line is one integer: the rank in the upper half, the
wish (its position among all wishes) in the lower.
"""

from typing import Any

import numpy as np
from numba import njit

Array = np.ndarray[Any, Any]
WISH = np.int64(2**32 - 1)


@njit(cache=True, nogil=True)
def push(heap: Array, at: int, length: int, key: int) -> None:
    """Put a key into the heap of ``length`` entries that begins at ``at``."""
    i = length
    while i > 0:
        up = (i - 1) >> 1
        if heap[at + up] >= key:
            break
        heap[at + i] = heap[at + up]
        i = up
    heap[at + i] = key


@njit(cache=True, nogil=True)
def pop(heap: Array, at: int, length: int) -> int:
    """Take the greatest key out of a heap of ``length`` entries."""
    return exchange(heap, at, length - 1, heap[at + length - 1])


@njit(cache=True, nogil=True)
def exchange(heap: Array, at: int, size: int, key: int) -> int:
    """Take the greatest key out of a heap of ``size`` entries and put ``key`` in."""
    top = heap[at]
    i = 0
    while True:
        child = 2 * i + 1
        if child >= size:
            break
        if child + 1 < size and heap[at + child + 1] > heap[at + child]:
            child += 1
        if heap[at + child] <= key:
            break
        heap[at + i] = heap[at + child]
        i = child
    heap[at + i] = key
    return top  # type: ignore[no-any-return]


@njit(cache=True, nogil=True)
def _enter(
    a: int,
    key: Any,
    seats: int,
    free: Array,
    first_free: Array,
    opened: Array,
    reserved: Array,
    first_reserved: Array,
    taken: Array,
) -> None:
    """Let somebody into programme ``a``: into one of the ``seats`` kept for her group, or in line for the others."""
    if seats:
        push(reserved, first_reserved[a], taken[a], key)
        taken[a] += 1
        if taken[a] <= seats:
            return
        key = pop(reserved, first_reserved[a], taken[a])
        taken[a] -= 1
    push(free, first_free[a], opened[a], key)
    opened[a] += 1


@njit(cache=True, nogil=True)
def _last(
    a: int, free: Array, first_free: Array, opened: Array, reserved: Array, first_reserved: Array, taken: Array
) -> Any:
    """Take out the last in line of programme ``a``; of the reserved places only where no other is left."""
    if opened[a] > 0:
        key = pop(free, first_free[a], opened[a])
        opened[a] -= 1
    else:
        key = pop(reserved, first_reserved[a], taken[a])
        taken[a] -= 1
    return key


@njit(cache=True, nogil=True)
def ask(
    wishes: tuple[Array, Array, Array, Array, Array],
    rules: tuple[Array, Array, Array, Array, Array],
    turns: tuple[Array, Array, int],
    persons: tuple[Array, Array, Array],
    places: tuple[Array, Array, Array, Array],
    lines: tuple[Array, Array, Array, Array, Array, Array],
    waiting: Array,
    count: int,
) -> None:
    """Let the first ``count`` persons of ``waiting`` ask until nobody moves.

    ``wishes``: start of each person's wishes, and for each wish its programme, rank, whether the reserve is for her,
    and the person. ``rules``: caps, reserves, targets, region (-1: none) of the programmes, caps of the regions.
    ``turns``: the turn of each programme, the programme of each turn, more rounds than there are places.
    ``persons``: next wish, held, most. ``places``: size, filled open and reserved places of each programme, total of
    each region. ``lines``: heap of the open and of the reserved places and of the last turns, each with its starts.
    """
    start, programme, rank, favoured, owner = wishes
    caps, reserves, targets, region, region_caps = rules
    turn, at_turn, later = turns
    step, held, most = persons
    size, opened, taken, totals = places
    free, first_free, reserved, first_reserved, last, first_last = lines
    round_length = np.int64(len(turn))
    while count > 0:
        count -= 1
        person = waiting[count]
        while held[person] < most[person] and step[person] < start[person + 1]:
            wish = step[person]
            step[person] += 1
            a = programme[wish]
            if caps[a] == 0:
                continue
            key: Any = (np.int64(rank[wish]) << 32) | np.int64(wish)
            full = size[a] == caps[a]
            r, seat = region[a], size[a] + 1
            slot: Any = (seat if seat <= targets[a] else later + seat - targets[a]) * round_length + turn[a]
            # No further place: the programme is full, or its region is and all others of it stand before.
            closed = full or (r >= 0 and totals[r] == region_caps[r] and (totals[r] == 0 or slot > last[first_last[r]]))
            if closed and not favoured[wish]:
                if opened[a] == 0 or key > free[first_free[a]]:
                    continue  # she would be the last in line herself
                held[person] += 1
                gone = owner[exchange(free, first_free[a], opened[a], key) & WISH]
                held[gone] -= 1
                waiting[count] = gone
                count += 1
                continue
            held[person] += 1
            _enter(
                a, key, reserves[a] if favoured[wish] else 0, free, first_free, opened, reserved, first_reserved, taken
            )
            leaves: Any = np.int64(a) if full else np.int64(-1)
            if not full:
                size[a] += 1
                if r >= 0:
                    push(last, first_last[r], totals[r], slot)
                    totals[r] += 1
                    if totals[r] > region_caps[r]:
                        leaves = at_turn[pop(last, first_last[r], totals[r]) % round_length]
                        totals[r] -= 1
                        size[leaves] -= 1
            if leaves < 0:
                continue
            gone = owner[_last(leaves, free, first_free, opened, reserved, first_reserved, taken) & WISH]
            held[gone] -= 1
            if gone != person:
                waiting[count] = gone
                count += 1
