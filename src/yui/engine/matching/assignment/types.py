"""What the organs of the assignment pass to each other: frozen values, ids as text, merit as integers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Track = Literal["stable", "welfare"]
Orientation = Literal["person", "program"]
Proof = Literal["none", "prices", "enumeration"]

SMALL_PERSONS, SMALL_PROGRAMMES = 8, 5
"""Up to this size minima are decided by looking at every choice."""


@dataclass(frozen=True, slots=True)
class Applicant:
    """A person: wishes best first, at most `most` programmes."""

    prefs: tuple[str, ...] = ()
    most: int = 1
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reserve:
    """The first `seats` places belong to the best of a group, as long as it has enough."""

    group: str
    seats: int


@dataclass(frozen=True, slots=True)
class Programme:
    """出番 with places. `classes` None: everyone is acceptable, in one class."""

    cap: int
    least: int = 0
    classes: tuple[tuple[str, ...], ...] | None = None
    region: str | None = None
    target: int = 0
    reserve: Reserve | None = None


@dataclass(frozen=True, slots=True)
class Lottery:
    """One permutation, or a seed, or neither: then ids decide, and the answer says so."""

    order: tuple[str, ...] | None = None
    seed: str | None = None

    @property
    def rule(self) -> str:
        return "order" if self.order is not None else "seed" if self.seed is not None else "id"


@dataclass(frozen=True, slots=True)
class Question:
    """A whole instance. Mappings stand in the order of ids, whatever the order of the input."""

    persons: Mapping[str, Applicant]
    programmes: Mapping[str, Programme]
    regions: Mapping[str, int] = field(default_factory=dict)
    weights: Mapping[tuple[str, str], int] = field(default_factory=dict)  # (person, programme) → fit
    track: Track = "stable"
    orientation: Orientation = "person"
    lottery: Lottery = Lottery()
    ignored: tuple[str, ...] = ()

    @property
    def small(self) -> bool:
        return len(self.persons) <= SMALL_PERSONS and len(self.programmes) <= SMALL_PROGRAMMES

    @property
    def with_minima(self) -> bool:
        return any(one.least for one in self.programmes.values())


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A programme with a minimum and nobody: why, and who had wished for it."""

    programme: str
    why: str
    wanted_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coalition:
    """A cancelled programme that enough persons would prefer to what they have."""

    programme: str
    persons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quality:
    """How good, and how that is known. Prices are those of a seat, the region's part included; None: nobody can enter."""

    proof: Proof = "none"
    bound: int | None = None
    prices: Mapping[str, int | None] | None = None
    region_prices: Mapping[str, int] | None = None
    bound_prices: Mapping[str, int | None] | None = None  # of the run without minima, where that proves the bound
    bound_region_prices: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What was applied; enough to follow by hand."""

    rule: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a track decided, before it is told: who goes where, what does not run, how good that is."""

    matching: Mapping[str, Sequence[str]]
    quality: Quality
    value: int | None = None
    closed: frozenset[str] = frozenset()
    coalitions: tuple[Coalition, ...] = ()
    facts: tuple[Step, ...] = ()
