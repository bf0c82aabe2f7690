"""Asking about rounds. Call inside the authority's scope."""

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from yui.activities.assignments.models import Draw, ManualChange, RankedWish, Round, RoundProgramme, WishSheet
from yui.activities.assignments.states import HOLDING, PUBLIC, RoundState
from yui.activities.holds import Hold
from yui.activities.models import Application, Opportunity
from yui.activities.states import HOLDING as WITH_A_PLACE
from yui.activities.states import ApplicationState, OpportunityState
from yui.base import clock
from yui.base.tenancy.addresses import town_url
from yui.people.models import Person


@dataclass(frozen=True, slots=True)
class Line:
    """One opportunity of a round: how many wish for it, first of all or at all, and how many have a place."""

    programme: RoundProgramme
    wished: int
    first: int
    placed: int


@dataclass(frozen=True, slots=True)
class Told:
    """The result of a draw in numbers. ``reasons``: code → how many without a place."""

    persons: int
    placed: int
    reasons: dict[str, int]
    sizes: dict[str, int]
    cancelled: dict[str, str]


def public_rounds() -> QuerySet[Round]:
    """What everybody may see, the latest first."""
    return Round.objects.filter(state__in=PUBLIC)


def takes_wishes(found: Round) -> bool:
    """Whether wishes are taken today."""
    return found.state == RoundState.OPEN and found.opens_on <= clock.today() <= found.closes_on


def is_over(found: Round) -> bool:
    """Whether the deadline has passed: only from the next day on may the seal be opened."""
    return clock.today() > found.closes_on


def sheet_of(found: Round, person: Person | None) -> WishSheet | None:
    """The person's sheet that stands."""
    if person is None:
        return None
    rows = WishSheet.objects.filter(round=found, person=person, withdrawn_at=None)
    return rows.select_related("programme__opportunity", "application").first()


def sheets_of(person: Person) -> QuerySet[WishSheet]:
    """A person's sheets, the latest round first."""
    rows = WishSheet.objects.filter(person=person, withdrawn_at=None).exclude(round__state=RoundState.DRAFT)
    return rows.select_related("round", "programme__opportunity").order_by("-round__closes_on", "-id")


def lines_of(found: Round) -> list[Line]:
    """The opportunities with their numbers, in a constant number of queries."""
    standing = Q(sheet__withdrawn_at=None)
    counted = {
        row["programme_id"]: row
        for row in RankedWish.objects.filter(standing, sheet__round=found)
        .order_by()
        .values("programme_id")
        .annotate(wished=Count("id"), first=Count("id", filter=Q(rank=1)))
    }
    placed = dict(
        WishSheet.objects.filter(round=found, withdrawn_at=None, programme__isnull=False)
        .order_by()
        .values_list("programme_id")
        .annotate(n=Count("id"))
    )
    rows = found.programmes.select_related("opportunity__activity__host_organization", "opportunity__session", "region")
    return [
        Line(
            row,
            counted.get(row.pk, {}).get("wished", 0),
            counted.get(row.pk, {}).get("first", 0),
            placed.get(row.pk, 0),
        )
        for row in rows.order_by("id")
    ]


def told_by(draw: Draw) -> Told:
    """The numbers of a draw, read from its answer."""
    answer: dict[str, Any] = json.loads(draw.answer)
    matching: dict[str, list[str]] = answer["matching"]
    return Told(
        persons=len(matching),
        placed=sum(1 for mine in matching.values() if mine),
        reasons=dict(sorted(Counter(answer["unmatched"].values()).items())),
        sizes=dict(Counter(one for mine in matching.values() for one in mine)),
        cancelled={one["program"]: one["why"] for one in answer["cancelled"]},
    )


def final_draw(found: Round) -> Draw | None:
    """The draw that counts."""
    return found.draws.filter(kind=Draw.Kind.FINAL).first()


def trial_draw(found: Round) -> Draw | None:
    """The last trial."""
    return found.draws.filter(kind=Draw.Kind.TRIAL).first()


def changes_by_kind(found: Round) -> dict[str, int]:
    """Kind of reason → how many changes by hand."""
    rows = ManualChange.objects.filter(round=found).order_by().values_list("kind").annotate(n=Count("id"))
    return dict(sorted(rows))


def free_in(opportunity: Opportunity) -> int:
    """Places that nobody holds."""
    held = Application.objects.filter(opportunity=opportunity, state__in=WITH_A_PLACE, ended_at=None).count()
    return max(opportunity.capacity - held, 0)


def choosable() -> QuerySet[Opportunity]:
    """Opportunities that may go into a round: approved, running, nobody waiting, in no other round."""
    waiting = Application.objects.filter(state__in=[ApplicationState.WAITING, ApplicationState.OFFERED], ended_at=None)
    rows = Opportunity.objects.filter(
        state__in=[OpportunityState.OPEN, OpportunityState.CLOSED], activity__ended_on=None
    ).filter(Q(session=None) | Q(session__starts_at__gt=clock.now(), session__cancelled_on=None))
    rows = rows.exclude(pk__in=waiting.values("opportunity_id"))
    held = RoundProgramme.objects.filter(round__state__in=[*HOLDING, RoundState.DRAFT])
    return rows.exclude(pk__in=held.values("opportunity_id")).select_related("activity").order_by("title", "id")


def hold_on(opportunity: Opportunity) -> Hold | None:
    """The round that decides about an opportunity now."""
    row = (
        RoundProgramme.objects.filter(opportunity=opportunity, round__state__in=HOLDING)
        .select_related("round", "authority")
        .first()
    )
    if row is None:
        return None
    url = town_url(row.authority, "assignments:round", public_id=row.round.public_id)
    return Hold(row.round.title, url, takes_wishes(row.round))
