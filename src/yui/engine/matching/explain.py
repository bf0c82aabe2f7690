"""Why a pair scores what it scores: its parts, each computed from the pair alone, not from the kernel's arrays."""

from collections.abc import Iterable, Sequence

from yui.engine.matching.columns import chord
from yui.engine.matching.types import KEYED_TERMS, TERMS, Instance, Opportunity, Part, Person


def parts(instance: Instance, person: Person, opportunity: Opportunity, far: float | None) -> tuple[Part, ...]:
    """The contributions other than zero, in the published order of terms and then by key."""
    found: list[Part] = []
    for term in TERMS:
        weight = instance.weights.get(term, 0)
        if not weight:
            continue
        if term in KEYED_TERMS:
            mine, theirs = getattr(person, term), getattr(opportunity, term)
            amounts = [
                (f"{KEYED_TERMS[term]}:{key}", mine[key] * theirs[key]) for key in sorted(mine.keys() & theirs.keys())
            ]
        else:
            amounts = [(term, _plain(term, instance, person, opportunity, far))]
        found += [Part(name, weight * amount, amount) for name, amount in amounts if amount]
    return tuple(found)


def _plain(term: str, instance: Instance, person: Person, opportunity: Opportunity, far: float | None) -> int:
    if term == "motivation":
        return (person.motivation or 0) * (opportunity.motivation or 0)
    if term == "time":
        return len(person.slots & opportunity.slots)
    if term == "distance":
        return band_value(instance.bands, far)
    return opportunity.freshness or 0


def band_value(bands: Iterable[tuple[int, int]], far: float | None) -> int:
    """The value of the first band that holds a squared chord; 0 outside all of them or where it is unknown."""
    if far is None:
        return 0
    return next((value for up_to, value in bands if far <= chord(up_to)), 0)


def reasons(found: Sequence[Part], most: int = 3) -> tuple[Part, ...]:
    """The parts to tell a person: the largest of each kind first, then the next largest; never a negative one."""
    ordered = sorted((part for part in found if part.value > 0), key=lambda part: (-part.value, found.index(part)))
    first: list[Part] = []
    for part in ordered:
        if part.code not in {one.code for one in first}:
            first.append(part)
    rest = [part for part in ordered if part not in first]
    return tuple((first + rest)[:most])
