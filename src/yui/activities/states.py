"""The states of an opportunity and of an application, as tables. Imports no model and no view."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

S = TypeVar("S")
T = TypeVar("T")


class OpportunityState(StrEnum):
    """Where an opportunity stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    OPEN = "open"
    CLOSED = "closed"
    ENDED = "ended"


class OpportunityStep(StrEnum):
    """What can be done with it."""

    SUBMIT = "submit"
    TAKE_BACK = "take_back"
    RETURN = "return"
    OPEN = "open"
    CLOSE = "close"
    REOPEN = "reopen"
    END = "end"


OPPORTUNITY_LABELS: dict[OpportunityState, str] = {
    OpportunityState.DRAFT: "下書き",
    OpportunityState.SUBMITTED: "確認中",
    OpportunityState.RETURNED: "差戻し",
    OpportunityState.OPEN: "募集中",
    OpportunityState.CLOSED: "募集をとめています",
    OpportunityState.ENDED: "おわりました",
}
OPPORTUNITY_TONES: dict[OpportunityState, str] = {
    OpportunityState.DRAFT: "",
    OpportunityState.SUBMITTED: "info",
    OpportunityState.RETURNED: "warn",
    OpportunityState.OPEN: "ok",
    OpportunityState.CLOSED: "",
    OpportunityState.ENDED: "",
}
OPPORTUNITY_MOVES: dict[tuple[OpportunityState, OpportunityStep], OpportunityState] = {
    (OpportunityState.DRAFT, OpportunityStep.SUBMIT): OpportunityState.SUBMITTED,
    (OpportunityState.RETURNED, OpportunityStep.SUBMIT): OpportunityState.SUBMITTED,
    (OpportunityState.SUBMITTED, OpportunityStep.TAKE_BACK): OpportunityState.DRAFT,
    (OpportunityState.SUBMITTED, OpportunityStep.RETURN): OpportunityState.RETURNED,
    (OpportunityState.SUBMITTED, OpportunityStep.OPEN): OpportunityState.OPEN,
    (OpportunityState.OPEN, OpportunityStep.CLOSE): OpportunityState.CLOSED,
    (OpportunityState.CLOSED, OpportunityStep.REOPEN): OpportunityState.OPEN,
    (OpportunityState.DRAFT, OpportunityStep.END): OpportunityState.ENDED,
    (OpportunityState.RETURNED, OpportunityStep.END): OpportunityState.ENDED,
    (OpportunityState.OPEN, OpportunityStep.END): OpportunityState.ENDED,
    (OpportunityState.CLOSED, OpportunityStep.END): OpportunityState.ENDED,
}
EDITABLE = frozenset({OpportunityState.DRAFT, OpportunityState.RETURNED})
"""The host may write everything anew in these."""
PUBLIC = frozenset({OpportunityState.OPEN, OpportunityState.CLOSED, OpportunityState.ENDED})
"""Once approved, the page stays readable: an old paper with its code leads to a sentence, not to nothing."""


class ApplicationState(StrEnum):
    """Where an application stands."""

    PLACED = "placed"
    WAITING = "waiting"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    DONE = "done"


class ApplicationStep(StrEnum):
    """What can be done with it."""

    MOVE_UP = "move_up"
    CANCEL = "cancel"
    REFUSE = "refuse"
    FINISH = "finish"


APPLICATION_LABELS: dict[ApplicationState, str] = {
    ApplicationState.PLACED: "受け付けました",
    ApplicationState.WAITING: "空きを待っています",
    ApplicationState.CANCELLED: "とりやめました",
    ApplicationState.REFUSED: "今回は見送りになりました",
    ApplicationState.DONE: "参加しました",
}
APPLICATION_MOVES: dict[tuple[ApplicationState, ApplicationStep], ApplicationState] = {
    (ApplicationState.WAITING, ApplicationStep.MOVE_UP): ApplicationState.PLACED,
    (ApplicationState.PLACED, ApplicationStep.CANCEL): ApplicationState.CANCELLED,
    (ApplicationState.WAITING, ApplicationStep.CANCEL): ApplicationState.CANCELLED,
    (ApplicationState.PLACED, ApplicationStep.REFUSE): ApplicationState.REFUSED,
    (ApplicationState.WAITING, ApplicationStep.REFUSE): ApplicationState.REFUSED,
    (ApplicationState.PLACED, ApplicationStep.FINISH): ApplicationState.DONE,
    (ApplicationState.WAITING, ApplicationStep.FINISH): ApplicationState.DONE,
}
LIVE = frozenset({ApplicationState.PLACED, ApplicationState.WAITING})
TAKES_A_PLACE = frozenset({ApplicationState.PLACED, ApplicationState.DONE})
"""Somebody who came keeps the place: nobody moves up into the past."""


def opportunity_after(state: str, step: OpportunityStep) -> OpportunityState | None:
    """The state after a step, or ``None`` where the table has no such move."""
    return _after(OPPORTUNITY_MOVES, OpportunityState(state), step)


def application_after(state: str, step: ApplicationStep) -> ApplicationState | None:
    """The state after a step, or ``None`` where the table has no such move."""
    return _after(APPLICATION_MOVES, ApplicationState(state), step)


def _after(moves: Mapping[tuple[S, T], S], state: S, step: T) -> S | None:
    return moves.get((state, step))
