"""One step of a round, inside the caller's transaction and permission."""

from yui.activities.assignments.models import Round
from yui.activities.assignments.states import ROUNDS, RoundState
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.audit.record import record


def held(found: Round) -> Round:
    """The row as it is now, held until the transaction ends."""
    return Round.objects.select_for_update().get(pk=found.pk)


def move(*, actor: Actor, found: Round, to: RoundState) -> Round:
    """The next state. Raises ``NotPossible`` where the table has no such move. Of the seed nothing is recorded."""
    before = found.state
    if not ROUNDS.allows(before, to):
        raise NotPossible(f"いまは「{ROUNDS[before].staff_label}」なので、この操作はできません。", "wrong_state")
    found.state = to
    found.version += 1
    found.save()
    record(actor, f"assignment_round.{to}", found, details={"before": before})
    return found


def require_draft(found: Round) -> None:
    """What was announced stays as it was announced."""
    if found.state != RoundState.DRAFT:
        raise NotPossible(
            "公表したあとは、きまりと席の数を変えられません。取りやめて、新しく作ってください。", "announced"
        )
