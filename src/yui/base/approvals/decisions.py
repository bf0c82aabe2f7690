"""How a wing hears of a step: it registers for its kind and is called in the transaction of the step."""

from collections.abc import Callable
from typing import Protocol

from yui.base.access.actor import Actor
from yui.base.approvals.models import Approval
from yui.base.approvals.states import State


class Reaction(Protocol):
    """What a wing does. An error it raises takes the whole step back."""

    def __call__(self, *, actor: Actor, approval: Approval, state: State, comment: str) -> None:
        """React to the state just reached."""


_reactions: dict[str, list[Reaction]] = {}


def on_decision(kind: str, reaction: Reaction) -> None:
    """Call ``reaction`` whenever an approval of ``kind`` reaches review, returned, approved or withdrawn."""
    known = _reactions.setdefault(kind, [])
    if reaction not in known:
        known.append(reaction)


def decides(kind: str) -> Callable[[Reaction], Reaction]:
    """The same as a decorator."""

    def register(reaction: Reaction) -> Reaction:
        on_decision(kind, reaction)
        return reaction

    return register


def tell(*, actor: Actor, approval: Approval, state: State, comment: str) -> None:
    """Call whoever registered for the kind, in the order of registration."""
    for reaction in _reactions.get(approval.kind, ()):
        reaction(actor=actor, approval=approval, state=state, comment=comment)
