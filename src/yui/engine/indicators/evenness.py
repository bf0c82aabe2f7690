"""How evenly something is spread."""

from collections.abc import Sequence
from fractions import Fraction


def gini(counts: Sequence[int] | Sequence[Fraction]) -> Fraction:
    """Gini coefficient of amounts ≥ 0, exactly: 0 when all are equal (or nothing is there), towards 1 when one has all.

    G = 2·Σ i·x(i) / (n·Σ x) − (n + 1)/n over the amounts in ascending order, i from 1.
    """
    ordered: list[int | Fraction] = sorted(counts)
    if ordered and ordered[0] < 0:
        raise ValueError("negative amount")
    total = sum(ordered, start=Fraction(0) if any(isinstance(one, Fraction) for one in ordered) else 0)
    if not total:
        return Fraction(0)
    size = len(ordered)
    ranked = sum((rank * amount for rank, amount in enumerate(ordered, start=1)))
    return Fraction(2 * ranked) / (size * total) - Fraction(size + 1, size)
