"""Answering an offered place, by oneself, by the link in the message, or by staff for what was said on the telephone."""

import datetime as dt
from dataclasses import replace

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from yui.activities.domain import notices
from yui.activities.domain.applications import cancel_application, leave_for, require_own
from yui.activities.domain.locks import lock, lock_person
from yui.activities.domain.overlaps import check_free, overlapping
from yui.activities.domain.places import FULL, fill_places, give_up, hash_of, move, takes_answers
from yui.activities.filling import rule_of
from yui.activities.models import Application, Opportunity
from yui.activities.states import ApplicationState, ApplicationStep, OpportunityState
from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import Gone, NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require

NEAR = dt.timedelta(days=3)
"""So long before the beginning the lines are looked at each minute: there may be no time left to ask anybody."""


def accept_offer(*, actor: Actor, application: Application, instead_of: Application | None = None) -> Application:
    """はい: the place that was kept is theirs. ``instead_of`` as in applying.

    Raises ``NotPossible`` for what is no offer or lapsed (the next is asked then), ``Overlap`` for a promise elsewhere.
    """
    require(actor, Permission.APPLICATION_WRITE, application)
    require_own(actor, application)
    with transaction.atomic():
        lock_person(application.person)
        opportunity = leave_for(actor, application.opportunity, application.person, instead_of)
        application = lock(application)
        if application.state != ApplicationState.OFFERED or not takes_answers(opportunity):
            raise NotPossible(_("この空きのお知らせは、もう終わっています。"), "no_offer")
        late = application.answer_until is not None and application.answer_until <= clock.now()
        if late:
            fill_places(actor=actor, opportunity=opportunity)
        else:
            check_free(application.person, opportunity, leave_out=instead_of)
            move(actor=actor, application=application, step=ApplicationStep.ACCEPT)
            notices.place_taken(actor, application)
    if late:  # after the commit, so that the next one is asked all the same
        raise NotPossible(_("お返事の期限がすぎたので、次の方にうかがっています。もう一度、応募できます。"), "lapsed")
    return application


def open_offer(token: str) -> Application:
    """The offer behind a link. Raises ``Gone`` when it is answered, over or unknown; all sound the same."""
    rows = Application.objects.select_related("person", "opportunity__activity__host_organization")
    row = rows.select_related("opportunity__session").filter(link_hash=hash_of(token), ended_at=None).first()
    over = row is None or row.state != ApplicationState.OFFERED or not takes_answers(row.opportunity)
    if row is None or over or (row.answer_until is not None and row.answer_until <= clock.now()):
        raise Gone(_("このリンクは、もう使えません。お返事がすんだか、期限がすぎています。"), "over")
    return row


def answer_by_link(*, actor: Actor, token: str, yes: bool, instead: bool = False) -> Application:
    """The answer that came with the link of the message; holding the link is the right. ``instead``: give up whatever
    the person has at that time. Raises ``Gone``."""
    application = open_offer(token)
    by_link = replace(actor, system=actor.system or "activities.link")
    if not yes:
        return cancel_application(actor=by_link, application=application)
    other = overlapping(application.person, application.opportunity) if instead else None
    return accept_offer(actor=by_link, application=application, instead_of=other)


def keep_places_moving(*, actor: Actor) -> int:
    """For the work of each minute: let lapsed offers go on to the next, free what was kept for first-timers, and end
    the lines for which no place can become free in time. Returns for how many opportunities something was done."""
    require(actor, Permission.ACTIVITY_WRITE)
    count = 0
    for found in list(_due()):
        with transaction.atomic():
            opportunity = lock(found)
            told = fill_places(actor=actor, opportunity=opportunity)
            done = told is not None and bool(told.lapsed or told.offered)
            if told is None:  # it has begun
                done = give_up(actor=actor, opportunity=opportunity, reason=FULL) > 0
            elif told.waiting and not rule_of(opportunity).offers:
                # An offer still open keeps its time; whoever waits behind it can not be asked any more either way.
                done = give_up(actor=actor, opportunity=opportunity, reason=FULL, but_offered=True) > 0
        count += done
    return count


def _due() -> list[Opportunity]:
    """Opportunities with an offer past its time, with a date so near that waiting may be over, or with kept places."""
    now = clock.now()
    live = Application.objects.filter(opportunity=OuterRef("pk"), ended_at=None)
    waiting = live.filter(state=ApplicationState.WAITING)
    lapsed = live.filter(state=ApplicationState.OFFERED, answer_until__lte=now)
    rows = Opportunity.objects.filter(state__in=[OpportunityState.OPEN, OpportunityState.CLOSED])
    rows = rows.filter(Q(session=None) | Q(session__cancelled_on=None))
    near_or_kept = Q(session__starts_at__lte=now + NEAR) | Q(kept_places__gt=0)
    rows = rows.filter(Exists(lapsed) | (Exists(waiting) & near_or_kept))
    return list(rows.order_by("id"))
