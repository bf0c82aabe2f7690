"""draft → review → approved → signed → completed or ended, as a table. Imports no model and no view."""

from enum import StrEnum


class State(StrEnum):
    """Where a contract stands."""

    DRAFT = "draft"
    REVIEW = "review"
    APPROVED = "approved"
    SIGNED = "signed"
    COMPLETED = "completed"
    ENDED = "ended"
    DROPPED = "dropped"


LABELS: dict[State, str] = {
    State.DRAFT: "下書き",
    State.REVIEW: "決裁中",
    State.APPROVED: "決裁ずみ",
    State.SIGNED: "契約中",
    State.COMPLETED: "完了",
    State.ENDED: "解除",
    State.DROPPED: "取りやめ",
}
OWNERS: dict[State, str] = {
    State.DRAFT: "市の担当職員",
    State.REVIEW: "市の決裁者",
    State.APPROVED: "市の担当職員",
    State.SIGNED: "受託者と市の担当職員",
    State.COMPLETED: "だれも動かさない",
    State.ENDED: "だれも動かさない",
    State.DROPPED: "だれも動かさない",
}
CHIPS: dict[State, str] = {
    State.DRAFT: "warn",
    State.REVIEW: "info",
    State.APPROVED: "info",
    State.SIGNED: "ok",
    State.COMPLETED: "",
    State.ENDED: "danger",
    State.DROPPED: "",
}
"""The kind of the chip beside the label."""
MOVES: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.REVIEW, State.DROPPED}),
    State.REVIEW: frozenset({State.DRAFT, State.APPROVED}),
    State.APPROVED: frozenset({State.DRAFT, State.SIGNED, State.DROPPED}),
    State.SIGNED: frozenset({State.COMPLETED, State.ENDED}),
    State.COMPLETED: frozenset(),
    State.ENDED: frozenset(),
    State.DROPPED: frozenset(),
}


def can_move(state: str, to: State) -> bool:
    """Whether the table has this move."""
    return to in MOVES[State(state)]
