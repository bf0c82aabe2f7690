"""Who stands in which list: eligible pairs in order, each entry with its parts."""

from collections.abc import Iterator, Sequence
from math import isnan

import numpy as np

from yui.engine.matching.columns import Columns, chords
from yui.engine.matching.explain import parts
from yui.engine.matching.filters import ELIGIBLE
from yui.engine.matching.judge import Judged
from yui.engine.matching.lottery import Ticket, ticket
from yui.engine.matching.prices import Pool, Priced
from yui.engine.matching.ranking import Key, best, with_newcomers
from yui.engine.matching.types import Entry, Instance, Part


class Names:
    """The ids of a run in ascending order, and the lottery between them."""

    __slots__ = ("opportunities", "persons", "seed")

    def __init__(self, columns: Columns, seed: str | None) -> None:
        self.persons = columns.person_names
        self.opportunities = columns.opportunity_names
        self.seed = seed

    def between_opportunities(self, row: int) -> Key:
        """Orders opportunities that stand equal for one person."""
        return lambda column: self._ticket(row, column)

    def between_persons(self, column: int) -> Key:
        """Orders persons that stand equal for one opportunity."""
        return lambda row: self._ticket(row, column)

    def _ticket(self, row: int, column: int) -> tuple[Ticket, int]:
        if self.seed is None:
            return b"", row + column
        return ticket(self.seed, self.opportunities[column], self.persons[row]), row + column


def for_persons(
    instance: Instance, names: Names, block: Judged, outcome: Priced | None
) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """The list of each person of a block of whole rows."""
    open_pairs = block.first == ELIGIBLE
    for row in block.rows:
        at = row - block.rows.start
        if outcome is None:
            eligible = np.flatnonzero(open_pairs[at])
            order = best(block.scores[at], eligible, instance.k, names.between_opportunities(row))
        else:
            order = list(outcome.lists[row])
        yield names.persons[row], tuple(_entry(instance, names, block, row, column, outcome) for column in order)


def for_opportunities(
    instance: Instance, names: Names, block: Judged, outcome: Priced | None
) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """The list of each opportunity of a block of whole columns."""
    open_pairs = block.first == ELIGIBLE
    newcomer = np.array([instance.persons[name].asked == 0 for name in names.persons], dtype=np.bool_)
    for column in block.columns:
        at = column - block.columns.start
        eligible = np.flatnonzero(open_pairs[:, at])
        points, tie = block.scores[:, at], names.between_persons(column)
        order, placed = best(points, eligible, instance.k, tie), frozenset[int]()
        if instance.fairness.rule == "newcomer_share":
            fresh = best(points, eligible[newcomer[eligible]], instance.k, tie)
            order, placed = with_newcomers(order, fresh, instance.fairness.one_in, instance.k)
        yield (
            names.opportunities[column],
            tuple(
                _entry(instance, names, block, row, column, outcome, fair=row in placed, of_person=True)
                for row in order
            ),
        )


def pool(instance: Instance, names: Names, block: Judged, row: int) -> Pool:
    """One person's best candidates before prices, at least as many as a list holds."""
    at = row - block.rows.start
    size = None if instance.k is None else max(instance.k, instance.fairness.pool)
    tie = names.between_opportunities(row)
    found = best(block.scores[at], np.flatnonzero(block.first[at] == ELIGIBLE), size, tie)
    place = {column: n for n, column in enumerate(sorted(found, key=tie))}
    points = block.scores[at]
    return Pool(tuple(found), tuple(int(points[c]) for c in found), tuple(place[c] for c in found))


def entries(
    instance: Instance, columns: Columns, row: int, ids: Sequence[int], scores: Sequence[int]
) -> Iterator[Entry]:
    """One list of the compiled tier, each entry with its parts; -1 in ``ids`` ends it."""
    by_person = instance.direction == "person"
    for at, score in zip(ids, scores, strict=True):
        if at < 0:
            return
        p, o = (row, at) if by_person else (at, row)
        far = float(chords(columns.person_points[p : p + 1], columns.opportunity_points[o : o + 1])[0, 0])
        found = parts(instance, columns.persons[p], columns.opportunities[o], None if isnan(far) else far)
        yield Entry(columns.opportunity_names[o] if by_person else columns.person_names[p], score, found)


def _entry(
    instance: Instance,
    names: Names,
    block: Judged,
    row: int,
    column: int,
    outcome: Priced | None,
    *,
    fair: bool = False,
    of_person: bool = False,
) -> Entry:
    person, opportunity = names.persons[row], names.opportunities[column]
    at_row, at_column = row - block.rows.start, column - block.columns.start
    far = float(block.far[at_row, at_column])
    found = parts(instance, instance.persons[person], instance.opportunities[opportunity], None if isnan(far) else far)
    score = int(block.scores[at_row, at_column])
    price = 0 if outcome is None else outcome.prices[column]
    if price:
        found, score = (*found, Part("price", -price, price)), score - price
    return Entry(person if of_person else opportunity, score, found, fair)
