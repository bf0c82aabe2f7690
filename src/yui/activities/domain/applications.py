"""Applications: places in the order of arrival, given while the opportunity's row is locked."""

from django.db import transaction
from django.utils.translation import gettext as _

from yui.activities.domain import notices
from yui.activities.domain.locks import lock
from yui.activities.domain.places import move_up, places_left
from yui.activities.models import Application, Opportunity
from yui.activities.states import (
    APPLICATIONS,
    LIVE,
    ApplicationState,
    ApplicationStep,
    OpportunityState,
    application_after,
)
from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible, Refused
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere, require
from yui.base.audit.record import record
from yui.people.models import Person


def apply_to_opportunity(*, actor: Actor, opportunity: Opportunity, person: Person, message: str = "") -> Application:
    """A person asks to join: gets a place while there is one, waits otherwise.

    Raises ``NotPossible`` when the opportunity takes no one, when the person has applied already or is not of the age
    it is for.
    """
    require(actor, Permission.APPLICATION_WRITE, person)
    with transaction.atomic():
        opportunity = lock(opportunity)
        require_open(opportunity)
        _check_age(opportunity, person)
        if Application.objects.filter(opportunity=opportunity, person=person, ended_at=None).exists():
            raise NotPossible(_("この出番には、もう応募しています。"), "already")
        application = Application.objects.create(
            authority=actor.authority,
            opportunity=opportunity,
            person=person,
            state=ApplicationState.PLACED if places_left(opportunity) else ApplicationState.WAITING,
            effective_on=clock.today(),
            recorded_at=clock.now(),
            message=message.strip(),
        )
        record(
            actor,
            "application.made",
            application,
            person_id=person.public_id,
            details={"state": str(application.state)},
        )
        notices.application_received(actor, application)
    return application


def cancel_application(*, actor: Actor, application: Application) -> Application:
    """The person does not come after all; the first who waits moves up. Only the person or staff may."""
    require(actor, Permission.APPLICATION_WRITE, application)
    if application.person_id not in actor.person_ids and not holds_everywhere(actor, Permission.APPLICATION_WRITE):
        raise Refused(_("応募を取りやめられるのは、ご本人だけです。"), "not_own")
    return _end(actor, application, ApplicationStep.CANCEL)


def refuse_application(*, actor: Actor, application: Application) -> Application:
    """見送り, by the host or staff. The first who waits moves up; the person is told without a reason."""
    require(actor, Permission.ACTIVITY_WRITE, application.opportunity)
    return _end(actor, application, ApplicationStep.REFUSE)


def require_open(opportunity: Opportunity) -> None:
    """Raise ``NotPossible`` unless the opportunity takes applications now."""
    session = opportunity.session
    if session is not None and session.cancelled_on is not None:
        raise NotPossible(_("この回は、中止になりました。"), "cancelled")
    over = session is not None and session.starts_at <= clock.now()
    late = opportunity.closes_on is not None and opportunity.closes_on < clock.today()
    if opportunity.state != OpportunityState.OPEN or over or late:
        raise NotPossible(_("この出番の募集は、おわりました。ほかの出番も見てみてください。"), "closed")


def _end(actor: Actor, application: Application, step: ApplicationStep) -> Application:
    with transaction.atomic():
        opportunity = lock(application.opportunity)  # the same lock as applying: a place is freed and given at once
        application = lock(application)
        before = ApplicationState(application.state)
        reached = application_after(before, step) if application.ended_at is None else None
        if reached is None or before not in LIVE:
            raise NotPossible(
                _("いまは「%(state)s」なので、変えられません。") % {"state": _(APPLICATIONS[before].resident_label)},
                "wrong_state",
            )
        application.state = reached
        application.ended_at = clock.now()
        application.save(update_fields=["state", "ended_at"])
        record(actor, f"application.{reached}", application, person_id=application.person.public_id)
        if step is ApplicationStep.REFUSE:
            notices.application_refused(actor, application)
        move_up(actor=actor, opportunity=opportunity)
    return application


def _check_age(opportunity: Opportunity, person: Person) -> None:
    """Only the year of birth is known: whoever may be of the age is let in."""
    if person.birth_year is None:
        return
    turns = clock.today().year - person.birth_year
    too_young = opportunity.age_from is not None and turns < opportunity.age_from
    too_old = opportunity.age_to is not None and turns - 1 > opportunity.age_to
    if too_young or too_old:
        raise NotPossible(_("この出番は、年齢にきまりがあります。くわしくは窓口に電話してください。"), "age")
