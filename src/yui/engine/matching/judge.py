"""All pairs, block by block: the first limit, the score and the distance of each. The plain tier."""

from collections.abc import Iterator
from dataclasses import dataclass

from yui.engine.matching.columns import Array, Columns, chords
from yui.engine.matching.filters import First, first_limits, limits
from yui.engine.matching.pairs import Scores
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
    far: Array  # squared chords


def judged(instance: Instance, columns: Columns, *, by_person: bool) -> Iterator[Judged]:
    """Every pair once, in blocks of whole rows (by person) or whole columns."""
    height, width = len(columns.persons), len(columns.opportunities)
    length, across = (height, width) if by_person else (width, height)
    size = max(1, BLOCK // max(1, across))
    rules = limits(columns)
    for start in range(0, length, size):
        part = range(start, min(start + size, length))
        rows, to = (part, range(width)) if by_person else (range(height), part)
        far = chords(columns.person_points[rows.start : rows.stop], columns.opportunity_points[to.start : to.stop])
        first = first_limits(rules, rows, to, far)
        yield Judged(rows, to, first, scores(instance, columns, rows, to, far), far)
