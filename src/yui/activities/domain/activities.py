"""Activities and their sessions."""

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from yui.activities.domain import notices
from yui.activities.domain.locks import check_version, lock
from yui.activities.models import Activity, Application, Opportunity, Session
from yui.activities.states import LIVE, OpportunityState
from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere, require
from yui.base.audit.record import record
from yui.base.search.domain import index
from yui.base.tenancy.models import ALPHABET, District
from yui.people.models import Organization, Person

if TYPE_CHECKING:
    from yui.activities.domain.opportunities import OpportunityPlan

CODE_LENGTH = 6


@dataclass(frozen=True, slots=True)
class ActivityPlan:
    """What an activity says of itself."""

    title: str
    about: str = ""
    district: District | None = None
    commission_key: str = ""


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """One date. Both instants are aware."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str = ""


def open_activity(
    *,
    actor: Actor,
    host: Person | Organization,
    plan: ActivityPlan,
    sessions: Sequence[SessionPlan] = (),
    opportunities: "Sequence[OpportunityPlan]" = (),
    initiated_by: Activity.Initiative | str = Activity.Initiative.RESIDENTS,
) -> Activity:
    """Begin an activity with its dates and its opportunities (as drafts), all or nothing.

    Only staff may say that the city or the contractor began it; anybody else's is begun by residents.
    """
    from yui.activities.domain.opportunities import create_opportunity  # both files make each other's rows

    require(actor, Permission.ACTIVITY_WRITE, host)
    if not holds_everywhere(actor, Permission.ACTIVITY_WRITE):
        initiated_by = Activity.Initiative.RESIDENTS
    if not plan.title.strip():
        raise NotPossible(_("企画の名前を書いてください。"), "title")
    with transaction.atomic():
        activity = Activity.objects.create(
            authority=actor.authority,
            host_person=host if isinstance(host, Person) else None,
            host_organization=host if isinstance(host, Organization) else None,
            initiated_by=initiated_by,
            effective_on=clock.today(),
            recorded_at=clock.now(),
            made_by=actor.account,
            **asdict(plan) | {"district": plan.district},
        )
        record(actor, "activity.opened", activity, details={"by": str(initiated_by)})
        dates = [_create_session(actor, activity, session) for session in sessions]
        for opportunity in opportunities:
            create_opportunity(actor=actor, activity=activity, plan=opportunity, sessions=dates)
    return activity


def update_activity(*, actor: Actor, activity: Activity, version: int, values: dict[str, Any]) -> Activity:
    """Write title, about or district anew. Raises ``Stale`` with both texts when somebody saved in between."""
    require(actor, Permission.ACTIVITY_WRITE, activity)
    if unknown := set(values) - {"title", "about", "district"}:
        raise ValueError(f"an activity has no such words: {sorted(unknown)}")
    if "title" in values and not values["title"].strip():
        raise NotPossible(_("企画の名前を書いてください。"), "title")
    with transaction.atomic():
        activity = lock(activity)
        check_version(activity, version, values)
        for name, value in values.items():
            setattr(activity, name, value)
        activity.version += 1
        activity.save()
        index(activity.authority_id, "opportunity", list(activity.opportunities.values_list("pk", flat=True)))
        record(actor, "activity.updated", activity, fields=values)
    return activity


def end_activity(*, actor: Actor, activity: Activity) -> Activity:
    """The activity is over, and so is everything it had opened."""
    from yui.activities.domain.opportunities import end_opportunity  # both files make each other's rows

    require(actor, Permission.ACTIVITY_WRITE, activity)
    with transaction.atomic():
        activity = lock(activity)
        if activity.ended_on is not None:
            raise NotPossible(_("この企画は、もうおわっています。"), "ended")
        for opportunity in activity.opportunities.exclude(
            state__in=[OpportunityState.ENDED, OpportunityState.SUBMITTED]
        ):
            end_opportunity(actor=actor, opportunity=opportunity)
        if activity.opportunities.filter(state=OpportunityState.SUBMITTED).exists():
            raise NotPossible(_("確認中の出番があります。取り下げてから、おわりにしてください。"), "submitted")
        activity.ended_on = clock.today()
        activity.version += 1
        activity.save()
        record(actor, "activity.ended", activity)
    return activity


def add_session(*, actor: Actor, activity: Activity, plan: SessionPlan) -> Session:
    """Add a date."""
    require(actor, Permission.ACTIVITY_WRITE, activity)
    if activity.ended_on is not None:
        raise NotPossible(_("この企画は、もうおわっています。"), "ended")
    with transaction.atomic():
        return _create_session(actor, activity, plan)


def cancel_session(*, actor: Actor, session: Session) -> Session:
    """A date is off. Everyone who wanted to come is told; what belonged to this date alone takes no one in any more."""
    from yui.activities.domain.opportunities import close_at_once  # both files make each other's rows

    require(actor, Permission.ACTIVITY_WRITE, session)
    with transaction.atomic():
        session = lock(session)
        if session.cancelled_on is not None:
            raise NotPossible(_("この回は、もう中止になっています。"), "cancelled")
        if session.ends_at <= clock.now():
            raise NotPossible(_("もうおわった回は、中止にできません。"), "past")
        session.cancelled_on = clock.today()
        session.save()
        record(actor, "session.cancelled", session)
        for opportunity in Opportunity.objects.filter(session=session, state=OpportunityState.OPEN):
            close_at_once(actor, opportunity)
        wanted = Application.objects.filter(
            opportunity__activity=session.activity, state__in=LIVE, ended_at=None
        ).filter(opportunity__session__in=[session]) | Application.objects.filter(
            opportunity__activity=session.activity, opportunity__session=None, state__in=LIVE, ended_at=None
        )
        for application in wanted.select_related("person", "opportunity"):
            notices.session_cancelled(actor, application, session)
    return session


def _create_session(actor: Actor, activity: Activity, plan: SessionPlan) -> Session:
    if plan.ends_at <= plan.starts_at:
        raise NotPossible(_("おわりの時刻は、はじまりより後にしてください。"), "ends_at")
    if plan.ends_at - plan.starts_at > dt.timedelta(days=1):
        raise NotPossible(_("1回は24時間までです。つづく日は、回を分けてください。"), "ends_at")
    session = Session.objects.create(
        authority=actor.authority,
        activity=activity,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        place=plan.place,
        code=_new_code(),
    )
    record(actor, "session.added", session)
    return session


def _new_code() -> str:
    """A code that no session of the town has. Six letters of 27 are read out easily and are not guessed in a day."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
        if not Session.objects.filter(code=code).exists():
            return code
