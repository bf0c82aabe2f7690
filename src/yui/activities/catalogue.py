"""The public catalogue: which opportunities are open, in which order, with what a card needs. Constant queries."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import (
    Count,
    DateTimeField,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from yui.activities.filling import kept_until
from yui.activities.models import Application, Opportunity, OpportunityChoice, Session
from yui.activities.searching import OPPORTUNITY
from yui.activities.states import HOLDING, OpportunityState
from yui.base import clock
from yui.base.definitions import current
from yui.base.search.models import SearchEntry
from yui.base.search.queries import matching
from yui.base.search.words import word_groups
from yui.base.tenancy.models import Authority, District
from yui.engine.places import Rule, free_for

PAGE = 24
ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class Filters:
    """What somebody looks for. Everything empty: everything open. Keys are those of the definition."""

    text: str = ""
    themes: tuple[str, ...] = ()
    district: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    online: bool = False
    first_timers: bool = False
    any_time: bool = False
    considerations: tuple[str, ...] = ()


@dataclass(slots=True)
class Entry:
    """One opportunity with what a card shows. ``sessions``: its coming dates, the next one first."""

    opportunity: Opportunity
    left: int
    left_known: int = 0
    """Places also for those who have been somewhere before: without the ones kept for first-timers."""
    sessions: list[Session] = field(default_factory=list)
    keys: dict[str, list[str]] = field(default_factory=dict)

    def left_for(self, *, first_timer: bool) -> int:
        """Free places for one or the other."""
        return self.left if first_timer else self.left_known

    @property
    def next(self) -> Session | None:
        """The next date."""
        return self.sessions[0] if self.sessions else None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the catalogue."""

    entries: list[Entry]
    total: int
    number: int
    pages: int


def catalogue(authority: Authority, filters: Filters | None = None, *, page: int = 1, size: int = PAGE) -> Page:
    """A page of what is open today, by next date (those without a date last), then by id."""
    rows = _filtered(authority, open_opportunities(), filters or Filters())
    total = rows.count()
    pages = max(1, -(-total // size))
    number = min(max(1, page), pages)
    start = (number - 1) * size
    ordered = rows.order_by(F("next_at").asc(nulls_last=True), "id")
    return Page(entries(ordered[start : start + size]), total, number, pages)


def open_opportunities() -> QuerySet[Opportunity]:
    """Open today: approved, not past its last day, its date not over and not called off. Carries ``next_at``."""
    now = clock.now()
    coming = Session.objects.filter(activity=OuterRef("activity"), cancelled_on=None, starts_at__gt=now).order_by(
        "starts_at", "id"
    )
    return (
        Opportunity.objects.filter(state=OpportunityState.OPEN)
        .filter(Q(closes_on=None) | Q(closes_on__gte=clock.today()))
        .filter(Q(session=None) | Q(session__cancelled_on=None, session__starts_at__gt=now))
        .annotate(
            next_at=Coalesce(
                F("session__starts_at"), Subquery(coming.values("starts_at")[:1]), output_field=DateTimeField()
            )
        )
    )


def entries(rows: Iterable[Opportunity]) -> list[Entry]:
    """Opportunities with free places, coming dates and chips, in four queries however many there are."""
    if isinstance(rows, QuerySet):
        rows = rows.select_related("activity__host_organization", "activity__host_person", "session", "district")
    found = list(rows)
    ids = [row.pk for row in found]
    taken: dict[int, dict[bool, int]] = {}
    for opportunity_id, first_timer, number in (
        Application.objects.filter(opportunity__in=ids, state__in=HOLDING, ended_at=None)
        .order_by()
        .values_list("opportunity", "first_timer")
        .annotate(number=Count("id", output_field=IntegerField()))
    ):
        taken.setdefault(opportunity_id, {})[first_timer] = number
    keys: dict[int, dict[str, list[str]]] = {}
    for opportunity_id, kind, key in OpportunityChoice.objects.filter(opportunity__in=ids).values_list(
        "opportunity_id", "kind", "key"
    ):
        keys.setdefault(opportunity_id, {}).setdefault(kind, []).append(key)
    dates: dict[int, list[Session]] = {}
    for session in Session.objects.filter(
        activity__in=[row.activity_id for row in found], cancelled_on=None, starts_at__gt=clock.now()
    ):
        dates.setdefault(session.activity_id, []).append(session)
    return [
        Entry(
            opportunity=row,
            left=_left(row, taken.get(row.pk, {}), first_timer=True),
            left_known=_left(row, taken.get(row.pk, {}), first_timer=False),
            sessions=[s for s in dates.get(row.activity_id, []) if row.session_id in (None, s.pk)],
            keys=keys.get(row.pk, {}),
        )
        for row in found
    ]


def _left(opportunity: Opportunity, taken: dict[bool, int], *, first_timer: bool) -> int:
    rule = Rule(opportunity.capacity, opportunity.kept_places, kept_until(opportunity))
    return free_for(
        rule, clock.today(), first_timers=taken.get(True, 0), others=taken.get(False, 0), first_timer=first_timer
    )


def district_with_children(key: str) -> set[int]:
    """Primary keys of a district and all below it; empty when there is none of that key."""
    rows: list[tuple[int, int | None, str]] = list(District.objects.values_list("pk", "parent_id", "key"))
    found = {pk for pk, _parent, name in rows if name == key}
    while True:
        more = {pk for pk, parent, _name in rows if parent in found} - found
        if not more:
            return found
        found |= more


def _filtered(authority: Authority, rows: QuerySet[Opportunity], filters: Filters) -> QuerySet[Opportunity]:
    rows = rows.filter(authority=authority)
    if filters.themes:
        rows = rows.filter(_has("theme", filters.themes))
    for key in filters.considerations:
        rows = rows.filter(_has("consideration", [key]))
    if filters.district:
        below = district_with_children(filters.district)
        rows = rows.filter(Q(district__in=below) | Q(district=None, activity__district__in=below))
    if filters.online:
        rows = rows.filter(online=True)
    if filters.first_timers:
        rows = rows.filter(first_timers=True)
    if filters.any_time:
        rows = rows.filter(any_time=True)
    if filters.text.strip():
        rows = rows.filter(pk__in=_saying(authority, filters.text))
    if filters.first or filters.last:
        rows = rows.filter(_between(filters.first, filters.last))
    return rows


def _has(kind: str, keys: Iterable[str]) -> Q:
    chosen = OpportunityChoice.objects.filter(kind=kind, key__in=list(keys)).values("opportunity_id")
    return Q(pk__in=chosen)


def _saying(authority: Authority, text: str) -> QuerySet[SearchEntry, int]:
    """The opportunities whose page has every word typed, in whatever spelling, or a word of the same meaning."""
    groups = word_groups(text, _synonyms(authority))
    if not groups:
        return SearchEntry.objects.none()
    # The limit is never reached; it keeps the database from reading the tokens of every opportunity one by one.
    return matching(OPPORTUNITY, groups).values_list("thing_id", flat=True)[:ALL]


def _synonyms(authority: Authority) -> dict[str, list[str]]:
    """Each word → all words of its group, as the town's definition names them."""
    return {word: group.words for group in current(authority).introductions.synonyms for word in group.words}


def _between(first: dt.date | None, last: dt.date | None) -> Q:
    """A date inside, or no fixed date at all: whoever looks for Saturday can also do what can be done any time."""
    inside: dict[str, Any] = {"cancelled_on": None, "starts_at__gt": clock.now()}
    if first is not None:
        inside["starts_at__gte"] = dt.datetime.combine(first, dt.time(), clock.TOKYO)
    if last is not None:
        inside["starts_at__lt"] = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), clock.TOKYO)
    sessions = Session.objects.filter(**inside)
    return Q(any_time=True) | Q(session__in=sessions) | Q(session=None, activity__in=sessions.values("activity_id"))
