"""Asking about lists and introductions. Names are given to whoever may see them; contacts only after both said yes."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from yui.activities.models import Opportunity, OpportunityChoice
from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import Refused
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere, require, town_of
from yui.base.audit.record import Reason
from yui.base.definitions import Definition, by_key, current
from yui.introductions import facts, freshness
from yui.introductions.domain.lists import make_candidate_list
from yui.introductions.domain.moving import WITH_BOTH_SIDES
from yui.introductions.domain.reaching import Receiving, Way, receiving, way_to
from yui.introductions.models import Answer, Candidate, CandidateList, Introduction
from yui.introductions.reasons import Words, three
from yui.introductions.states import OPEN, TOGETHER, State
from yui.introductions.unasked import Waiting, in_fair_order, never_asked, told, waiting
from yui.people.models import Person

__all__ = ["Waiting", "in_fair_order", "never_asked", "told", "waiting"]
PRIVATE = frozenset({"blocked"})
"""Limits whose persons are counted and never named."""
AWAITING_FOLLOW_UP = (State.MET, State.WORKING, State.OUTCOME)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One 出番 for a person, with its three reasons in the person's language."""

    opportunity: Opportunity
    reasons: list[str]
    themes: list[str]
    motif: str


def suggestions_for(*, actor: Actor, person: Person, k: int = 3, language: str = "") -> list[Suggestion]:
    """What fits a person, best first, in the language of the reader (else the person's). Who sees it is written into the ledger: call it to show it, not to peek."""
    made = make_candidate_list(actor=actor, person=person, size=k)
    definition = current(town_of(actor))
    words = Words(definition, language or person.language)
    rows = list(candidates_of(made))
    themes = _themes(definition, [row.opportunity_id for row in rows])
    found = []
    for row in rows:
        items = themes.get(row.opportunity_id, [])
        labels = [item.label.in_language(words.language) for item in items]
        motif = items[0].motif if items else ""
        found.append(Suggestion(row.opportunity, three(row.parts, words, row.opportunity), labels, motif))
    return found


def _themes(definition: Definition, ids: Iterable[int]) -> dict[int, list[object]]:
    known = by_key(definition.people.themes)
    found: dict[int, list[object]] = {}
    for pk, key in OpportunityChoice.objects.filter(opportunity_id__in=ids, kind="theme").values_list(
        "opportunity_id", "key"
    ):
        if key in known:
            found.setdefault(pk, []).append(known[key])
    return found


def candidates_of(made: CandidateList) -> QuerySet[Candidate]:
    """The entries of a list with both sides, in order."""
    return made.candidates.select_related(
        "person__district", "opportunity__activity__host_organization", "opportunity__session", "opportunity__district"
    ).order_by("rank")


def with_load(rows: QuerySet[Candidate], today: dt.date) -> QuerySet[Candidate]:
    """The same entries, each with 今月の声かけ of its person as ``load``."""
    asked = facts.asked_in_month(today).filter(person_id=OuterRef("person_id")).order_by().values("person_id")
    return rows.annotate(load=Coalesce(Subquery(asked.annotate(n=Count("id")).values("n")), 0))


def left_out(*, actor: Actor, opportunity: Opportunity, limit: str) -> list[Person]:
    """Who is not in today's list because of a limit. Refused for limits that are the person's own affair."""
    require(actor, Permission.CANDIDATES_READ, opportunity)
    require(actor, Permission.PERSON_SEARCH, opportunity)
    if limit in PRIVATE or not holds_everywhere(actor, Permission.PERSON_SEARCH):
        raise Refused("お気持ちを守るため、名前は出しません。", "private")
    ids = freshness.for_opportunity(town_of(actor), opportunity, clock.today()).answer().names.left_out(limit)
    return list(Person.objects.filter(public_id__in=ids).order_by("kana", "id"))


def introductions() -> QuerySet[Introduction]:
    """With both sides fetched. Call inside the authority's scope."""
    return Introduction.objects.select_related(*WITH_BOTH_SIDES, "coordinator", "person__district", "list")


def introductions_of_hosts(organization_ids: Iterable[int], person_ids: Iterable[int]) -> QuerySet[Introduction]:
    """Those a host was asked about: what is only proposed is nobody's business yet."""
    mine = Q(opportunity__activity__host_organization_id__in=organization_ids) | Q(
        opportunity__activity__host_person_id__in=person_ids
    )
    return introductions().filter(mine).exclude(state=State.PROPOSED).exclude(answer_due_on=None)


def introductions_of_persons(person_ids: Iterable[int]) -> QuerySet[Introduction]:
    """Those a person was asked about."""
    return introductions().filter(person_id__in=person_ids).exclude(state=State.PROPOSED).exclude(answer_due_on=None)


def name_is_shown(introduction: Introduction) -> bool:
    """Whether the host may know the person's name: from the person's own yes on, and as long as it goes on."""
    if introduction.state == State.ASKING:
        return Answer.objects.filter(introduction=introduction, side=Answer.Side.PERSON, yes=True).exists()
    return introduction.state in TOGETHER


def read_exchanged(*, actor: Actor, introduction: Introduction, side: str) -> tuple[Receiving, Way] | None:
    """How to reach a side, after both said yes, for the desk and for the other side; each reading is audited."""
    require(actor, Permission.INTRODUCTION_READ, introduction)
    if introduction.state not in TOGETHER:
        return None
    to = receiving(introduction.opportunity, introduction.person, side)
    return to, way_to(actor, to, Reason.EXCHANGE)


def awaited(today: dt.date) -> QuerySet[Introduction]:
    """Asked, not yet late."""
    return introductions().filter(state=State.ASKING, answer_due_on__gte=today).order_by("answer_due_on", "id")


def overdue(today: dt.date) -> QuerySet[Introduction]:
    """Asked, and the day has passed."""
    return introductions().filter(state=State.ASKING, answer_due_on__lt=today).order_by("answer_due_on", "id")


def follow_ups(today: dt.date) -> QuerySet[Introduction]:
    """3か月後確認 due."""
    due = introductions().filter(state__in=AWAITING_FOLLOW_UP, follow_up_on__lte=today)
    return due.order_by("follow_up_on", "id")


def due_or_awaited(today: dt.date) -> QuerySet[Introduction]:
    """What the desk must know of: everything asked, and the 3か月後確認 due."""
    due = Q(state__in=AWAITING_FOLLOW_UP, follow_up_on__lte=today)
    asked = Q(state=State.ASKING, answer_due_on__isnull=False)
    return introductions().filter(asked | due).order_by("answer_due_on", "follow_up_on", "id")


def under_way() -> QuerySet[Introduction]:
    """Everything that goes on."""
    return introductions().filter(state__in=OPEN)
