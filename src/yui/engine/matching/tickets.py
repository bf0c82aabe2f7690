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
