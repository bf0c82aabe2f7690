"""Opportunities: written, laid before the town, opened, closed, ended."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from yui.activities.choices import ChoiceKeys, check_choices, check_words
from yui.activities.domain.locks import check_version, lock
from yui.activities.domain.places import ENDED, FULL, fill_places, give_up
from yui.activities.holds import hold_on
from yui.activities.models import Activity, Application, Opportunity, OpportunityChange, OpportunityChoice, Session
from yui.activities.states import (
    EDITABLE,
    LIVE,
    OPPORTUNITIES,
    ApplicationState,
    OpportunityState,
    OpportunityStep,
    opportunity_after,
)
from yui.base import clock
from yui.base.access.actor import Actor, system_actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere, require, town_of
from yui.base.approvals.domain import request_approval, withdraw
from yui.base.approvals.models import Approval
from yui.base.approvals.queries import approval_of
from yui.base.approvals.states import State as ApprovalState
from yui.base.audit.record import record
from yui.base.definitions import current
from yui.base.search.domain import index
from yui.base.tenancy.addresses import town_url
from yui.base.tenancy.models import District

APPROVAL_KIND = "opportunity"
PRACTICAL = frozenset({"capacity", "kept_places", "kept_until", "closes_on", "when_text", "place"})
"""What a host may still change after the town's approval; the rest was what the town approved."""


@dataclass(frozen=True, slots=True)
class OpportunityPlan:
    """What an opportunity says of itself. ``session``: which of the sessions given with it, counted from 0."""

    title: str
    kind: str = Opportunity.Kind.HELP
    about: str = ""
    session: int | None = None
    when_text: str = ""
    any_time: bool = False
    place: str = ""
    district: District | None = None
    online: bool = False
    smallest_minutes: int = 30
    capacity: int = 1
    age_from: int | None = None
    age_to: int | None = None
    stage: str = ""
    first_timers: bool = True
    kept_places: int = 0
    kept_until: dt.date | None = None
    closes_on: dt.date | None = None
    choices: ChoiceKeys = field(default_factory=dict)


COLUMNS = frozenset(entry.name for entry in fields(OpportunityPlan)) - {"choices", "session"} | {"session"}


def add_opportunity(*, actor: Actor, activity: Activity, plan: OpportunityPlan) -> Opportunity:
    """Write a further opportunity of an activity, as a draft; ``plan.session`` counts the activity's sessions."""
    require(actor, Permission.ACTIVITY_WRITE, activity)
    if activity.ended_on is not None:
        raise NotPossible(_("この企画は、もうおわっています。"), "ended")
    with transaction.atomic():
        return create_opportunity(actor=actor, activity=activity, plan=plan, sessions=list(activity.sessions.all()))


def create_opportunity(
    *, actor: Actor, activity: Activity, plan: OpportunityPlan, sessions: Sequence[Session]
) -> Opportunity:
    """The rows of a new draft, inside the caller's transaction and permission."""
    values = {entry.name: getattr(plan, entry.name) for entry in fields(plan) if entry.name != "choices"}
    values["session"] = sessions[plan.session] if plan.session is not None else None
    _check(actor, values)
    check_choices(activity.authority, plan.choices)
    opportunity = Opportunity.objects.create(
        authority=actor.authority,
        activity=activity,
        state=OpportunityState.DRAFT,
        recorded_at=clock.now(),
        **values,
    )
    _choose(opportunity, plan.choices)
    index(opportunity.authority_id, "opportunity", [opportunity.pk])
    _note(actor, opportunity, "", OpportunityState.DRAFT)
    return opportunity


def update_opportunity(
    *,
    actor: Actor,
    opportunity: Opportunity,
    version: int,
    values: Mapping[str, Any],
    choices: ChoiceKeys | None = None,
) -> Opportunity:
    """Write fields of an ``OpportunityPlan`` (``session``: a row) and, where given, the chips anew.

    A host writes drafts and returned ones; of an open one only ``PRACTICAL`` fields. Staff write until the end.
    Raises ``Stale`` with both texts when somebody saved in between.
    """
    require(actor, Permission.ACTIVITY_WRITE, opportunity)
    if unknown := set(values) - COLUMNS:
        raise ValueError(f"an opportunity has no such fields: {sorted(unknown)}")
    with transaction.atomic():
        opportunity = lock(opportunity)
        check_version(opportunity, version, values)
        changed = {name for name, value in values.items() if getattr(opportunity, name) != value}
        if choices is not None and _keys(opportunity) != _as_sets(choices):
            changed.add("choices")
        _check_may_write(actor, opportunity, changed)
        _check(actor, {"title": opportunity.title, "kind": opportunity.kind, "stage": opportunity.stage, **values})
        for name in changed - {"choices"}:
            setattr(opportunity, name, values[name])
        opportunity.version += 1
        opportunity.save()
        if "choices" in changed and choices is not None:
            check_choices(opportunity.authority, choices)
            opportunity.choices.all().delete()
            _choose(opportunity, choices)
        index(opportunity.authority_id, "opportunity", [opportunity.pk])
        record(actor, "opportunity.updated", opportunity, fields=changed)
        fill_places(actor=actor, opportunity=opportunity)
    return opportunity


def submit_opportunity(*, actor: Actor, opportunity: Opportunity) -> Opportunity:
    """Lay it before the town. Where the town's definition asks for no approval, it opens at once."""
    require(actor, Permission.OPPORTUNITY_SUBMIT, opportunity)
    with transaction.atomic():
        opportunity = _step(actor, lock(opportunity), OpportunityStep.SUBMIT)
        if current(opportunity.authority).activities.promise.needs_approval.value:
            request_approval(
                actor=actor,
                kind=APPROVAL_KIND,
                object_id=opportunity.public_id,
                title=f"出番「{opportunity.title}」",
                url=town_url(opportunity.authority, "activities:desk_opportunity", public_id=opportunity.public_id),
                permission=Permission.OPPORTUNITY_SUBMIT,
                thing=opportunity,
            )
        else:
            opportunity = _step(actor, opportunity, OpportunityStep.OPEN)
    return opportunity


def take_back_opportunity(*, actor: Actor, opportunity: Opportunity) -> Opportunity:
    """取下げ: it becomes a draft again."""
    require(actor, Permission.OPPORTUNITY_SUBMIT, opportunity)
    with transaction.atomic():
        approval = approval_of(APPROVAL_KIND, opportunity.public_id)
        if approval is None or approval.state != ApprovalState.REVIEW:
            raise NotPossible(_("いまは確認中ではないので、取り下げられません。"), "wrong_state")
        # A host may take back what a colleague submitted; the approval itself knows authors only.
        withdraw(actor=_as_house(actor), approval=approval)
        record(actor, "opportunity.taken_back", opportunity)
    opportunity.refresh_from_db()
    return opportunity


def on_decision(*, actor: Actor, approval: Approval, state: ApprovalState, comment: str) -> None:
    """What the town's decision does. Called in the transaction of the decision; the words stay in the approval."""
    steps = {
        ApprovalState.APPROVED: OpportunityStep.OPEN,
        ApprovalState.RETURNED: OpportunityStep.RETURN,
        ApprovalState.WITHDRAWN: OpportunityStep.TAKE_BACK,
    }
    if state in steps:
        opportunity = Opportunity.objects.select_for_update().get(public_id=approval.object_id)
        _step(actor, opportunity, steps[state])


def close_opportunity(*, actor: Actor, opportunity: Opportunity) -> Opportunity:
    """Take no more people for now."""
    require(actor, Permission.ACTIVITY_WRITE, opportunity)
    with transaction.atomic():
        return _step(actor, lock(opportunity), OpportunityStep.CLOSE)


def reopen_opportunity(*, actor: Actor, opportunity: Opportunity) -> Opportunity:
    """Take people again."""
    require(actor, Permission.ACTIVITY_WRITE, opportunity)
    with transaction.atomic():
        opportunity = lock(opportunity)
        if opportunity.session is not None and opportunity.session.cancelled_on is not None:
            raise NotPossible(_("この回は中止になったので、募集を再開できません。"), "cancelled")
        if hold_on(opportunity) is not None:
            raise NotPossible(_("席決めの最中です。結果が出てから、募集を再開できます。"), "held")
        return _step(actor, opportunity, OpportunityStep.REOPEN)


def end_opportunity(*, actor: Actor, opportunity: Opportunity) -> Opportunity:
    """It is over. Whoever came has done it; who waited is told why there was no place; the others end as they stand."""
    require(actor, Permission.ACTIVITY_WRITE, opportunity)
    with transaction.atomic():
        opportunity = _step(actor, lock(opportunity), OpportunityStep.END)
        opportunity.ended_on = clock.today()
        opportunity.save(update_fields=["ended_on"])
        live = Application.objects.filter(opportunity=opportunity, state__in=LIVE, ended_at=None)
        sessions = Session.objects.filter(activity=opportunity.activity)
        if opportunity.session_id is not None:
            sessions = sessions.filter(pk=opportunity.session_id)
        came = Q(person__participation_set__session__in=sessions, person__participation_set__withdrawn_at=None)
        done = list(live.filter(came).values_list("pk", flat=True).distinct())
        now = clock.now()
        live.filter(pk__in=done).update(state=ApplicationState.DONE, ended_at=now)
        session = opportunity.session
        if session is None or session.cancelled_on is None:  # of a date called off everybody has been told
            over = session is not None and session.starts_at <= now
            give_up(actor=actor, opportunity=opportunity, reason=FULL if over else ENDED)
        Application.objects.filter(opportunity=opportunity, state__in=LIVE, ended_at=None).update(ended_at=now)
    return opportunity


def end_past_opportunities(*, actor: Actor) -> int:
    """For the nightly job: end what belonged to one date that is over. Returns how many."""
    require(actor, Permission.ACTIVITY_WRITE)
    over = Opportunity.objects.filter(
        state__in=[OpportunityState.OPEN, OpportunityState.CLOSED],
        session__ends_at__lt=clock.now() - dt.timedelta(days=7),  # a week in which attendance is still written down
    )
    for opportunity in (found := list(over)):
        end_opportunity(actor=actor, opportunity=opportunity)
    return len(found)


def close_at_once(actor: Actor, opportunity: Opportunity) -> Opportunity:
    """Close inside the caller's transaction and permission."""
    return _step(actor, lock(opportunity), OpportunityStep.CLOSE)


def _step(actor: Actor, opportunity: Opportunity, step: OpportunityStep) -> Opportunity:
    before = OpportunityState(opportunity.state)
    reached = opportunity_after(before, step)
    if reached is None:
        raise NotPossible(
            _("いまは「%(state)s」なので、この操作はできません。") % {"state": _(OPPORTUNITIES[before].staff_label)},
            "wrong_state",
        )
    opportunity.state = reached
    if reached is OpportunityState.OPEN and opportunity.opened_on is None:
        opportunity.opened_on = clock.today()
    opportunity.version += 1
    opportunity.save()
    _note(actor, opportunity, before, reached)
    return opportunity


def _note(actor: Actor, opportunity: Opportunity, before: str, state: OpportunityState) -> None:
    OpportunityChange.objects.create(
        authority=actor.authority,
        opportunity=opportunity,
        before=before,
        state=state,
        effective_on=clock.today(),
        recorded_at=clock.now(),
        account=actor.account,
    )
    record(actor, f"opportunity.{state}", opportunity, details={"before": str(before)})


def _check_may_write(actor: Actor, opportunity: Opportunity, changed: set[str]) -> None:
    state = OpportunityState(opportunity.state)
    if state in EDITABLE:
        return
    if state is OpportunityState.ENDED:
        raise NotPossible(_("おわった出番は、書きなおせません。"), "wrong_state")
    if holds_everywhere(actor, Permission.ACTIVITY_WRITE):
        return
    if state is OpportunityState.SUBMITTED:
        raise NotPossible(_("確認中です。なおすときは、いちど取り下げてください。"), "wrong_state")
    if changed - PRACTICAL:
        raise NotPossible(
            _("承認のあとに書きなおせるのは、人数・しめきり・時間・場所です。ほかは窓口に電話してください。"),
            "approved",
        )


def _check(actor: Actor, values: Mapping[str, Any]) -> None:
    if not str(values["title"]).strip():
        raise NotPossible(_("出番の名前を書いてください。"), "title")
    if "capacity" in values and not 1 <= values["capacity"] <= 1000:
        raise NotPossible(_("人数は1人から1000人までで書いてください。"), "capacity")
    if values.get("kept_places", 0) > values.get("capacity", 1000):
        raise NotPossible(_("はじめての人の席は、人数までで書いてください。"), "kept_places")
    low, high = values.get("age_from"), values.get("age_to")
    if low is not None and high is not None and low > high:
        raise NotPossible(_("年齢の上と下が逆のようです。"), "age_to")
    check_words(town_of(actor), kind=values["kind"], stage=values.get("stage", ""))


def _choose(opportunity: Opportunity, choices: ChoiceKeys) -> None:
    OpportunityChoice.objects.bulk_create(
        OpportunityChoice(authority_id=opportunity.authority_id, opportunity=opportunity, kind=kind, key=key)
        for kind, keys in choices.items()
        for key in dict.fromkeys(keys)
    )


def _keys(opportunity: Opportunity) -> dict[str, set[str]]:
    return _as_sets(_grouped(opportunity))


def _grouped(opportunity: Opportunity) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for choice in opportunity.choices.all():
        found.setdefault(choice.kind, []).append(choice.key)
    return found


def _as_sets(choices: ChoiceKeys) -> dict[str, set[str]]:
    return {kind: set(keys) for kind, keys in choices.items() if keys}


def _as_house(actor: Actor) -> Actor:
    return system_actor(town_of(actor), f"take_back:{actor.ident}")
