"""困りごと・懸念: a problem the desk meets, and how it was solved."""

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.record import record
from yui.people.models import Concern


def raise_concern(
    *, actor: Actor, heading: str, problem: str, solution: str = "", urgent: bool = False, in_report: bool = True
) -> Concern:
    """Write down a problem, without names of persons. An urgent one stands on the officer's home at once."""
    require(actor, Permission.CONCERN_WRITE, actor.authority)
    if not heading.strip() or not problem.strip():
        raise NotPossible("見出しと、困っていることを書いてください。", "text_missing")
    with transaction.atomic():
        concern = Concern.objects.create(
            authority=actor.authority, raised_on=clock.today(), recorded_at=clock.now(), raised_by=actor.account,
            heading=heading.strip(), problem=problem.strip(), solution=solution.strip(), urgent=urgent,
            in_report=in_report,
        )  # fmt: skip
        record(actor, "concern.raised", concern, details={"urgent": urgent})
    return concern


def solve_concern(*, actor: Actor, concern: Concern, solution: str) -> Concern:
    """Write down how it was solved; from today it is solved."""
    require(actor, Permission.CONCERN_WRITE, concern)
    if not solution.strip():
        raise NotPossible("どう解決したかを書いてください。", "solution_missing")
    with transaction.atomic():
        fresh = Concern.objects.select_for_update().get(pk=concern.pk)
        if fresh.solved_on is not None:
            raise NotPossible("もう解決したことになっています。", "solved")
        fresh.solution, fresh.solved_on = solution.strip(), clock.today()
        fresh.save(update_fields=["solution", "solved_on"])
        record(actor, "concern.solved", fresh)
    return fresh
