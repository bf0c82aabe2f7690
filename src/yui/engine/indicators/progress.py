"""Where a figure stands against its target at a moment of the term."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Standing = Literal["on_track", "behind", "ahead", "none"]

TOLERANCE = Fraction(1, 10)
"""How far from the even pace still counts as on track, as a share of the target; a definition may give another."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """`expected` is what an even pace would have reached by now; `gap` is value − expected; None without a target."""

    standing: Standing
    share: Fraction | None
    expected: Fraction | None
    gap: Fraction | None


def compare(
    value: int | Fraction, target: int | Fraction | None, elapsed: Fraction, tolerance: Fraction = TOLERANCE
) -> Comparison:
    """Compare with an even pace. `elapsed` is the part of the term that has passed, 0 to 1.

    Reaching the target early is `ahead`, exactly at the end `on_track`. Without a target, or with 0: `none`.
    """
    if not 0 <= elapsed <= 1:
        raise ValueError("elapsed lies outside 0 to 1")
    if target is None or target <= 0:
        return Comparison("none", None, None, None)
    expected = target * elapsed
    gap = Fraction(value) - expected
    standing: Standing = "on_track"
    if gap < -tolerance * target or (elapsed == 1 and gap < 0):
        standing = "behind"
    elif gap > tolerance * target or (elapsed < 1 and value >= target):
        standing = "ahead"
    return Comparison(standing, Fraction(value) / target, expected, gap)


def rate(part: int, whole: int) -> Fraction | None:
    """part ÷ whole; None where there is no whole, which is not the same as 0."""
    return Fraction(part, whole) if whole else None


def permille(share: Fraction | None) -> int | None:
    """A share in tenths of a per cent, half up: 1/3 → 333. For screens that write 33.3 %."""
    return None if share is None else (share * 1000 + Fraction(1, 2)).__floor__()
