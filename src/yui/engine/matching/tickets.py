"""The lottery's SHA-256 in the compiled tier, where one draw after another is needed by the million (FIPS 180-4).

``lottery.ticket`` is the plain tier; both give the same digest.
"""

from typing import Any

import numpy as np
from numba import njit

Array = np.ndarray[Any, Any]


def _primes(count: int) -> list[int]:
    found: list[int] = []
    number = 2
    while len(found) < count:
        if all(number % one for one in found):
            found.append(number)
        number += 1
    return found


def _root(number: int, degree: int) -> int:
    """The first 32 bits of the fractional part of a root, exactly (FIPS 180-4, 4.2.2 and 5.3.3)."""
    wide = number << (32 * degree)
    low, high = 0, 1 << 48
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**degree <= wide else (low, middle)
    return low & 0xFFFFFFFF


ROUND = np.array([_root(prime, 3) for prime in _primes(64)], dtype=np.uint32)
START = np.array([_root(prime, 2) for prime in _primes(8)], dtype=np.uint32)


@njit(cache=True, nogil=True)
def _turned(word: Any, bits: int) -> Any:
    return np.uint32((word >> np.uint32(bits)) | (word << np.uint32(32 - bits)))


@njit(cache=True, nogil=True)
def digest(message: Array, length: int, words: Array, out: Array) -> None:
    """Write the digest of ``message[:length]`` into ``out``: four numbers of 64 bits, most significant first.

    ``message`` has room for 72 bytes more than ``length``; ``words`` is room for 64 numbers of 32 bits.
    """
    blocks = (length + 72) // 64
    message[length] = 0x80
    for i in range(length + 1, blocks * 64 - 8):
        message[i] = 0
    for i in range(8):
        message[blocks * 64 - 1 - i] = ((length * 8) >> (8 * i)) & 255
    state = START.copy()
    for block in range(blocks):
        _schedule(message, block * 64, words)
        _compress(state, words)
    for i in range(4):
        out[i] = (np.uint64(state[2 * i]) << np.uint64(32)) | np.uint64(state[2 * i + 1])


@njit(cache=True, nogil=True)
def _schedule(message: Array, at: int, words: Array) -> None:
    for i in range(16):
        word = np.uint32(0)
        for n in range(4):
            word = np.uint32((word << np.uint32(8)) | np.uint32(message[at + 4 * i + n]))
        words[i] = word
    for i in range(16, 64):
        x, y = words[i - 15], words[i - 2]
        one = _turned(x, 7) ^ _turned(x, 18) ^ np.uint32(x >> np.uint32(3))
        two = _turned(y, 17) ^ _turned(y, 19) ^ np.uint32(y >> np.uint32(10))
        words[i] = np.uint32(words[i - 16] + one + words[i - 7] + two)


@njit(cache=True, nogil=True)
def _compress(state: Array, words: Array) -> None:
    a, b, c, d = state[0], state[1], state[2], state[3]
    e, f, g, h = state[4], state[5], state[6], state[7]
    for i in range(64):
        chosen = (e & f) ^ (~e & g)
        mixed = _turned(e, 6) ^ _turned(e, 11) ^ _turned(e, 25)
        first = np.uint32(h + mixed + np.uint32(chosen) + ROUND[i] + words[i])
        majority = (a & b) ^ (a & c) ^ (b & c)
        second = np.uint32((_turned(a, 2) ^ _turned(a, 13) ^ _turned(a, 22)) + majority)
        h, g, f = g, f, e
        e = np.uint32(d + first)
        d, c, b = c, b, a
        a = np.uint32(first + second)
    state[0] = np.uint32(state[0] + a)
    state[1] = np.uint32(state[1] + b)
    state[2] = np.uint32(state[2] + c)
    state[3] = np.uint32(state[3] + d)
    state[4] = np.uint32(state[4] + e)
    state[5] = np.uint32(state[5] + f)
    state[6] = np.uint32(state[6] + g)
    state[7] = np.uint32(state[7] + h)


LANES = 16
"""Messages whose digests are worked out side by side: one register of the processor holds a word of each."""


@njit(cache=True, nogil=True)
def draw(names: tuple[Array, Array, Array, Array, Array], one: Array, two: Array, out: Array) -> None:
    """The tickets of many pairs: the digests of ``seed|one|two`` into ``out`` (pairs, 4), as ``digest`` writes them.

    ``names``: the seed with its bar; the names of the one side, one after another, and where each begins; of the other.
    """
    seed, first, first_start, second, second_start = names
    longest = np.diff(first_start).max() + np.diff(second_start).max() + len(seed) + 1
    most = (longest + 72) // 64
    message = np.zeros(most * 64, dtype=np.uint8)
    words = np.zeros((most, 64 * LANES), dtype=np.uint32)
    blocks = np.zeros(LANES, dtype=np.int64)
    state, work = np.zeros(8 * LANES, dtype=np.uint32), np.zeros(8 * LANES, dtype=np.uint32)
    message[: len(seed)] = seed
    for start in range(0, len(one), LANES):
        count = min(LANES, len(one) - start)
        for lane in range(count):
            i, j = one[start + lane], two[start + lane]
            length = len(seed)
            for n in range(first_start[i], first_start[i + 1]):
                message[length] = first[n]
                length += 1
            message[length] = 124  # |
            length += 1
            for n in range(second_start[j], second_start[j + 1]):
                message[length] = second[n]
                length += 1
            blocks[lane] = _laid(message, length, words, lane)
        for n in range(8 * LANES):
            state[n] = START[n // LANES]
        for block in range(blocks[:count].max()):
            _schedules(words[block])
            work[:] = state
            _rounds(work, words[block])
            for n in range(8 * LANES):
                if block < blocks[n % LANES]:
                    state[n] = np.uint32(state[n] + work[n])
        for lane in range(count):
            for n in range(4):
                high, low = state[2 * n * LANES + lane], state[(2 * n + 1) * LANES + lane]
                out[start + lane, n] = (np.uint64(high) << np.uint64(32)) | np.uint64(low)


@njit(cache=True, nogil=True)
def _laid(message: Array, length: int, words: Array, lane: int) -> int:
    """Close a message and lay its words into a lane; how many blocks it has."""
    blocks = (length + 72) // 64
    message[length] = 0x80
    message[length + 1 : blocks * 64] = 0
    for i in range(8):
        message[blocks * 64 - 1 - i] = ((length * 8) >> (8 * i)) & 255
    for block in range(blocks):
        row = words[block]
        for i in range(16):
            at = 64 * block + 4 * i
            high = (np.uint32(message[at]) << np.uint32(24)) | (np.uint32(message[at + 1]) << np.uint32(16))
            low = (np.uint32(message[at + 2]) << np.uint32(8)) | np.uint32(message[at + 3])
            row[LANES * i + lane] = np.uint32(high | low)
    return blocks


@njit(cache=True, nogil=True)
def _schedules(words: Array) -> None:
    for i in range(16, 64):
        at = i * LANES
        for n in range(at, at + LANES):
            x, y = words[n - 15 * LANES], words[n - 2 * LANES]
            one = _turned(x, 7) ^ _turned(x, 18) ^ np.uint32(x >> np.uint32(3))
            two = _turned(y, 17) ^ _turned(y, 19) ^ np.uint32(y >> np.uint32(10))
            words[n] = np.uint32(words[n - 16 * LANES] + one + words[n - 7 * LANES] + two)


@njit(cache=True, nogil=True)
def _rounds(work: Array, words: Array) -> None:
    # Instead of moving the eight letters on, each round reads them one place further; so all places are constants.
    for i in range(0, 64, 8):
        _round(work, words, i, 0, 1, 2, 3, 4, 5, 6, 7)
        _round(work, words, i + 1, 7, 0, 1, 2, 3, 4, 5, 6)
        _round(work, words, i + 2, 6, 7, 0, 1, 2, 3, 4, 5)
        _round(work, words, i + 3, 5, 6, 7, 0, 1, 2, 3, 4)
        _round(work, words, i + 4, 4, 5, 6, 7, 0, 1, 2, 3)
        _round(work, words, i + 5, 3, 4, 5, 6, 7, 0, 1, 2)
        _round(work, words, i + 6, 2, 3, 4, 5, 6, 7, 0, 1)
        _round(work, words, i + 7, 1, 2, 3, 4, 5, 6, 7, 0)


@njit(cache=True, nogil=True, inline="always")
def _round(work: Array, words: Array, i: int, a: int, b: int, c: int, d: int, e: int, f: int, g: int, h: int) -> None:
    key = ROUND[i]
    for n in range(LANES):
        one, two, three = work[a * LANES + n], work[b * LANES + n], work[c * LANES + n]
        five, six, seven = work[e * LANES + n], work[f * LANES + n], work[g * LANES + n]
        mixed = _turned(five, 6) ^ _turned(five, 11) ^ _turned(five, 25)
        chosen = (five & six) ^ (~five & seven)
        first = np.uint32(work[h * LANES + n] + mixed + np.uint32(chosen) + key + words[i * LANES + n])
        majority = (one & two) ^ (one & three) ^ (two & three)
        second = np.uint32((_turned(one, 2) ^ _turned(one, 13) ^ _turned(one, 22)) + majority)
        work[d * LANES + n] = np.uint32(work[d * LANES + n] + first)
        work[h * LANES + n] = np.uint32(first + second)
