"""What the matching organs pass to each other: frozen values, ids as text, merit as integers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

Slot = int | str
Direction = Literal["person", "opportunity"]
Place = tuple[float, float]
"""Latitude and longitude in degrees."""

LIMITS = ("age", "slots", "languages", "stage", "place", "consents", "load", "blocked", "resting", "open")
"""The published order: "why not" names the first that excludes a pair."""

KEYED_TERMS = {"tags": "tag", "skills": "skill", "interests": "interest", "text": "text"}
"""Terms that score shared keys, with the prefix of their parts."""

PLAIN_TERMS = ("motivation", "time", "distance", "freshness")
TERMS = (*KEYED_TERMS, *PLAIN_TERMS)
"""What a weight may be given for, in the order in which parts are listed."""

PART_CODES = (*KEYED_TERMS.values(), *PLAIN_TERMS, "price")
"""What stands before the colon in the name of a part."""


@dataclass(frozen=True, slots=True)
class Person:
    """One person as far as the question needs; what is absent constrains nothing and scores nothing."""

    tags: Mapping[str, int] = field(default_factory=dict)
    skills: Mapping[str, int] = field(default_factory=dict)
    interests: Mapping[str, int] = field(default_factory=dict)
    text: Mapping[str, int] = field(default_factory=dict)
    age: tuple[int, int] | None = None  # (youngest, oldest) possible; equal when the birthday is known
    slots: frozenset[Slot] = frozenset()
    stage: int | None = None
    motivation: int | None = None
    languages: frozenset[str] = frozenset()
    place: Place | None = None
    reach_m: int | None = None
    consents: frozenset[str] = frozenset()  # none given is none: consent is never assumed
    blocked: frozenset[str] = frozenset()
    resting: bool = False
    asked: int | None = None  # how often asked in the period the town counts; unknown is not "never"
    load: int = 0
    load_cap: int | None = None


@dataclass(frozen=True, slots=True)
class Opportunity:
    """One 出番."""

    tags: Mapping[str, int] = field(default_factory=dict)
    skills: Mapping[str, int] = field(default_factory=dict)
    interests: Mapping[str, int] = field(default_factory=dict)
    text: Mapping[str, int] = field(default_factory=dict)
    age: tuple[int, int] | None = None  # closed range
    slots: frozenset[Slot] = frozenset()
    stage: int | None = None
    motivation: int | None = None
    languages: frozenset[str] = frozenset()
    place: Place | None = None
    online: bool = False
    needs_consents: frozenset[str] = frozenset()
    organization: str | None = None
    open: bool = True
    freshness: int | None = None


@dataclass(frozen=True, slots=True)
class Fairness:
    """The exposure rule a town chose. `floor` is in exposures: 1 is one first place. `published`: prices found before, for
    the whole town, by id; whoever is not named has none. None: find them from this question."""

    rule: Literal["none", "price", "newcomer_share"] = "none"
    one_in: int = 5
    rounds: int = 10
    pool: int = 50
    floor: Fraction = Fraction(0)
    published: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Instance:
    """A whole question. `k` None lists every eligible pair; `seed` None orders equal scores by id."""

    persons: Mapping[str, Person]
    opportunities: Mapping[str, Opportunity]
    k: int | None = None
    direction: Direction = "person"
    why_not: bool = False
    weights: Mapping[str, int] = field(default_factory=dict)
    bands: tuple[tuple[int, int], ...] = ()  # (metres up to which the band holds, value), first that holds
    fairness: Fairness = Fairness()
    seed: str | None = None
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One named contribution. `value` is weight × `amount`; the parts of an entry sum to its score."""

    term: str
    value: int
    amount: int

    @property
    def code(self) -> str:
        return self.term.partition(":")[0]

    @property
    def label(self) -> str:
        return self.term.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Entry:
    """One place in a list. `fair_place`: it stands here by the newcomer rule, not by its score."""

    id: str
    score: int
    parts: tuple[Part, ...]
    fair_place: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What was applied; enough to follow by hand."""

    rule: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Shown:
    """Who was shown how much. One exposure is a first place; rank r counts 1/log2(r + 1)."""

    exposure: Mapping[str, float]
    gini_opportunities: Fraction
    gini_organizations: Fraction
    never_shown: tuple[str, ...]
    never_shown_persons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """The answer: lists with reasons, the excluded with theirs, and how fairly it was shown."""

    lists: Mapping[str, tuple[Entry, ...]]
    shown: Shown
    steps: tuple[Step, ...]
    excluded: Mapping[str, Mapping[str, str]] | None = None
    excluded_by: Mapping[str, int] = field(default_factory=dict)
    prices: Mapping[str, int] | None = None
    utility_kept: Fraction | None = None
    ignored: tuple[str, ...] = ()
