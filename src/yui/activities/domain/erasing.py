"""What goes and what stays of this wing when a person is erased; called in the transaction of the erasure.

Gone: the words of applications, marks, what was shown instead, the wish to be seen. Ended: live applications (the next is
asked) and what the person was hosting. Staying under the pseudonymous id: participations, ties, answers, because they were counted.
"""

from yui.activities.domain.activities import end_activity
from yui.activities.domain.locks import lock
from yui.activities.domain.opportunities import take_back_opportunity
from yui.activities.domain.places import fill_places
from yui.activities.models import Activity, Application, Bookmark, NextThing, Opportunity, Participation
from yui.activities.states import LIVE, ApplicationState, OpportunityState
from yui.base import clock
from yui.base.access.actor import Actor, system_actor
from yui.base.access.rules import town_of
from yui.people.models import Person


def erase_in_activities(*, actor: Actor, person: Person) -> None:
    """The eraser of this wing. The house ends what is running; who asked stands in the audit of the erasure."""
    house = system_actor(town_of(actor), "erasure")
    for application in Application.objects.filter(person=person, state__in=LIVE, ended_at=None):
        opportunity = lock(application.opportunity)
        application.state, application.ended_at = ApplicationState.CANCELLED, clock.now()
        application.link_hash = ""
        application.save(update_fields=["state", "ended_at", "link_hash"])
        fill_places(actor=house, opportunity=opportunity)
    for activity in Activity.objects.filter(host_person=person, ended_on=None):
        for opportunity in Opportunity.objects.filter(activity=activity, state=OpportunityState.SUBMITTED):
            take_back_opportunity(actor=house, opportunity=opportunity)
        end_activity(actor=house, activity=activity)
    Application.objects.filter(person=person).update(message="")
    Bookmark.objects.filter(person=person).delete()
    NextThing.objects.filter(person=person).delete()
    Participation.objects.filter(person=person).update(name_shown_on=None)
