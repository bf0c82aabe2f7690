"""What the organs of the assignment pass to each other: frozen values, ids as text, merit as integers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

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


class Weights(Mapping[tuple[str, str], int]):
    """(person, programme) → fit, in the order of ids, as columns: the positions of both among all ids, and the weight.

    `worth` holds 64 bits where all weights have room to be added up in them, Python integers elsewhere.
    """

    def __init__(
        self,
        persons: Sequence[str] = (),
        programmes: Sequence[str] = (),
        one: Sequence[int] = (),
        two: Sequence[int] = (),
        worth: Sequence[int] = (),
    ) -> None:
        self.persons, self.programmes = persons, programmes
        person, programme = np.array(one, dtype=np.int64), np.array(two, dtype=np.int64)
        self.largest = max(max(worth, default=0), -min(worth, default=0))
        order = np.argsort(person * max(1, len(programmes)) + programme)
        self.person: NDArray[np.int64] = person[order]
        self.programme: NDArray[np.int64] = programme[order]
        wide = self.largest * (len(worth) + 4) < 2**60
        self.worth: NDArray[Any] = np.array(worth, dtype=np.int64 if wide else object)[order]

    @cached_property
    def start(self) -> NDArray[np.int64]:
        """The pairs of the person at `p` among the ids: `start[p]` … `start[p + 1] - 1`."""
        return np.searchsorted(self.person, np.arange(len(self.persons) + 1))

    @cached_property
    def _table(self) -> dict[tuple[str, str], int]:
        return dict(zip(self, self.worth.tolist(), strict=True))

    def of(self, person: int) -> dict[str, int]:
        """The weights of the person at this position: by programme."""
        mine = slice(self.start[person], self.start[person + 1])
        named = (self.programmes[a] for a in self.programme[mine].tolist())
        return dict(zip(named, self.worth[mine].tolist(), strict=True))

    def __getitem__(self, pair: tuple[str, str]) -> int:
        return self._table[pair]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        for person, programme in zip(self.person.tolist(), self.programme.tolist(), strict=True):
            yield self.persons[person], self.programmes[programme]

    def __len__(self) -> int:
        return len(self.person)


@dataclass(frozen=True, slots=True)
class Question:
    """A whole instance. Mappings stand in the order of ids, whatever the order of the input."""

    persons: Mapping[str, Applicant]
    programmes: Mapping[str, Programme]
    regions: Mapping[str, int] = field(default_factory=dict)
    weights: Weights = field(default_factory=Weights)
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
