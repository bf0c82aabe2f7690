"""The pairs of a welfare answer as columns: which are held, and what each leaves its person at the published prices."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from yui.engine.matching.assignment.types import Question, Weights
from yui.engine.matching.verification.claims import Claims, PriceList
from yui.engine.matching.verification.places import Places

Array = NDArray[Any]
Mask = NDArray[np.bool_]
SAFE = 2**60
"""Sums below this are exact in 64 bits; beyond it the same columns hold Python integers."""


@dataclass(frozen=True, slots=True)
class Columns:
    """In the order of the weights. `open`: the programme has a price; what a closed one leaves is told as 0."""

    person: NDArray[np.int64]
    held: Mask
    open: Mask
    left: Array
    most: NDArray[np.int64]  # of each person
    taken: NDArray[np.int64]  # of each person, programmes without a weight included

    @property
    def idle(self) -> Mask:
        """Who could take one more."""
        return self.taken < self.most


def held_pairs(question: Question, seen: Places) -> Mask:
    """Which of the pairs with a weight an answer holds."""
    weights = question.weights
    persons = {name: at for at, name in enumerate(weights.persons)}
    programmes = {name: at for at, name in enumerate(weights.programmes)}
    claimed = [(persons[name], programmes[a]) for name, mine in seen.held.items() for a in mine]
    at, found = where(weights, claimed)
    held = np.zeros(len(weights), dtype=np.bool_)
    held[at[found]] = True
    return held


def weightless(question: Question, claims: Claims) -> set[tuple[str, str]]:
    """The pairs of known ids that an answer holds and that have no weight."""
    weights = question.weights
    persons = {name: at for at, name in enumerate(weights.persons)}
    programmes = {name: at for at, name in enumerate(weights.programmes)}
    claimed = [
        (persons[name], programmes[a])
        for name, mine in claims.matching.items()
        if name in persons
        for a in mine
        if a in programmes
    ]
    _, found = where(weights, claimed)
    lacking = (claimed[n] for n in np.flatnonzero(~found).tolist())
    return {(weights.persons[person], weights.programmes[programme]) for person, programme in lacking}


def where(weights: Weights, pairs: list[tuple[int, int]]) -> tuple[Array, Mask]:
    """Where pairs of positions stand among the weights, and which of them stand there."""
    asked = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    keys, wanted = _keys(weights, weights.person, weights.programme), _keys(weights, asked[:, 0], asked[:, 1])
    at = np.searchsorted(keys, wanted)
    found = at < len(keys)
    found[found] = keys[at[found]] == wanted[found]
    return at, found


def _keys(weights: Weights, person: Array, programme: Array) -> Array:
    keys: Array = person * len(weights.programmes) + programme
    return keys


def columns(question: Question, paid: PriceList, seen: Places, held: Mask) -> Columns:
    """The columns at these prices."""
    weights = question.weights
    left, opened = profits(weights, paid)
    return Columns(
        person=weights.person,
        held=held,
        open=opened,
        left=left,
        most=np.array([question.persons[name].most for name in weights.persons], dtype=np.int64),
        taken=np.array([len(seen.held[name]) for name in weights.persons], dtype=np.int64),
    )


def profits(weights: Weights, paid: PriceList) -> tuple[Array, Mask]:
    """Weights less prices, and which pairs have a price."""
    named = [paid.seat.get(name) for name in weights.programmes]
    prices = [price or 0 for price in named]
    largest = weights.largest + max(map(abs, prices), default=0)
    kind = np.int64 if largest * (len(weights) + 4) < SAFE else object
    opened = np.array([price is not None for price in named], dtype=np.bool_)[weights.programme]
    left = weights.worth.astype(kind) - np.array(prices, dtype=kind)[weights.programme]
    left[~opened] = 0
    return left, opened
