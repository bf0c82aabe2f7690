"""One person or one opportunity changed: how soon, through Python, her list or its list is right again."""

from dataclasses import replace

from benchmarks.figures import Figure, table
from benchmarks.timing import late_ms
from benchmarks.top import OPPORTUNITIES, PERSONS, town
from yui.engine.matching.again import Again
from yui.engine.matching.columns import Columns
from yui.engine.matching.top import Arrays

CALLS = 200


def figures() -> list[Figure]:
    """The list of one that changed, against columns laid down once; every call changes another one."""
    instance = town(PERSONS, OPPORTUNITIES)
    found = []
    for direction, job, must, aim in (("person", "one person", 5, 0.2), ("opportunity", "one 出番", 20, 2)):
        asked = replace(instance, direction=direction)
        columns = Columns(asked)
        arrays = Arrays(asked, columns)
        kept = Again(arrays, columns)
        side = columns.persons if direction == "person" else columns.opportunities
        ones = [replace(one, stage=1, slots=frozenset({1, 2})) for one in side[:CALLS]]
        late, busy = late_ms([lambda n=n, one=one, kept=kept: kept.top(n, one, 10) for n, one in enumerate(ones)])
        found.append(
            Figure(
                f"{job} changed: its list anew, p99, through Python",
                "absolute",
                f"{late:.2f} ms, {busy:.2f} ms of processor",
                late,
                must,
                aim,
                "ms",
                most=True,
            )
        )
    return found  # fmt: skip


run = table(f"changes, {PERSONS:,} × {OPPORTUNITIES:,}", figures)
