"""Who came: by the host's list, or by the person with the code shown at the place."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from yui.activities.domain.locks import lock
from yui.activities.models import Application, Participation, Session
from yui.activities.queries import expected_people
from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere, require
from yui.base.audit.record import record
from yui.people.models import Person

ROLES = ("attended", "helped", "led")


@dataclass(frozen=True, slots=True)
class Attendance:
    """One ticked line. ``minutes``: how long the person stayed, where it was noticed."""

    person: Person
    role: str = "attended"
    minutes: int | None = None


def record_attendance(
    *, actor: Actor, session: Session, present: Iterable[Attendance], withdrawn: Iterable[Person] = ()
) -> list[Participation]:
    """Write down who came. Already recorded ones stay; ``withdrawn`` were ticked by mistake and count no more.

    A host may tick those who applied, hosts or have come by code; staff anybody of the town.
    """
    require(actor, Permission.ATTENDANCE_WRITE, session)
    present = list(present)
    with transaction.atomic():
        session = lock(session)
        _check_day(session)
        if not holds_everywhere(actor, Permission.ATTENDANCE_WRITE):
            known = {person.pk for person in expected_people(session)}
            if any(line.person.pk not in known for line in present):
                raise NotPossible(_("名簿にない人がいます。窓口に電話して、加えてもらってください。"), "not_listed")
        for person in withdrawn:
            _withdraw(actor, session, person)
        return [_come(actor, session, line, Participation.How.LIST) for line in present]


def attend_by_code(
    *, actor: Actor, person: Person, code: str, how: Participation.How = Participation.How.CODE
) -> Participation:
    """The person says "I am here" with the code of the place, on the day itself. Twice is the same as once."""
    require(actor, Permission.ATTENDANCE_WRITE, person)
    session = Session.objects.filter(code=plain_code(code) or "-", cancelled_on=None).first()
    if session is None:
        raise NotPossible(_("その合言葉の回は、見つかりませんでした。会場の紙をもう一度見てください。"), "code")
    if clock.today() not in (
        session.starts_at.astimezone(clock.TOKYO).date(),
        session.ends_at.astimezone(clock.TOKYO).date(),
    ):
        raise NotPossible(_("この合言葉が使えるのは、その日だけです。主催の人に声をかけてください。"), "day")
    with transaction.atomic():
        session = lock(session)
        return _come(actor, session, Attendance(person), how)


def plain_code(text: str) -> str:
    """A code as it is stored, however it was typed: full width, capitals, with hyphens or spaces."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())[:16]


def _check_day(session: Session) -> None:
    if session.cancelled_on is not None:
        raise NotPossible(_("中止になった回です。出席はつけられません。"), "cancelled")
    if session.starts_at.astimezone(clock.TOKYO).date() > clock.today():
        raise NotPossible(_("出席は、その日になってからつけてください。"), "future")


def _come(actor: Actor, session: Session, line: Attendance, how: Participation.How) -> Participation:
    if line.role not in ROLES:
        raise ValueError(f"unknown role {line.role}")
    found = Participation.objects.filter(session=session, person=line.person, withdrawn_at=None).first()
    if found is not None:
        return found
    application = (
        Application.objects.filter(person=line.person, opportunity__activity=session.activity_id, ended_at=None)
        .filter(opportunity__session__in=[session])
        .first()
        or Application.objects.filter(
            person=line.person, opportunity__activity=session.activity_id, opportunity__session=None, ended_at=None
        ).first()
    )
    made = Participation.objects.create(
        authority=actor.authority,
        session=session,
        person=line.person,
        opportunity_id=application.opportunity_id if application else None,
        role=line.role,
        minutes=line.minutes,
        how=how,
        effective_on=session.starts_at.astimezone(clock.TOKYO).date(),
        recorded_at=clock.now(),
        recorded_by=actor.account,
    )
    record(actor, "participation.recorded", made, person_id=line.person.public_id, details={"how": str(how)})
    return made


def _withdraw(actor: Actor, session: Session, person: Person) -> None:
    for found in Participation.objects.filter(session=session, person=person, withdrawn_at=None):
        found.withdrawn_at = clock.now()
        found.save(update_fields=["withdrawn_at"])
        record(actor, "participation.withdrawn", found, person_id=person.public_id)
