"""Places of an opportunity. Every function here is called while the opportunity's row is locked."""

from yui.activities.domain import notices
from yui.activities.models import Application, Opportunity
from yui.activities.states import ApplicationState, OpportunityState
from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.audit.record import record


def places_left(opportunity: Opportunity) -> int:
    """Free places; never less than 0, also after the capacity was lowered."""
    taken = Application.objects.filter(opportunity=opportunity, state=ApplicationState.PLACED, ended_at=None).count()
    return max(0, opportunity.capacity - taken)


def move_up(*, actor: Actor, opportunity: Opportunity) -> int:
    """Give free places to those who wait, in the order of their arrival, and tell them. Returns how many."""
    if opportunity.state not in (OpportunityState.OPEN, OpportunityState.CLOSED):
        return 0
    session = opportunity.session
    if session is not None and (session.cancelled_on is not None or session.starts_at <= clock.now()):
        return 0
    left = places_left(opportunity)
    waiting = Application.objects.filter(opportunity=opportunity, state=ApplicationState.WAITING, ended_at=None)
    moved = list(waiting.order_by("recorded_at", "id").select_related("person", "opportunity")[:left])
    for application in moved:
        application.state = ApplicationState.PLACED
        application.save(update_fields=["state"])
        record(actor, "application.moved_up", application, person_id=application.person.public_id)
        notices.moved_up(actor, application)
    return len(moved)
