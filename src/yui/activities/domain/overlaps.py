"""No double booking: two dates of one person do not meet, with the way and the preparation between them."""

import datetime as dt

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yui.activities.models import Application, Opportunity, Session
from yui.activities.states import ApplicationState
from yui.activities.wording import session_text
from yui.base.access.errors import NotPossible
from yui.base.definitions import current
from yui.people.models import Person


class Overlap(NotPossible):
    """The person has promised to be elsewhere at that time. ``other`` is the application that stands."""

    def __init__(self, other: Application) -> None:
        session = other.opportunity.session
        when = session_text(session, get_language() or "ja") if session is not None else ""
        super().__init__(
            _("同じころに「%(title)s」（%(when)s）に行くことになっています。どちらかをえらんでください。")
            % {"title": other.opportunity.title, "when": when},
            "overlap",
        )
        self.other = other


def check_hour(person: Person, starts_at: dt.datetime, ends_at: dt.datetime, *, but: Opportunity) -> None:
    """Raise ``Overlap`` when the person is to be elsewhere at that time; for meetings that are no date of an activity.

    ``but``: what the meeting is about; one may meet there.
    """
    other = place_at(person, Session(authority=person.authority, starts_at=starts_at, ends_at=ends_at), but=but)
    if other is not None:
        raise Overlap(other)


def overlapping(
    person: Person, opportunity: Opportunity, *, leave_out: Application | None = None
) -> Application | None:
    """The person's place elsewhere that meets the date of ``opportunity``; None where nothing does.

    Only dates known in advance can meet: an opportunity bound to no date is agreed on with the host.
    """
    if opportunity.session is None:
        return None
    return place_at(person, opportunity.session, leave_out=leave_out, but=opportunity)


def place_at(
    person: Person, session: Session, *, leave_out: Application | None = None, but: Opportunity | None = None
) -> Application | None:
    """The person's place at a date that meets ``session`` (which need not be stored)."""
    gap = dt.timedelta(minutes=current(session.authority).activities.filling.between_minutes.value)
    rows = Application.objects.filter(person=person, state=ApplicationState.PLACED, ended_at=None).filter(
        opportunity__session__cancelled_on=None,
        opportunity__session__starts_at__lt=session.ends_at + gap,
        opportunity__session__ends_at__gt=session.starts_at - gap,
    )
    if but is not None:
        rows = rows.exclude(opportunity=but)
    if leave_out is not None:
        rows = rows.exclude(pk=leave_out.pk)
    return rows.select_related("opportunity__session").order_by("recorded_at", "id").first()


def check_free(person: Person, opportunity: Opportunity, *, leave_out: Application | None = None) -> None:
    """Raise ``Overlap`` unless the person has nothing else at that time."""
    other = overlapping(person, opportunity, leave_out=leave_out)
    if other is not None:
        raise Overlap(other)
