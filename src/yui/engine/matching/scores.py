"""The published score of every pair of a block: Σ weight × value over the terms, in integers."""

from collections.abc import Mapping, Sequence

import numpy as np

from yui.engine.matching.columns import Array, Columns, chord
from yui.engine.matching.pairs import SAFE, Scores, shared
from yui.engine.matching.types import KEYED_TERMS, Instance


def scores(instance: Instance, columns: Columns, rows: range, to: range, far: Array) -> Scores:
    """Scores of all pairs of a block, eligible or not; `far`: squared chords; (persons, opportunities)."""
    weights = instance.weights
    persons = columns.persons[rows.start : rows.stop]
    opportunities = columns.opportunities[to.start : to.stop]
    terms: list[Scores] = []
    for term in KEYED_TERMS:
        if weights.get(term):
            left = [getattr(p, term) for p in persons]
            right = [getattr(o, term) for o in opportunities]
            terms.append(shared(left, right, weights[term]))
    if weights.get("motivation"):
        left = [_one(p.motivation) for p in persons]
        right = [_one(o.motivation) for o in opportunities]
        terms.append(shared(left, right, weights["motivation"]))
    if weights.get("time"):
        mine = columns.person_slots.of[rows.start : rows.stop]
        theirs = columns.opportunity_slots.of[to.start : to.stop]
        terms.append(_times(columns.shared_slots[mine][:, theirs].astype(np.int64), weights["time"]))
    if weights.get("distance"):
        terms.append(_banded(far, instance.bands, weights["distance"]))
    if weights.get("freshness"):
        left = [_one(1)] * len(persons)
        right = [_one(o.freshness) for o in opportunities]
        terms.append(shared(left, right, weights["freshness"]))
    return _sum(terms, (len(persons), len(opportunities)))


def _one(value: int | None) -> Mapping[str, int]:
    """A single value as a key that both sides may share."""
    return {"": value} if value else {}


def _times(amounts: Array, weight: int) -> Scores:
    largest = max(1, int(amounts.max(initial=0)))
    exact: Scores = amounts if largest * abs(weight) < SAFE else amounts.astype(np.object_)
    return exact * weight


def _banded(far: Array, bands: tuple[tuple[int, int], ...], weight: int) -> Scores:
    """weight × the value of the first band that holds the distance; outside all bands, or unknown: nothing."""
    wide = any(abs(value * weight) >= SAFE for _, value in bands)
    out: Scores = np.zeros(far.shape, dtype=np.object_ if wide else np.int64)
    open_yet = ~np.isnan(far)
    for up_to, value in bands:
        here = open_yet & (far <= chord(up_to))
        out[here] = value * weight
        open_yet &= ~here
    return out


def _sum(terms: Sequence[Scores], shape: tuple[int, int]) -> Scores:
    bound = sum(max((abs(int(end)) for end in (t.min(), t.max())), default=0) for t in terms if t.size)
    total: Scores = np.zeros(shape, dtype=np.int64 if bound < SAFE else np.object_)
    for term in terms:
        total = total + term
    return total
