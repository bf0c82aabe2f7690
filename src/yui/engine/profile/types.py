"""A rule profile: the rules of one call and its expenses, as data. Frozen; read from the shipped files or a question."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from fractions import Fraction
from typing import Literal

from yui.engine.calendar.windows import WindowRule
from yui.engine.exact import Exact

Aggregation = Literal["rank_sum", "total", "mean", "place_count"]
TieRule = Literal["themes", "lower_estimate", "higher_total", "rank_sum", "committee"]
AGGREGATIONS = ("rank_sum", "total", "mean", "place_count")
TIE_RULES = ("themes", "lower_estimate", "higher_total", "rank_sum", "committee")
SUCCESSORS = ("next_recorded", "staff_decides")
CHANNELS = ("mail", "hand", "email", "phone", "web")
PAPER_KINDS = ("papers", "question")
PHASES = ("estimate", "amendment", "settlement")


@dataclass(frozen=True, slots=True)
class Criterion:
    """An item of the sheet. `group` is the heading it stands under."""

    code: str
    name: str
    group: str
    points: int


@dataclass(frozen=True, slots=True)
class Floor:
    """最低基準: `each_member`'s total, or the `mean` of all. `majority`: reached in more than half of the sheets."""

    measured: Literal["each_member", "mean"]
    points: Exact
    majority: bool


@dataclass(frozen=True, slots=True)
class Tie:
    """A step of the tie chain; `groups` are those whose points decide under `themes`."""

    rule: TieRule
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """How sheets become one candidate. `stage1`: full marks of an earlier stage that is added, None without one."""

    criteria: tuple[Criterion, ...]
    stage1: int | None
    aggregation: Aggregation
    distinct_ranks: bool
    floor: Floor | None
    ties: tuple[Tie, ...]
    estimate_gate: bool
    successor: Literal["next_recorded", "staff_decides"]
    full: int
    themes: Mapping[str, int]
    """Codes of the items on the named themes, with their points."""
    points: Mapping[str, int]
    """Full marks of each item by its code."""

    @property
    def ranked(self) -> bool:
        """Whether ranks in each sheet are used at all."""
        return self.aggregation in ("rank_sum", "place_count") or any(tie.rule == "rank_sum" for tie in self.ties)


@dataclass(frozen=True, slots=True)
class Shortlist:
    """From `at_least` qualified applicants on, about `choose` are invited."""

    at_least: int
    choose: int


@dataclass(frozen=True, slots=True)
class Counter:
    """Counter hours on working days, both ends inside; on the day of the deadline it closes at `last_day`."""

    opens: time
    closes: time
    last_day: time


@dataclass(frozen=True, slots=True)
class Receipt:
    """How something may come in."""

    channels: tuple[str, ...]
    counter: Counter | None


@dataclass(frozen=True, slots=True)
class Deposit:
    """契約保証金: a share of the amount, another where the head office is in the town."""

    share: Fraction
    local_share: Fraction | None
    rounding: Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Surcharge:
    """Beyond `over_km` (or from it on) the hourly price is multiplied."""

    over_km: Exact
    from_included: bool
    times: Fraction


@dataclass(frozen=True, slots=True)
class Honorarium:
    """謝金基準. `rounding` is None where every product of the table is whole yen."""

    classes: Mapping[str, int]
    least_minutes: int
    step_minutes: int
    step_share: Fraction
    surcharges: tuple[Surcharge, ...]
    rounding: Literal["up", "down"] | None


@dataclass(frozen=True, slots=True)
class Category:
    """対象経費の費目 and its rules. Money in yen; None and False where a rule does not apply."""

    code: str
    name: str
    rate_times_hours: bool = False
    limit: int | None = None
    share_of_total: Fraction | None = None
    total_includes_it: bool = True
    night_limit: int | None = None
    food_excluded: bool = False
    cheapest_route: bool = False
    own_supply_at_cost: bool = False
    consulted_before: bool = False
    honorarium_table: bool = False
    evidence: bool = False


@dataclass(frozen=True, slots=True)
class Year:
    """The limit of one 年度 (the April it begins in), in yen."""

    fiscal_year: int
    limit: int


@dataclass(frozen=True, slots=True)
class Expenses:
    """Which cost is eligible. `categories` None: any code. `years_bind`: the phases in which a year's excess is cut."""

    categories: Mapping[str, Category] | None
    refused: Mapping[str, str]
    years: tuple[Year, ...]
    years_bind: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """The rules of one call; a part is None where its document has no such rule."""

    name: str
    title: str
    selection: Selection | None = None
    shortlist: Shortlist | None = None
    windows: Mapping[str, WindowRule] | None = None
    receipt: Mapping[str, Receipt] | None = None
    deposit: Deposit | None = None
    honorarium: Honorarium | None = None
    expenses: Expenses | None = None
