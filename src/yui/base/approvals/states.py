"""起案 → 確認 → 差戻し → 承認, as a table. Imports no model and no view."""

from enum import StrEnum


class State(StrEnum):
    """Where an approval stands."""

    DRAFT = "draft"
    REVIEW = "review"
    RETURNED = "returned"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What can be done with it."""

    DRAFT = "draft"
    REQUEST = "request"
    RETURN = "return"
    APPROVE = "approve"
    WITHDRAW = "withdraw"


LABELS: dict[State, str] = {
    State.DRAFT: "起案",
    State.REVIEW: "確認中",
    State.RETURNED: "差戻し",
    State.APPROVED: "承認",
    State.WITHDRAWN: "取下げ",
}
STEP_LABELS: dict[Step, str] = {
    Step.DRAFT: "起案した",
    Step.REQUEST: "確認を求めた",
    Step.RETURN: "差し戻した",
    Step.APPROVE: "承認した",
    Step.WITHDRAW: "取り下げた",
}
MOVES: dict[tuple[State, Step], State] = {
    (State.DRAFT, Step.REQUEST): State.REVIEW,
    (State.DRAFT, Step.WITHDRAW): State.WITHDRAWN,
    (State.REVIEW, Step.RETURN): State.RETURNED,
    (State.REVIEW, Step.APPROVE): State.APPROVED,
    (State.REVIEW, Step.WITHDRAW): State.WITHDRAWN,
    (State.RETURNED, Step.REQUEST): State.REVIEW,
    (State.RETURNED, Step.WITHDRAW): State.WITHDRAWN,
}
OPEN: frozenset[State] = frozenset({State.DRAFT, State.REVIEW, State.RETURNED})


def after(state: str, step: Step) -> State | None:
    """The state after a step, or ``None`` where the table has no such move."""
    return MOVES.get((State(state), step))
