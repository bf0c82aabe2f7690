"""The small-cell rule: a published table must not let a single person be recognised."""

from collections.abc import Mapping

LEAST = 5
"""Counts from 1 to LEAST − 1 are hidden unless a definition asks for more; zero is no one and may be shown."""


def hidden(counts: Mapping[str, int], least: int = LEAST, *, total_is_shown: bool = True) -> frozenset[str]:
    """The keys whose counts must not be published.

    Where the total is shown beside the cells, a single hidden cell could be found by subtraction; then the next
    smallest cell other than zero (of equals the first by key) is hidden with it.
    """
    small = {key for key, count in counts.items() if 0 < count < least}
    others = sorted((count, key) for key, count in counts.items() if count and key not in small)
    if total_is_shown and len(small) == 1 and others:
        small.add(others[0][1])
    return frozenset(small)


def published(counts: Mapping[str, int], least: int = LEAST, *, total_is_shown: bool = True) -> dict[str, int | None]:
    """The counts as they may be published; None is hidden."""
    out = hidden(counts, least, total_is_shown=total_is_shown)
    return {key: None if key in out else count for key, count in counts.items()}
