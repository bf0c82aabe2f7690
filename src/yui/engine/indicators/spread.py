"""Median and 90th percentile of whole days."""

from collections.abc import Sequence
from fractions import Fraction


def median(days: Sequence[int]) -> Fraction | None:
    """The middle value, or the mean of the two middle values; None of nothing."""
    if not days:
        return None
    ordered, middle = sorted(days), len(days) // 2
    if len(ordered) % 2:
        return Fraction(ordered[middle])
    return Fraction(ordered[middle - 1] + ordered[middle], 2)


def p90(days: Sequence[int]) -> int | None:
    """The smallest value that at least 90 % do not exceed (nearest rank); None of nothing."""
    if not days:
        return None
    return sorted(days)[-(-9 * len(days) // 10) - 1]
