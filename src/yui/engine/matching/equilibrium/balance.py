"""Matching with transferable utility (Choo and Siow, 2006), the one question of floating numbers.

μ = K·A·B with A² + Σμ = 1 over each row and B² + Σμ = 1 over each column. With h = ½ Σ K·B a row has A² + 2hA = 1, so
A = √(1 + h²) − h, which loses every digit where h is large; 1 / (√(1 + h²) + h) is the same number and loses none.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
MOST_ROUNDS = 100_000
PATIENCE = 50
"""So many rounds without a smaller residual: the last digit of floating numbers is reached."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """`kernel` is K; each of its rows stands for `rows` equal ones, each of its columns for `columns`."""

    kernel: Matrix
    rows: int = 1
    columns: int = 1
    tolerance: float = 1e-9
    full: bool = True  # a matrix was given, not one number for all
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Balance:
    """Expected pairs; how many rounds were made; by how much a row or column at most misses its 1."""

    mu: Matrix
    rounds: int
    residual: float
    reached: bool


def balance(crowd: Crowd) -> Balance:
    """Fit rows and columns in turn until both hold within the tolerance."""
    kernel = crowd.kernel
    column = np.ones(kernel.shape[1])
    best, waited, rounds = np.inf, 0, 0
    while True:
        rounds += 1
        row = _alone(_sums(kernel, column, axis=1) * crowd.columns)
        column = _alone(_sums(kernel, row, axis=0) * crowd.rows)
        residual = _missing(row, _sums(kernel, column, axis=1) * crowd.columns)
        residual = max(residual, _missing(column, _sums(kernel, row, axis=0) * crowd.rows))
        waited = 0 if residual < best else waited + 1
        best = min(best, residual)
        if residual <= crowd.tolerance or waited >= PATIENCE or rounds >= MOST_ROUNDS:
            break
    return Balance(kernel * row[:, None] * column[None, :], rounds, residual, residual <= crowd.tolerance)


def _sums(kernel: Matrix, share: Matrix, *, axis: int) -> Matrix:
    """Σ K·share, added in numpy's own order: no library with threads of its own takes part."""
    weighted = kernel * (share[None, :] if axis == 1 else share[:, None])
    return np.asarray(weighted.sum(axis=axis), dtype=np.float64)


def _alone(sums: Matrix) -> Matrix:
    """The root of the share of those who stay alone."""
    half = sums / 2
    return np.asarray(1 / (np.hypot(1, half) + half), dtype=np.float64)


def _missing(share: Matrix, sums: Matrix) -> float:
    return float(np.abs(share * share + share * sums - 1).max(initial=0.0))
