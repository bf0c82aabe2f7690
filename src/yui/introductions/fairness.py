"""公平のようす: what the ledger says of a period, in counts that an officer can read aloud. No names.

Who was asked by district, 年代 and organisation stands in ``exposures``. Shares below the definition's smallest cell are
hidden; where only one would be, the next smallest goes with it, so that nobody can subtract. Shares are whole percent,
halves up, computed with fractions.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median_low
from typing import Any

from django.db.models import Count

from yui.activities.models import Opportunity
from yui.base.definitions import Definition, current
from yui.base.measures.registry import counts
from yui.base.tenancy.models import Authority
from yui.engine.indicators.evenness import gini
from yui.introductions import facts
from yui.introductions.definition import Introductions
from yui.introductions.models import Candidate, CandidateList, Exposure, IntroductionChange
from yui.introductions.states import State

UNKNOWN = "わからない"


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the town: its share of the registered and of those asked, in whole percent; ``None``: hidden."""

    label: str
    registered: int | None
    asked: int | None

    @property
    def difference(self) -> int | None:
        """Points of percent."""
        return None if self.registered is None or self.asked is None else self.asked - self.registered


@dataclass(frozen=True, slots=True)
class Fairness:
    """Everything the page says. Ginis are in hundredths."""

    start: dt.date
    end: dt.date
    asked: int
    persons_asked: int
    top_tenth: int
    fair_places: int
    never_asked: int
    over_cap: int
    newcomers: int
    newcomers_told: int | None
    never_shown_opportunities: int
    gini_opportunities: int
    gini_hosts: int
    days_to_meeting: int | None
    shares: list[Share]
    lists: list[CandidateList]
    anything_shown: bool


def fairness(authority: Authority, start: dt.date, end: dt.date) -> Fairness:
    """The period, first and last day included. Call inside the authority's scope."""
    definition = current(authority)
    least = definition.introductions.fairness.smallest_cell.value
    rows = list(
        Exposure.objects.filter(effective_on__range=(start, end), act__in=(Exposure.Act.SHOWN, Exposure.Act.ASKED))
        .order_by()
        .values_list("person_id", "act", "opportunity_id", "list__direction", "effective_on")
    )
    asked = Counter(person for person, act, *_ in rows if act == Exposure.Act.ASKED)
    ledger = Exposure.objects.filter(act=Exposure.Act.ASKED, effective_on__lt=start).order_by()
    newcomers = set(asked) - set(ledger.values_list("person_id", flat=True).distinct()) if asked else set()
    shown = Counter(thing for _, act, thing, way, _ in rows if act == Exposure.Act.SHOWN and way in (None, "person"))
    things = list(facts.open_opportunities(end).select_related("activity"))
    waits = ("introductions.never_asked", end, end)
    lists = CandidateList.objects.filter(made_on__range=(start, end)).select_related("opportunity", "person")
    return Fairness(
        start=start,
        end=end,
        asked=sum(asked.values()),
        persons_asked=len(asked),
        top_tenth=_top_tenth(asked),
        fair_places=Candidate.objects.filter(list__made_on__range=(start, end), fair_place=True)
        .values("person_id")
        .distinct()
        .count(),
        never_asked=counts([waits], authority=authority)[waits],
        over_cap=_over_cap(rows, definition),
        newcomers=len(newcomers),
        never_shown_opportunities=sum(1 for thing in things if not shown[thing.pk]),
        gini_opportunities=_hundredths(gini([shown[thing.pk] for thing in things])),
        gini_hosts=_hundredths(gini(_by_host(things, shown))),
        days_to_meeting=_days_to_meeting(start, end),
        newcomers_told=None
        if asked and None in hidden_below([len(newcomers), len(asked) - len(newcomers)], least)
        else len(newcomers),
        shares=_shares(_registered(), _districts(asked), least),
        lists=list(lists.exclude(opportunity=None)[:50]),
        anything_shown=bool(shown),
    )


def percent(part: int, whole: int) -> int:
    """Whole percent, halves up; 0 of nothing is 0."""
    return int(Fraction(100 * part, whole) + Fraction(1, 2)) if whole else 0


def hidden_below(counts: Sequence[int], least: int) -> list[int | None]:
    """Counts with the small ones hidden, and the next smallest too where one alone would be found by subtracting."""
    small = {index for index, count in enumerate(counts) if 0 < count < least}
    if len(small) == 1:
        others = [index for index, count in enumerate(counts) if count and index not in small]
        small |= set(sorted(others, key=lambda index: counts[index])[:1])
    return [None if index in small else count for index, count in enumerate(counts)]


def _registered() -> Counter[str]:
    """The registered of today by district, counted by the database."""
    rows = facts.visible_persons().order_by().values_list("district__name").annotate(n=Count("pk"))
    found = Counter[str]()
    for district, number in rows:
        found[district or UNKNOWN] += number
    return found


def _districts(persons: Iterable[int]) -> dict[int, str]:
    seen = facts.visible_persons().order_by().filter(pk__in=list(persons))
    return {pk: district or UNKNOWN for pk, district in seen.values_list("pk", "district__name")}


def _hundredths(value: Fraction) -> int:
    return int(value * 100 + Fraction(1, 2))


def _top_tenth(asked: Mapping[int, int]) -> int:
    """Share of the asking that went to the tenth of those asked who were asked most, at least one person."""
    most = sorted(asked.values(), reverse=True)[: max(1, len(asked) // 10)]
    return percent(sum(most), sum(asked.values()))


def _over_cap(rows: Iterable[tuple[Any, ...]], definition: Definition) -> int:
    cap = definition.introductions.load_cap_per_month.value
    months = Counter((person, day.year, day.month) for person, act, *_, day in rows if act == Exposure.Act.ASKED)
    return sum(count - cap for count in months.values() if count > cap)


def _by_host(things: Iterable[Opportunity], shown: Mapping[int, int]) -> list[int]:
    sums: dict[tuple[int | None, int | None], int] = defaultdict(int)
    for thing in things:
        sums[thing.activity.host_organization_id, thing.activity.host_person_id] += shown[thing.pk]
    return list(sums.values())


def _days_to_meeting(start: dt.date, end: dt.date) -> int | None:
    """The middle number of days from proposal to meeting (the lower of two middles)."""
    found = [
        (day - proposed).days
        for day, proposed in IntroductionChange.objects.filter(
            state=State.MET, effective_on__range=(start, end)
        ).values_list("effective_on", "introduction__proposed_on")
    ]
    return median_low(found) if found else None


def _shares(registered: Counter[str], asked: Mapping[int, str], least: int) -> list[Share]:
    """By district; ``asked``: the districts of those asked."""
    count = Counter(asked.values())
    groups = [group for group, _ in registered.most_common() if group != UNKNOWN]
    kept = hidden_below([registered[group] for group in groups], least)
    met = hidden_below([count[group] for group in groups], least)
    return [
        Share(
            group,
            None if whole is None else percent(whole, sum(registered.values())),
            None if part is None else percent(part, sum(count.values())),
        )
        for group, whole, part in zip(groups, kept, met, strict=True)
    ]


def kept(found: Fairness, rules: Introductions) -> list[tuple[bool, str]]:
    """Each rule that the definition sets, whether it was kept, in a sentence to read aloud."""
    cap, days = rules.load_cap_per_month.value, rules.fairness.never_asked_days.value
    return [
        (
            found.over_cap == 0,
            f"1人へのお願いは月{cap}件まで。こえたものは{found.over_cap}件でした。",
        ),
        (
            found.never_asked == 0,
            f"{days}日のあいだ声のかからない人をなくす。いま{found.never_asked}人います。",
        ),
    ]
