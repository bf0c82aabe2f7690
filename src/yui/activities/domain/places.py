"""Places of an opportunity. Every function here is called while the opportunity's row is locked."""

import hashlib
import secrets

from yui.activities.domain import next_things, notices
from yui.activities.filling import asked, line_of, pace_of, rule_of
from yui.activities.models import Application, Opportunity
from yui.activities.states import ApplicationState, ApplicationStep, OpportunityState, application_after
from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.audit.record import record
from yui.engine.places import Filled, answer_until, fill

FULL, ENDED = "full", "ended"
"""Why somebody who waited got no place: nobody left, or the host ended it."""


def hash_of(token: str) -> str:
    """What is stored of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def takes_answers(opportunity: Opportunity) -> bool:
    """Whether places are given at all: taking people or closed for new ones, and its date still to come."""
    if opportunity.state not in (OpportunityState.OPEN, OpportunityState.CLOSED):
        return False
    session = opportunity.session
    return session is None or (session.cancelled_on is None and session.starts_at > clock.now())


def fill_places(*, actor: Actor, opportunity: Opportunity, new: Application | None = None) -> Filled | None:
    """Let lapsed offers go, offer what is free to those who wait, give ``new`` a place if there is one for them.

    Nothing happens, and None is returned, where no places are given any more.
    """
    if not takes_answers(opportunity):
        return None
    line = line_of(opportunity)
    told = fill(rule_of(opportunity), asked(line, new=new), clock.now())
    rows = {row.public_id: row for row in line}
    for key in told.lapsed:
        _lapse(actor, rows[key])
    for key in told.placed:
        move(actor=actor, application=rows[key], step=ApplicationStep.PLACE, note=False)
    for key in told.offered:
        _offer(actor, opportunity, rows[key])
    return told


def give_up(*, actor: Actor, opportunity: Opportunity, reason: str, but_offered: bool = False) -> int:
    """End the line: no place can become free in time (``FULL``), or it is over (``ENDED``). Everybody is told why.

    ``but_offered``: who has an offer keeps it. Returns how many were told.
    """
    stays = {ApplicationState.PLACED, ApplicationState.OFFERED} if but_offered else {ApplicationState.PLACED}
    waiting = [row for row in line_of(opportunity) if row.state not in stays]
    for application in waiting:
        move(actor=actor, application=application, step=ApplicationStep.GIVE_UP, details={"reason": reason})
    for position, application in enumerate(waiting, start=1):
        things = next_things.choose_next_things(actor=actor, application=application)
        notices.no_place(actor, application, reason=reason, position=position, things=things)
    return len(waiting)


def move(
    *,
    actor: Actor,
    application: Application,
    step: ApplicationStep,
    note: bool = True,
    details: dict[str, str] | None = None,
) -> None:
    """Write a step that the table allows, and note it in the audit. Ends what is over."""
    reached = application_after(application.state, step)
    if reached is None:
        raise ValueError(f"no step {step} from {application.state}")
    application.state = reached
    application.link_hash, application.by_desk = "", False
    if reached not in (ApplicationState.PLACED, ApplicationState.OFFERED):
        application.ended_at = clock.now()
    application.save(update_fields=["state", "ended_at", "link_hash", "by_desk"])
    if note:
        record(
            actor,
            f"application.{reached}",
            application,
            person_id=application.person.public_id,
            details={"step": str(step), **(details or {})},
        )


def _offer(actor: Actor, opportunity: Opportunity, application: Application) -> None:
    """A place is kept for the person until an instant, and they are asked by the way they chose."""
    token = secrets.token_urlsafe(24)
    by_desk = notices.first_channel(actor, application.person) != "mail"
    starts_at = opportunity.session.starts_at if opportunity.session is not None else None
    move(actor=actor, application=application, step=ApplicationStep.OFFER)
    application.offered_at = clock.now()
    application.answer_until = answer_until(pace_of(opportunity), clock.now(), starts_at, by_desk=by_desk)
    application.by_desk, application.link_hash = by_desk, hash_of(token)
    application.save(update_fields=["offered_at", "answer_until", "by_desk", "link_hash"])
    notices.offered(actor, application, token)


def _lapse(actor: Actor, application: Application) -> None:
    move(actor=actor, application=application, step=ApplicationStep.LAPSE)
    things = next_things.choose_next_things(actor=actor, application=application)
    notices.lapsed(actor, application, things)
