"""owed → submitted → returned → accepted, as a table. Imports no model and no view."""

from enum import StrEnum


class State(StrEnum):
    """Where something the contract owes stands."""

    OWED = "owed"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


LABELS: dict[State, str] = {
    State.OWED: "提出待ち",
    State.SUBMITTED: "確認中",
    State.RETURNED: "差戻し",
    State.ACCEPTED: "受領",
}
STEPS: dict[State, str] = {
    State.OWED: "取り下げました",
    State.SUBMITTED: "提出しました",
    State.RETURNED: "差し戻しました",
    State.ACCEPTED: "受け取りました",
}
OWNERS: dict[State, str] = {
    State.OWED: "受託者",
    State.SUBMITTED: "市の担当職員",
    State.RETURNED: "受託者",
    State.ACCEPTED: "だれも動かさない",
}
CHIPS: dict[State, str] = {
    State.OWED: "",
    State.SUBMITTED: "info",
    State.RETURNED: "warn",
    State.ACCEPTED: "ok",
}
"""The kind of the chip beside the label."""
MOVES: dict[State, frozenset[State]] = {
    State.OWED: frozenset({State.SUBMITTED}),
    State.SUBMITTED: frozenset({State.RETURNED, State.ACCEPTED, State.OWED}),
    State.RETURNED: frozenset({State.SUBMITTED, State.OWED}),
    State.ACCEPTED: frozenset(),
}
WAITING: frozenset[State] = frozenset({State.OWED, State.RETURNED})
"""The states in which the contractor still has to hand something in."""


def can_move(state: str, to: State) -> bool:
    """Whether the table has this move."""
    return to in MOVES[State(state)]
