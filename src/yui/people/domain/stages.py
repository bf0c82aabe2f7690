"""Moving between stages: up with evidence and the person's own yes, down by the person's word alone."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.record import record
from yui.base.definitions import current
from yui.people.definition import People, Stage
from yui.people.domain.profile import lock
from yui.people.facts import evidence_for, missing_of
from yui.people.models import Person, Registration, StageChange
from yui.people.models.registrations import Received
from yui.people.queries import current_stage, waiting_change


def propose_stage(*, actor: Actor, person: Person, stage: str, vouched: Sequence[str] = ()) -> StageChange:
    """Propose the next stage. It takes effect with the person's own yes.

    ``vouched``: keys of criteria without rows (a recommendation, an appointment) that the proposer stands for.
    Raises ``NotPossible`` when a proposal waits already, a stage would be jumped or the evidence does not reach.
    """
    require(actor, Permission.STAGE_PROPOSE, person)
    today, now = clock.today(), clock.now()
    people: People = current(actor.authority).people  # type: ignore[arg-type]
    with transaction.atomic():
        person = lock(person)
        _registered(person)
        target, before = _stage(people, stage), people.stage(current_stage(person, today) or people.stages[0].key)
        _check_way_up(people, before, target)
        if waiting_change(person) is not None:
            raise NotPossible(_("前の提案のお返事を、まだ待っています。"), "proposal_waits")
        missing = missing_of(person, target, today, vouched)
        if missing and people.stage_rules.up_needs_evidence.value:
            names = "、".join(str(item.criterion.label) for item in missing)
            raise NotPossible(_("まだ足りないことがあります：%(names)s") % {"names": names}, "evidence_missing")
        rows = [row for found in evidence_for(person, target, today, vouched).values() for row in found]
        change = StageChange.objects.create(
            authority_id=person.authority_id, person=person, scheme_key=person.authority.key, stage=target.key, before=before.key,
            effective_on=today, recorded_at=now, evidence=sorted(set(rows)), proposed_by=actor.account,
        )  # fmt: skip
        details = {"stage": target.key, "before": before.key}
        record(actor, "stage.proposed", change, person_id=person.public_id, details=details)
    return change


def agree_stage(*, actor: Actor, change: StageChange, received: Received = Received.WEB) -> StageChange:
    """The person says yes; from today the stage is theirs. Staff write down a yes they heard or read (``received``)."""
    require(actor, Permission.STAGE_AGREE, change)
    today = clock.today()
    with transaction.atomic():
        change = _waiting(change)
        _registered(change.person)
        _own_word(actor, received)
        change.agreed_on = change.effective_on = today
        change.recorded_at = clock.now()
        change.agreed_how = received
        change.save(update_fields=["agreed_on", "effective_on", "recorded_at", "agreed_how"])
        details = {"stage": change.stage, "received": str(received)}
        record(actor, "stage.agreed", change, person_id=change.person.public_id, details=details)
    return change


def decline_stage(*, actor: Actor, change: StageChange) -> StageChange:
    """「いまのままで」. No reason is asked and nothing else follows."""
    require(actor, Permission.STAGE_AGREE, change)
    with transaction.atomic():
        change = _waiting(change)
        change.declined_on = clock.today()
        change.save(update_fields=["declined_on"])
        record(actor, "stage.declined", change, person_id=change.person.public_id)
    return change


def step_down(*, actor: Actor, person: Person, stage: str, received: Received = Received.WEB) -> StageChange:
    """Go back to an outer stage, at once and without a reason. A waiting proposal is closed with it."""
    require(actor, Permission.STAGE_AGREE, person)
    today, now = clock.today(), clock.now()
    people: People = current(actor.authority).people  # type: ignore[arg-type]
    with transaction.atomic():
        person = lock(person)
        _own_word(actor, received)
        target, before = _stage(people, stage), people.stage(current_stage(person, today) or people.stages[0].key)
        if target.order >= before.order:
            raise NotPossible(_("いまより外がわの層をえらんでください。"), "not_down")
        waiting = waiting_change(person)
        if waiting is not None:
            waiting.declined_on = today
            waiting.save(update_fields=["declined_on"])
        change = StageChange.objects.create(
            authority_id=person.authority_id, person=person, scheme_key=person.authority.key, stage=target.key, before=before.key,
            effective_on=today, recorded_at=now, evidence=["own_word"], agreed_on=today, agreed_how=received,
        )  # fmt: skip
        details = {"stage": target.key, "before": before.key}
        record(actor, "stage.stepped_down", change, person_id=person.public_id, details=details)
    return change


def _check_way_up(people: People, before: Stage, target: Stage) -> None:
    if target.order <= before.order:
        raise NotPossible(_("いまより内がわの層をえらんでください。外がわへは、ご本人だけが移れます。"), "not_up")
    if target.order - before.order > 1 and people.stage_rules.one_step_at_a_time.value:
        raise NotPossible(_("層は、ひとつずつ移ります。"), "one_step")


def _own_word(actor: Actor, received: Received) -> None:
    """Staff can not say yes on the web for somebody else: they say how they heard it."""
    if actor.is_staff and received == Received.WEB:
        raise NotPossible(_("ご本人の返事をどう聞いたか（電話・紙・窓口・訪問）を選んでください。"), "received_web")


def _registered(person: Person) -> None:
    if not Registration.objects.filter(person=person, ended_on=None).exists():
        raise NotPossible(_("登録が終わっている方です。"), "not_registered")


def _stage(people: People, key: str) -> Stage:
    found = next((stage for stage in people.stages if stage.key == key and stage.retired is None), None)
    if found is None:
        raise NotPossible(_("その層はありません。"), "unknown_stage")
    return found


def _waiting(change: StageChange) -> StageChange:
    fresh = StageChange.objects.select_for_update().select_related("person").get(pk=change.pk)
    if fresh.agreed_on is not None or fresh.declined_on is not None:
        raise NotPossible(_("この提案には、もうお返事をいただいています。"), "answered")
    return fresh
