"""The one question after a session, and the ties that come of it.

Whom a person may name is decided in docs/decisions/0023-names-among-participants.md.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from yui.activities.domain.locks import lock
from yui.activities.models import FirstMeeting, Participation, Session, Tie
from yui.activities.queries import answerable_until, nameable_people
from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.record import record
from yui.people.models import Organization, Person

YES, NO = "yes", "no"


def show_name(*, actor: Actor, person: Person, session: Session, shown: bool) -> Participation:
    """Let those who came to the same session see the person's display name, or no longer."""
    require(actor, Permission.TIE_WRITE, person)
    with transaction.atomic():
        participation = _own(person, session)
        participation.name_shown_on = clock.today() if shown else None
        participation.save(update_fields=["name_shown_on"])
        act = "participation.name_shown" if shown else "participation.name_hidden"
        record(actor, act, participation, person_id=person.public_id)
    return participation


def answer_first_meeting(
    *,
    actor: Actor,
    person: Person,
    session: Session,
    answer: str,
    met: Iterable[Person] = (),
    met_host: bool = False,
) -> FirstMeeting:
    """「はじめて会った人はいますか？」 One answer; after a yes, further people may be named until the last day.

    Raises ``NotPossible`` for somebody who was not there, after the last day, for a second answer that differs, and
    for a name that the person can not see.
    """
    require(actor, Permission.TIE_WRITE, person)
    if answer not in (YES, NO):
        raise NotPossible(_("「はい」か「いいえ」をえらんでください。"), "answer")
    people = list(met) if answer == YES else []
    with transaction.atomic():
        session = lock(session)  # both sides may answer at once; the tie is one
        _check_open(session)
        _own(person, session)
        nameable = {other.pk for other in nameable_people(session, person)}
        if any(other.pk not in nameable for other in people):
            raise NotPossible(_("その人の名前は、えらべません。"), "not_nameable")
        row, made = FirstMeeting.objects.get_or_create(
            person=person,
            session=session,
            defaults={
                "authority": actor.authority,
                "answer": answer,
                "effective_on": clock.today(),
                "recorded_at": clock.now(),
            },
        )
        if not made and row.answer != answer:
            raise NotPossible(_("もう、お返事をいただきました。ありがとうございました。"), "already")
        if made:
            record(actor, "first_meeting.answered", row, person_id=person.public_id, details={"answer": answer})
        for other in people:
            _say(actor, session, person, other)
        if met_host and answer == YES:
            _say_host(actor, session, person)
    return row


def answer_first_meeting_as_host(*, actor: Actor, session: Session, met: Iterable[Person]) -> list[Tie]:
    """The other side's tap: the host names those met for the first time among those who came."""
    require(actor, Permission.TIE_WRITE, session)
    with transaction.atomic():
        session = lock(session)
        _check_open(session)
        people = list(met)
        came = set(Participation.objects.filter(session=session, withdrawn_at=None).values_list("person_id", flat=True))
        if any(person.pk not in came for person in people):
            raise NotPossible(_("出席していない人がいます。"), "not_there")
        host = session.activity.host_organization or session.activity.host_person
        if isinstance(host, Organization):
            return [_say_to_organization(actor, session, person, host, "other") for person in people]
        return [_say(actor, session, host, other) for other in people if other != host]


def _say_host(actor: Actor, session: Session, person: Person) -> Tie:
    host = session.activity.host_organization or session.activity.host_person
    if isinstance(host, Organization):
        return _say_to_organization(actor, session, person, host, "person")
    if host == person:
        raise NotPossible(_("ご自分の企画です。"), "not_nameable")
    return _say(actor, session, person, host)


def _say(actor: Actor, session: Session, speaker: Person, other: Person) -> Tie:
    """``speaker`` says to have met ``other``. One row for the two, whoever speaks first."""
    mine, theirs = Q(person=speaker, other_person=other), Q(person=other, other_person=speaker)
    found = Tie.objects.filter(mine | theirs, session=session).first()
    if found is not None:
        return _also_said(actor, found, "person" if found.person_id == speaker.pk else "other")
    known = Tie.objects.filter(mine | theirs).exists()
    return _tie(actor, session, speaker, said_by="person", first_time=not known, other_person=other)


def _say_to_organization(actor: Actor, session: Session, person: Person, other: Organization, said_by: str) -> Tie:
    ties = Tie.objects.filter(person=person, other_organization=other)
    found = ties.filter(session=session).first()
    if found is not None:
        return _also_said(actor, found, said_by)
    return _tie(actor, session, person, said_by=said_by, first_time=not ties.exists(), other_organization=other)


def _also_said(actor: Actor, tie: Tie, side: str) -> Tie:
    if tie.said_by not in ("both", side):
        tie.said_by = "both"
        tie.save(update_fields=["said_by"])
        record(actor, "tie.confirmed", tie, person_id=tie.person.public_id)
    return tie


def _tie(
    actor: Actor,
    session: Session,
    person: Person,
    *,
    said_by: str,
    first_time: bool,
    other_person: Person | None = None,
    other_organization: Organization | None = None,
) -> Tie:
    tie = Tie.objects.create(
        authority=actor.authority,
        person=person,
        other_person=other_person,
        other_organization=other_organization,
        session=session,
        first_time=first_time,
        said_by=said_by,
        effective_on=session.starts_at.astimezone(clock.TOKYO).date(),
        recorded_at=clock.now(),
    )
    record(actor, "tie.made", tie, person_id=person.public_id)
    return tie


def _own(person: Person, session: Session) -> Participation:
    found = Participation.objects.filter(person=person, session=session, withdrawn_at=None).first()
    if found is None:
        raise NotPossible(_("この回に参加した人にだけ、うかがっています。"), "not_there")
    return found


def _check_open(session: Session) -> None:
    if (
        clock.today() < session.starts_at.astimezone(clock.TOKYO).date()
    ):  # who comes early may answer, as they may attend
        raise NotPossible(_("はじまってから、お答えください。"), "future")
    last: dt.date = answerable_until(session)
    if clock.today() > last:
        raise NotPossible(_("お返事をいただける日が、すぎました。"), "late")
