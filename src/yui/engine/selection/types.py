"""What a selection is asked, and what it decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from yui.engine.exact import Exact
from yui.engine.profile import Profile, Selection
from yui.engine.steps import Step

When = Literal["before_notice", "after_notice"]
MOMENTS = ("before_notice", "after_notice")
REASONS = (
    "withdrawn", "disqualified", "over_cap", "two_proposals", "no_majority", "below_floor", "estimate_unsuitable",
)  # fmt: skip
"""Why a proposal cannot be selected, in the order in which they are looked at."""

GAPS = ("no_sheet", "blank", "out_of_range", "equal_totals_without_order")
"""Why a sheet is not complete."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """`stage1`: points of the earlier stage, None in a profile without one."""

    id: str
    applicant: str
    estimate: int
    stage1: Exact | None
    withdrawn: When | None
    disqualified: When | None
    estimate_unsuitable: bool

    @property
    def out_before(self) -> bool:
        return "before_notice" in (self.withdrawn, self.disqualified)

    @property
    def out_after(self) -> bool:
        return not self.out_before and "after_notice" in (self.withdrawn, self.disqualified)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One member's points for one proposal. `gap` is empty where they can be used."""

    total: Exact | None
    themes: Exact | None
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Proposals and members are sorted by id: the order in which they were given decides nothing."""

    profile: Profile
    rules: Selection
    cap: int | None
    proposals: tuple[Proposal, ...]
    members: tuple[str, ...]
    sheets: Mapping[str, Mapping[str, Sheet]]
    orders: Mapping[str, tuple[str, ...]]
    committee_decision: str | None
    ignored: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A sheet that is not complete. `proposal` None: the member's whole sheet."""

    member: str
    proposal: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Row:
    """Everything that was reckoned for one proposal; None and empty where the profile does not use it."""

    totals: Mapping[str, Exact]
    reached: int
    """Members whose total reaches the floor for each member."""
    ranks: Mapping[str, int]
    rank_sum: int | None
    places: tuple[int, ...] | None
    """How often it is first, second, …"""
    total: Exact
    themes: Exact | None
    mean: Exact | None


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer to a selection."""

    status: Literal["selected", "committee_required", "no_candidate", "sheets_incomplete"]
    winner: str | None
    order: tuple[str, ...]
    not_selectable: Mapping[str, str]
    tied: tuple[str, ...]
    incomplete: tuple[Gap, ...]
    table: Mapping[str, Row]
    steps: tuple[Step, ...]
    ignored: tuple[str, ...]
