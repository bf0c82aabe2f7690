"""Taking a median."""

import statistics
import time
from collections.abc import Callable


def median_ms(work: Callable[[], object], runs: int = 7) -> float:
    """The median of ``runs`` timed calls after one untimed, in milliseconds."""
    work()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)
