"""All pairs, block by block: the first limit, the score and the distance of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from yui.engine.matching.filters import First, first_limits
from yui.engine.matching.pairs import Scores, Whole, counted, metres
from yui.engine.matching.scores import scores
from yui.engine.matching.types import Instance

BLOCK = 2_000_000
"""Pairs judged at once; bounds the memory, never changes the result."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Some persons × some opportunities. `rows` and `columns` are positions in the sorted ids."""

    rows: range
    columns: range
    first: First
    scores: Scores
    far: Whole


def judged(
    instance: Instance, persons: Sequence[str], opportunities: Sequence[str], *, by_person: bool
) -> Iterator[Judged]:
    """Every pair once, in blocks of whole rows (by person) or whole columns."""
    height, width = len(persons), len(opportunities)
    length, across = (height, width) if by_person else (width, height)
    size = max(1, BLOCK // max(1, across))
    for start in range(0, length, size):
        part = range(start, min(start + size, length))
        rows, columns = (part, range(width)) if by_person else (range(height), part)
        yield _judge(instance, persons, opportunities, rows, columns)


def _judge(
    instance: Instance, persons: Sequence[str], opportunities: Sequence[str], rows: range, columns: range
) -> Judged:
    left = [instance.persons[persons[row]] for row in rows]
    named = [(name, instance.opportunities[name]) for name in (opportunities[column] for column in columns)]
    right = [opportunity for _, opportunity in named]
    slots = counted([p.slots for p in left], [o.slots for o in right])
    far = metres([p.place for p in left], [o.place for o in right])
    first = first_limits(left, named, slots, far)
    return Judged(rows, columns, first, scores(instance, left, right, slots, far), far)
