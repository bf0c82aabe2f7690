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


def cpu(work: Callable[[], object]) -> float:
    """Processor seconds of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def paired(ours: Callable[[], object], *peers: Callable[[], object], runs: int = 3) -> list[float]:
    """Median processor seconds of each, taken in turns after one untimed round: what slows one slows the others."""
    works = [ours, *peers]
    for work in works:
        work()
    rounds = [[cpu(work) for work in works] for _ in range(runs)]
    return [statistics.median(taken) for taken in zip(*rounds, strict=True)]


def late_ms(works: list[Callable[[], object]]) -> tuple[float, float]:
    """Milliseconds within which 99 of 100 calls were done: by the clock, and of the processor's own time."""
    works[0]()
    taken, used = [], []
    for work in works:
        start, busy = time.perf_counter(), time.process_time()
        work()
        used.append((time.process_time() - busy) * 1000)
        taken.append((time.perf_counter() - start) * 1000)
    at = max(0, len(works) * 99 // 100 - 1)
    return sorted(taken)[at], sorted(used)[at]
