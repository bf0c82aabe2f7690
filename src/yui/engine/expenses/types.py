"""What the expenses are asked, and what is judged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from yui.engine.exact import Exact
from yui.engine.profile import Expenses, Profile

RULES = (
    "listed", "refused", "any_category", "rate_times_hours", "food_excluded", "night_limit", "cheapest_route",
    "own_supply_at_cost", "not_consulted", "honorarium_table", "sources_exceed_claimed", "contract_part",
    "no_evidence",
)  # fmt: skip
"""What a line may cite: the category, then what was taken off it, in the order of judging."""


@dataclass(slots=True)
class Line:
    """One expense as given. Money in yen, tax included; None where the question does not say."""

    id: str
    category: str
    paid: int | None
    tax: int
    day: date | None
    rate: int | None
    hours: Exact | None
    nights: int
    people: int
    meals: int
    stays: tuple[int, ...] | None
    cheapest: int | None
    own_supply_cost: int | None
    consulted_on: date | None
    mark: str | None
    minutes: int | None
    one_way_km: Exact
    contract: int | None
    """The part of `contract` among the sources; None where no sources are named."""
    from_all: int
    """Everything that the sources pay together."""
    evidence: int
    """How many pieces there are."""


@dataclass(slots=True)
class Judged:
    """`claimed = eligible + ineligible`, always. `tax` is the tax within the eligible part."""

    id: str
    category: str
    day: date | None
    claimed: int
    eligible: int
    tax: int
    settleable: bool
    rules: list[str]

    @property
    def ineligible(self) -> int:
        return self.claimed - self.eligible


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that applies: `actual` before the cut, in yen."""

    rule: str
    limit: int
    actual: int

    @property
    def over(self) -> int:
        return max(0, self.actual - self.limit)


@dataclass(slots=True)
class Total:
    """A category after the limits."""

    claimed: int
    eligible: int
    tax: int

    @property
    def ineligible(self) -> int:
        return self.claimed - self.eligible


@dataclass(frozen=True, slots=True)
class Question:
    """`rules` is the part of the profile that judges; lines keep their order."""

    profile: Profile
    rules: Expenses
    phase: str
    lines: tuple[Line, ...]
    ignored: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """The answer."""

    lines: tuple[Judged, ...]
    limits: tuple[Limit, ...]
    totals: Mapping[str, Total]
