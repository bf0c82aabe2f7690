"""Applications: places in the order of arrival, given while the opportunity's row is locked."""

from django.db import transaction
from django.utils.translation import gettext as _

from yui.activities.domain import next_things, notices
from yui.activities.domain.locks import lock, lock_all, lock_person
from yui.activities.domain.overlaps import check_free
from yui.activities.domain.places import fill_places, move
from yui.activities.filling import is_first_timer, rule_of
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


def apply_to_opportunity(
    *,
    actor: Actor,
    opportunity: Opportunity,
    person: Person,
    message: str = "",
    instead_of: Application | None = None,
) -> Application:
    """A person asks to join: gets a place while there is one, waits otherwise.

    ``instead_of``: a place of the same person at the same time, given up in the same act. Raises ``NotPossible`` when
    the opportunity takes no one, when the person has applied already or is not of the age it is for, when it is full
    and too near to wait for; ``Overlap`` when the person has promised to be elsewhere.
    """
    require(actor, Permission.APPLICATION_WRITE, person)
    with transaction.atomic():
        lock_person(person)
        opportunity = leave_for(actor, opportunity, person, instead_of)
        require_open(opportunity)
        _check_age(opportunity, person)
        if Application.objects.filter(opportunity=opportunity, person=person, ended_at=None).exists():
            raise NotPossible(_("この出番には、もう応募しています。"), "already")
        check_free(person, opportunity)
        application = Application.objects.create(
            authority=actor.authority,
            opportunity=opportunity,
            person=person,
            state=ApplicationState.WAITING,
            effective_on=clock.today(),
            recorded_at=clock.now(),
            message=message.strip(),
            first_timer=is_first_timer(person),
        )
        told = fill_places(actor=actor, opportunity=opportunity, new=application)
        position = told.position(application.public_id) if told is not None else 0
        if position and not rule_of(opportunity).offers:
            raise NotPossible(_("いっぱいになりました。その日が近いので、空きを待つこともできません。"), "full")
        application.refresh_from_db()
        record(
            actor,
            "application.made",
            application,
            person_id=person.public_id,
            details={"state": str(application.state)},
        )
        things = next_things.choose_next_things(actor=actor, application=application) if position else []
        notices.application_received(actor, application, position=position, things=things)
    return application


def cancel_application(*, actor: Actor, application: Application) -> Application:
    """The person does not come after all, or does not take the place offered; the next is asked. Only the person or
    staff may."""
    require(actor, Permission.APPLICATION_WRITE, application)
    require_own(actor, application)
    return _end(actor, application, ApplicationStep.CANCEL)


def refuse_application(*, actor: Actor, application: Application) -> Application:
    """見送り, by the host or staff. The next is asked; the person is told without a reason, with two other things."""
    require(actor, Permission.ACTIVITY_WRITE, application.opportunity)
    return _end(actor, application, ApplicationStep.REFUSE)


def require_own(actor: Actor, application: Application) -> None:
    """Raise ``Refused`` unless it is the actor's own, or the actor writes down for everybody what they said."""
    if application.person_id not in actor.person_ids and not holds_everywhere(actor, Permission.APPLICATION_WRITE):
        raise Refused(_("応募を取りやめたり、お返事したりできるのは、ご本人だけです。"), "not_own")


def leave_for(actor: Actor, opportunity: Opportunity, person: Person, instead_of: Application | None) -> Opportunity:
    """Lock the opportunity, giving up the other place of the same person first. For the acts of this wing."""
    if instead_of is None:
        return lock(opportunity)
    if instead_of.person_id != person.pk:
        raise Refused(_("ご自分の応募だけが取りやめられます。"), "not_own")
    lock_all([opportunity, instead_of.opportunity])
    _end(actor, instead_of, ApplicationStep.CANCEL)
    return lock(opportunity)


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
        move(actor=actor, application=application, step=step)
        if step is ApplicationStep.REFUSE:
            things = next_things.choose_next_things(actor=actor, application=application)
            notices.application_refused(actor, application, things)
        fill_places(actor=actor, opportunity=opportunity)
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
