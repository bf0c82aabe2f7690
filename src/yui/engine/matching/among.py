"""One opportunity asked of a roster: limits and scores by class and by key, over the persons laid over it too."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import isnan

import numpy as np

from yui.engine.matching.columns import Array, Columns, chords, points
from yui.engine.matching.explain import band_value, parts
from yui.engine.matching.filters import ELIGIBLE, First, below, limit_name, outside
from yui.engine.matching.judge import judged
from yui.engine.matching.lottery import ticket
from yui.engine.matching.pairs import SAFE, Scores
from yui.engine.matching.ranking import best, with_newcomers
from yui.engine.matching.roster import Mask, Roster, Standing
from yui.engine.matching.types import KEYED_TERMS, LIMITS, Entry, Instance, Opportunity

ABSENT = -1
"""In a First: not asked about."""


@dataclass(frozen=True, slots=True)
class Among:
    """The answer. ``considered``: everybody asked about; ``first``: the first limit of each, of the laid over last."""

    entries: tuple[Entry, ...]
    excluded_by: Mapping[str, int]
    considered: int
    first: First
    roster: Roster
    over: tuple[str, ...]

    def fitting(self) -> list[str]:
        """Ids of all whom no limit excludes."""
        return self._named(self.first == ELIGIBLE)

    def left_out(self, limit: str) -> list[str]:
        """Ids of all whom this limit excludes first."""
        return self._named(self.first == LIMITS.index(limit) + 1)

    def _named(self, mask: Mask) -> list[str]:
        size = len(self.roster)
        held = [name.decode() for name in self.roster.names[np.flatnonzero(mask[:size])].tolist()]
        return held + [self.over[n] for n in np.flatnonzero(mask[size:]).tolist()]


def among(roster: Roster, standing: Standing, instance: Instance) -> Among:
    """Who fits the one opportunity of ``instance``: the roster, with the persons of ``instance`` laid over it.

    Rows of a roster that are laid over must not be ``there``. The rule ``price`` needs all opportunities and is refused
    with ``ValueError``.
    """
    if instance.fairness.rule == "price" or len(instance.opportunities) != 1:
        raise ValueError("a roster answers for one opportunity, without prices")
    ((name, opportunity),) = instance.opportunities.items()
    columns = Columns(instance)
    over = next(judged(instance, columns, by_person=False))
    far = chords(roster.places(), points([opportunity.place]))[:, 0]
    first = np.concatenate([_first(roster, standing, opportunity, far), over.first[:, 0]])
    points_of = np.concatenate([_scores(roster, instance, opportunity, far), over.scores[:, 0]])
    asked = [instance.persons[one].asked for one in columns.person_names]
    newcomer = np.concatenate([standing.asked == 0, np.array([n == 0 for n in asked], dtype=np.bool_)])
    counts = np.bincount(first[first != ABSENT], minlength=len(LIMITS) + 1).tolist()
    size = len(roster)

    def told(row: int) -> str:
        return roster.name(row) if row < size else columns.person_names[row - size]

    @cache
    def tie(row: int) -> tuple[bytes, str]:
        return (b"" if instance.seed is None else ticket(instance.seed, name, told(row))), told(row)

    eligible = np.flatnonzero(first == ELIGIBLE)
    order, placed = best(points_of, eligible, instance.k, tie), frozenset[int]()
    if instance.fairness.rule == "newcomer_share":
        fresh = best(points_of, eligible[newcomer[eligible]], instance.k, tie)
        order, placed = with_newcomers(order, fresh, instance.fairness.one_in, instance.k)

    def entry(row: int) -> Entry:
        if row < size:
            person = roster.person(row, {term: getattr(opportunity, term) for term in KEYED_TERMS})
            away = float(far[roster.classes["place"].of[row]])
        else:
            person = columns.persons[row - size]
            away = float(over.far[row - size, 0])
        found = parts(instance, person, opportunity, None if isnan(away) else away)
        return Entry(told(row), int(points_of[row]), found, row in placed)

    return Among(
        entries=tuple(map(entry, order)),
        excluded_by={limit_name(code): count for code, count in enumerate(counts) if code != ELIGIBLE and count},
        considered=sum(counts),
        first=first,
        roster=roster,
        over=tuple(columns.person_names),
    )


def _first(roster: Roster, standing: Standing, opportunity: Opportunity, far: Array) -> First:
    """The first limit of each row, in the published order; ``far``: squared chords of the classes of places."""
    first = np.where(standing.there, ELIGIBLE, ABSENT).astype(np.int8)
    for code, name in enumerate(LIMITS, start=1):
        out = _excluded(name, roster, standing, opportunity, far)
        if out is not False:
            first[(first == ELIGIBLE) & out] = code
    return first


def _excluded(name: str, roster: Roster, standing: Standing, to: Opportunity, far: Array) -> Mask | bool:
    match name:
        case "age":
            return roster.judged("age", lambda age: outside(age, to.age))
        case "slots":
            return roster.apart("slots", to.slots)
        case "languages":
            return roster.apart("languages", to.languages)
        case "stage":
            return roster.judged("stage", lambda own: below(own, to.stage))
        case "place":
            return not to.online and (far[roster.classes["place"].of] > roster.reach())
        case "consents":
            return roster.judged("consents", lambda own: not to.needs_consents <= own)
        case "load":
            if not any(own is not None for own in roster.classes["load_cap"].values):
                return False
            cap = roster.by_class("load_cap", lambda own: -1 if own is None else own, np.int64)
            return (cap >= 0) & (standing.load >= cap)
        case "blocked":
            return standing.blocked
        case "resting":
            return standing.resting
    return not to.open


def _scores(roster: Roster, instance: Instance, to: Opportunity, far: Array) -> Scores:
    """Σ weight × value for each row, exact: 64 bits where a bound shows that they are enough."""
    weights = {term: weight for term, weight in instance.weights.items() if weight}
    keyed = [
        (*roster.held[term].of(key), value * weights[term])
        for term in KEYED_TERMS
        if term in weights
        for key, value in getattr(to, term).items()
    ]
    moved = (to.motivation or 0) * weights.get("motivation", 0)
    each, time = weights.get("time", 0), roster.classes["slots"].shared(to.slots)
    near = [
        band_value(instance.bands, None if isnan(one) else one) * weights.get("distance", 0) for one in far.tolist()
    ]
    new = (to.freshness or 0) * weights.get("freshness", 0)
    bound = sum(abs(worth) * int(np.abs(values).max(initial=0)) for _, values, worth in keyed)
    bound += abs(moved) * int(np.abs(roster.motivation).max(initial=0)) + abs(new)
    bound += int(time.max(initial=0)) * abs(each) + max(map(abs, near), default=0)
    largest = max(map(abs, (moved, new, each, *(worth for _, _, worth in keyed))))
    kind = np.int64 if max(bound, largest) < SAFE else np.object_
    total: Scores = np.full(len(roster), new, dtype=kind)
    for rows, values, worth in keyed:
        total[rows] += values.astype(kind) * worth
    if moved:
        total += roster.motivation.astype(kind) * moved
    if each and time.any():
        total += (time.astype(kind) * each)[roster.classes["slots"].of]
    if roster.classes["place"].values and any(near):
        total += np.array(near, dtype=kind)[roster.classes["place"].of]
    return total
