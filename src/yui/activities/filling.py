"""What the engine is asked about the places of an opportunity: its rule, its line, the town's pace. Reads only."""

import datetime as dt
from collections.abc import Iterable

from yui.activities.models import Application, Opportunity, Participation
from yui.activities.states import LIVE, ApplicationState
from yui.base import clock
from yui.base.definitions import current
from yui.engine.places import Asked, Pace, Rule, Stand, answer_until
from yui.people.models import Person

STANDS = {
    ApplicationState.PLACED: Stand.PLACED,
    ApplicationState.OFFERED: Stand.OFFERED,
    ApplicationState.WAITING: Stand.WAITING,
}


def pace_of(opportunity: Opportunity) -> Pace:
    """The town's hours for answering an offer."""
    given = current(opportunity.authority).activities.filling
    return Pace(
        hours=given.offer_hours.value,
        desk_hours=given.offer_desk_hours.value,
        shortest_hours=given.offer_shortest_hours.value,
        spare_hours=given.offer_spare_hours.value,
        night_from=given.night_from.value,
        night_to=given.night_to.value,
    )


def kept_until(opportunity: Opportunity) -> dt.date | None:
    """The last day on which places are kept for first-timers: as the host says, else as the town does."""
    if opportunity.kept_until is not None or not opportunity.kept_places:
        return opportunity.kept_until
    day = opportunity.closes_on
    if opportunity.session is not None:
        day = opportunity.session.starts_at.astimezone(clock.TOKYO).date()
    before = current(opportunity.authority).activities.filling.kept_days_before.value
    return day - dt.timedelta(days=before) if day is not None else None


def rule_of(opportunity: Opportunity) -> Rule:
    """Capacity and kept places, and whether there is still time to ask anybody."""
    starts_at = opportunity.session.starts_at if opportunity.session is not None else None
    return Rule(
        capacity=opportunity.capacity,
        kept=opportunity.kept_places,
        kept_until=kept_until(opportunity),
        offers=answer_until(pace_of(opportunity), clock.now(), starts_at) is not None,
    )


def line_of(opportunity: Opportunity) -> list[Application]:
    """Everybody who has a place, is asked or waits, in the order of arrival."""
    rows = Application.objects.filter(opportunity=opportunity, state__in=LIVE, ended_at=None)
    return list(rows.select_related("person", "opportunity").order_by("recorded_at", "id"))


def asked(rows: Iterable[Application], *, new: Application | None = None) -> list[Asked]:
    """The line as the engine reads it; ``new`` is the one who has just asked."""
    return [
        Asked(
            key=row.public_id,
            stand=Stand.NEW if row == new else STANDS[ApplicationState(row.state)],
            first_timer=row.first_timer,
            answer_until=row.answer_until,
        )
        for row in rows
    ]


def is_first_timer(person: Person) -> bool:
    """はじめての人: no participation has been recorded, wherever and in whatever role."""
    return not Participation.objects.filter(person=person, withdrawn_at=None).exists()
