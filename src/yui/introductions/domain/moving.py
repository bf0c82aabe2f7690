"""One step of an introduction: the row locked, the table asked, the change dated. Every verb goes through here."""

import datetime as dt

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.rules import town_of
from yui.base.audit.record import record
from yui.introductions.models import Exposure, Introduction, IntroductionChange
from yui.introductions.states import LABELS, State, Step, after

WITH_BOTH_SIDES = (
    "person",
    "person__profile",
    "opportunity",
    "opportunity__session",
    "opportunity__district",
    "opportunity__activity",
    "opportunity__activity__host_organization",
    "opportunity__activity__host_person",
    "opportunity__activity__host_person__profile",
)


def lock(introduction: Introduction) -> Introduction:
    """The row as it is now, held until the end of the transaction."""
    Introduction.objects.select_for_update().get(pk=introduction.pk)
    return Introduction.objects.select_related(*WITH_BOTH_SIDES).get(pk=introduction.pk)


def move(
    *,
    actor: Actor,
    introduction: Introduction,
    step: Step,
    how: str = "",
    private_reason: str = "",
    on: dt.date | None = None,
) -> Introduction:
    """Take a step: the state, the dated change and the audit row. Raises ``NotPossible`` where the table has none.

    The caller holds the lock and saves other fields before or after by itself.
    """
    before = introduction.state
    reached = after(before, step)
    if reached is None:
        raise NotPossible(f"いまは「{LABELS[State(before)]}」のため、この操作はできません。", "state")
    introduction.state = reached
    introduction.version += 1
    introduction.save()
    write_change(actor=actor, introduction=introduction, before=before, how=how, private_reason=private_reason, on=on)
    record(
        actor,
        f"introduction.{step}",
        introduction,
        person_id=introduction.person.public_id,
        details={"before": before, "state": str(reached)},
    )
    return introduction


def write_change(
    *,
    actor: Actor,
    introduction: Introduction,
    before: str,
    how: str = "",
    private_reason: str = "",
    on: dt.date | None = None,
) -> None:
    """The dated row of a step."""
    IntroductionChange.objects.create(
        authority_id=introduction.authority_id,
        introduction=introduction,
        before=before,
        state=introduction.state,
        effective_on=on or clock.today(),
        recorded_at=clock.now(),
        account=actor.account,
        how=how,
        private_reason=private_reason,
    )


def write_exposure(*, actor: Actor, introduction: Introduction, act: Exposure.Act, on: dt.date | None = None) -> None:
    """A row of the ledger for this pair, in the town of the actor."""
    made = introduction.list
    Exposure.objects.create(
        authority=town_of(actor),
        person=introduction.person,
        opportunity=introduction.opportunity,
        organization_id=introduction.opportunity.activity.host_organization_id,
        act=act,
        rule=made.rule["fairness"]["rule"] if made else "",
        seed=made.seed if made else "",
        list=made,
        effective_on=on or clock.today(),
        recorded_at=clock.now(),
    )
