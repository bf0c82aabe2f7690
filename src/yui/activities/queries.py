"""Asking about activities: who is expected, who came, what is one's own. Call inside the authority's scope."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from yui.activities.catalogue import Entry, entries, open_opportunities
from yui.activities.models import (
    Activity,
    Application,
    Bookmark,
    FirstMeeting,
    NextThing,
    Opportunity,
    Participation,
    Session,
    Tie,
)
from yui.activities.states import LIVE, WITHOUT_A_PLACE, ApplicationState
from yui.base import clock
from yui.base.access.actor import Actor
from yui.people.models import Person

ANSWER_DAYS = 30
"""How long after a session the question 「はじめて会った人はいますか？」 stands on a person's page."""


@dataclass(frozen=True, slots=True)
class ListLine:
    """One line of the attendance list."""

    person: Person
    participation: Participation | None
    application: Application | None
    is_host: bool


def hosted_activities(actor: Actor, place: str) -> QuerySet[Activity]:
    """The activities of an actor: ``my`` as a person, ``group`` for organisations, ``desk`` all of the town."""
    rows = Activity.objects.select_related("host_organization", "host_person", "district").annotate(
        session_count=Count("sessions", distinct=True)
    )
    rows = rows.order_by("-effective_on", "-id")
    if place == "my":
        return rows.filter(host_person_id__in=actor.person_ids)
    if place == "group":
        return rows.filter(host_organization_id__in=actor.organization_ids)
    return rows


def earlier_activities(actor: Actor, place: str) -> list[Activity]:
    """Activities that had a date about a year ago and have none to come, to be copied; the newest first, ten at most."""
    now = clock.now()
    dates = Session.objects.filter(cancelled_on=None)
    around = dates.filter(starts_at__gte=now - dt.timedelta(days=430), starts_at__lte=now - dt.timedelta(days=300))
    coming = dates.filter(starts_at__gt=now)
    rows = hosted_activities(actor, place).filter(pk__in=around.values("activity_id"))
    return list(rows.exclude(pk__in=coming.values("activity_id"))[:10])


def live_applications(opportunity: Opportunity) -> QuerySet[Application]:
    """Who has a place and who waits, in the order of arrival."""
    rows = Application.objects.filter(opportunity=opportunity, state__in=LIVE, ended_at=None)
    return rows.select_related("person").order_by("recorded_at", "id")


def applications_of(person: Person) -> QuerySet[Application]:
    """A person's applications, newest first; those that stand and those that ended."""
    rows = Application.objects.filter(person=person)
    return rows.select_related("opportunity__activity__host_organization", "opportunity__session").order_by("-id")


def waiting_count(opportunity: Opportunity) -> int:
    """How many wait."""
    return Application.objects.filter(opportunity=opportunity, state=ApplicationState.WAITING, ended_at=None).count()


def waiting_positions(rows: Iterable[Application]) -> dict[int, int]:
    """Primary key → number in the waiting list, from 1, of those of the applications that wait."""
    ids = {row.opportunity_id for row in rows if row.state == ApplicationState.WAITING and row.ended_at is None}
    if not ids:
        return {}
    waiting = Application.objects.filter(opportunity__in=ids, state=ApplicationState.WAITING, ended_at=None)
    seen: Counter[int] = Counter()
    found: dict[int, int] = {}
    for pk, opportunity_id in waiting.order_by("recorded_at", "id").values_list("pk", "opportunity_id"):
        seen[opportunity_id] += 1
        found[pk] = seen[opportunity_id]
    return found


def next_things_of(rows: Iterable[Application]) -> dict[int, list[Entry]]:
    """Primary key → what was shown instead and still has room today for this person, in the order shown."""
    applied = {row.pk: row for row in rows if row.state in WITHOUT_A_PLACE}
    shown = list(NextThing.objects.filter(application__in=applied).order_by("id")) if applied else []
    if not shown:
        return {}
    usable = open_opportunities().filter(pk__in={row.opportunity_id for row in shown})
    known = {entry.opportunity.pk: entry for entry in entries(usable)}
    found: dict[int, list[Entry]] = {}
    for row in shown:
        entry = known.get(row.opportunity_id)
        if entry is not None and entry.left_for(first_timer=applied[row.application_id].first_timer):
            found.setdefault(row.application_id, []).append(entry)
    return found


def bookmarks_of(person: Person) -> QuerySet[Opportunity]:
    """The opportunities a person has marked with 気になる, newest mark first."""
    marks = Bookmark.objects.filter(person=person, ended_on=None)
    return (
        Opportunity.objects.filter(bookmarks__in=marks)
        .select_related("activity__host_organization", "session", "district")
        .order_by("-bookmarks__id")
    )


def bookmarked_ids(actor: Actor) -> set[int]:
    """Primary keys of the opportunities that the actor's persons marked."""
    if not actor.person_ids:
        return set()
    marks = Bookmark.objects.filter(person_id__in=actor.person_ids, ended_on=None)
    return set(marks.values_list("opportunity_id", flat=True))


def expected_people(session: Session) -> list[Person]:
    """Who may be ticked by the host: the host, those with a place or waiting, those who are recorded already."""
    return [line.person for line in attendance_list(session)]


def attendance_list(session: Session) -> list[ListLine]:
    """The lines of the list: the host first, then in the order of application, then those who came without one."""
    activity = session.activity
    came = {
        row.person_id: row
        for row in Participation.objects.filter(session=session, withdrawn_at=None).select_related("person")
    }
    applied: dict[int, Application] = {}
    for row in (
        Application.objects.filter(opportunity__activity=activity, state__in=[*LIVE, ApplicationState.DONE])
        .filter(Q(opportunity__session=session) | Q(opportunity__session=None))
        .filter(Q(ended_at=None) | Q(state=ApplicationState.DONE))
        .select_related("person")
        .order_by("recorded_at", "id")
    ):
        applied.setdefault(row.person_id, row)
    people: dict[int, Person] = {}
    if activity.host_person is not None:
        people[activity.host_person.pk] = activity.host_person
    people.update({row.person_id: row.person for row in applied.values() if row.person_id not in people})
    people.update({row.person_id: row.person for row in came.values() if row.person_id not in people})
    return [
        ListLine(person, came.get(pk), applied.get(pk), pk == activity.host_person_id)
        for pk, person in people.items()
        if person.erased_at is None
    ]


def attended(person: Person) -> QuerySet[Participation]:
    """What a person took part in, newest first. Records made by mistake are left out, here and in every count."""
    rows = Participation.objects.filter(person=person, withdrawn_at=None)
    return rows.select_related("session__activity__host_organization").order_by("-effective_on", "-id")


def answerable_until(session: Session) -> dt.date:
    """The last day on which the question after a session can be answered."""
    return session.ends_at.astimezone(clock.TOKYO).date() + dt.timedelta(days=ANSWER_DAYS)


def meetings_to_answer(person: Person) -> QuerySet[Participation]:
    """The sessions after which this person has not answered the one question, newest first."""
    first = clock.today() - dt.timedelta(days=ANSWER_DAYS)
    answered = FirstMeeting.objects.filter(person=person, session=OuterRef("session"))
    return attended(person).filter(session__ends_at__date__gte=first).exclude(Exists(answered))


def nameable_people(session: Session, person: Person) -> list[Person]:
    """Whose names this person may see and choose after a session.

    Both must have come and both must have said that their name may be seen by the others of this session
    (docs/decisions/0023-names-among-participants.md). Hidden and erased persons are never among them.
    """
    rows = Participation.objects.filter(session=session, withdrawn_at=None, name_shown_on__isnull=False)
    if not rows.filter(person=person).exists():
        return []
    people = Person.objects.filter(participation_set__in=rows, hidden=False, erased_at=None).exclude(pk=person.pk)
    return list(people.order_by("kana", "id"))


def ties_said(session: Session, person: Person) -> list[Tie]:
    """The ties of a session in which the person is one end."""
    rows = Tie.objects.filter(Q(person=person) | Q(other_person=person), session=session)
    return list(rows.select_related("person", "other_person", "other_organization"))
