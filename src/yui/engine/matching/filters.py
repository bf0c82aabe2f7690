"""The hard limits: for each pair the first, in the published order, that excludes it."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from yui.engine.matching.pairs import UNKNOWN, Mask, Whole, counted
from yui.engine.matching.types import LIMITS, Opportunity, Person

First = npt.NDArray[np.int8]
ELIGIBLE = 0
"""In a First: no limit. Any other n means LIMITS[n - 1]."""


def first_limits(
    persons: Sequence[Person], opportunities: Sequence[tuple[str, Opportunity]], slots: Whole, far: Whole
) -> First:
    """The first limit of each pair; `slots` shared slots and `far` metres of the pairs; (persons, opportunities)."""
    first = np.zeros((len(persons), len(opportunities)), dtype=np.int8)
    for code, mask in enumerate(_masks(persons, opportunities, slots, far), start=1):
        first[(first == ELIGIBLE) & mask] = code
    return first


def _masks(
    persons: Sequence[Person], named: Sequence[tuple[str, Opportunity]], slots: Whole, far: Whole
) -> Iterator[Mask]:
    """True where a limit excludes; one mask for each of LIMITS, in that order."""
    opportunities = [opportunity for _, opportunity in named]
    yield _age(persons, opportunities)
    yield _both_name([p.slots for p in persons], [o.slots for o in opportunities]) & (slots == 0)
    spoken, used = [p.languages for p in persons], [o.languages for o in opportunities]
    yield _both_name(spoken, used) & (counted(spoken, used) == 0)
    yield _stage(persons, opportunities)
    reach = np.array([UNKNOWN if p.reach_m is None else p.reach_m for p in persons], dtype=np.int64)
    there = np.array([not o.online for o in opportunities], dtype=np.bool_)
    yield (far != UNKNOWN) & (reach != UNKNOWN)[:, None] & there[None, :] & (far > reach[:, None])
    needed = np.array([len(o.needs_consents) for o in opportunities], dtype=np.int64)
    yield counted([p.consents for p in persons], [o.needs_consents for o in opportunities]) < needed
    yield _column([p.load_cap is not None and p.load >= p.load_cap for p in persons], len(named))
    yield _blocked(persons, named)
    yield _column([p.resting for p in persons], len(named))
    closed = np.array([not o.open for o in opportunities], dtype=np.bool_)
    yield np.broadcast_to(closed, (len(persons), len(named)))


def _age(persons: Sequence[Person], opportunities: Sequence[Opportunity]) -> Mask:
    """An age known only as a year counts as the younger for the minimum, as the older for the maximum."""
    any_age, any_range = (0, 0), (0, 0)
    known = np.array([p.age is not None for p in persons], dtype=np.bool_)
    asked = np.array([o.age is not None for o in opportunities], dtype=np.bool_)
    ages = np.array([p.age or any_age for p in persons], dtype=np.int64).reshape(-1, 2)
    ranges = np.array([o.age or any_range for o in opportunities], dtype=np.int64).reshape(-1, 2)
    outside = (ages[:, None, 0] < ranges[None, :, 0]) | (ages[:, None, 1] > ranges[None, :, 1])
    limit: Mask = known[:, None] & asked[None, :] & outside
    return limit


def _stage(persons: Sequence[Person], opportunities: Sequence[Opportunity]) -> Mask:
    known = np.array([p.stage is not None for p in persons], dtype=np.bool_)
    asked = np.array([o.stage is not None for o in opportunities], dtype=np.bool_)
    stands = np.array([p.stage or 0 for p in persons], dtype=np.int64)
    wanted = np.array([o.stage or 0 for o in opportunities], dtype=np.int64)
    limit: Mask = known[:, None] & asked[None, :] & (stands[:, None] < wanted[None, :])
    return limit


def _blocked(persons: Sequence[Person], named: Sequence[tuple[str, Opportunity]]) -> Mask:
    column = {name: n for n, (name, _) in enumerate(named)}
    mask = np.zeros((len(persons), len(named)), dtype=np.bool_)
    for row, person in enumerate(persons):
        for name in person.blocked:
            if name in column:
                mask[row, column[name]] = True
    return mask


def _both_name(left: Sequence[frozenset[Any]], right: Sequence[frozenset[Any]]) -> Mask:
    one = np.array([bool(members) for members in left], dtype=np.bool_)
    two = np.array([bool(members) for members in right], dtype=np.bool_)
    both: Mask = one[:, None] & two[None, :]
    return both


def _column(flags: list[bool], width: int) -> Mask:
    return np.broadcast_to(np.array(flags, dtype=np.bool_)[:, None], (len(flags), width))


def limit_name(code: int) -> str:
    """The limit that a number in a First stands for."""
    return LIMITS[code - 1]
