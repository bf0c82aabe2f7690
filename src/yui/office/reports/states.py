"""queued → made → submitted → accepted, with returned and failed beside it. Imports no model and no view."""

from enum import StrEnum


class State(StrEnum):
    """Where one version of a report stands."""

    QUEUED = "queued"
    MADE = "made"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    FAILED = "failed"


LABELS: dict[State, str] = {
    State.QUEUED: "作っています",
    State.MADE: "できました",
    State.SUBMITTED: "市が確認中",
    State.RETURNED: "差戻し",
    State.ACCEPTED: "受領",
    State.FAILED: "作れませんでした",
}
OWNERS: dict[State, str] = {
    State.QUEUED: "しくみ",
    State.MADE: "受託者",
    State.SUBMITTED: "市の担当職員",
    State.RETURNED: "受託者",
    State.ACCEPTED: "だれも動かさない",
    State.FAILED: "受託者",
}
CHIPS: dict[State, str] = {
    State.QUEUED: "info",
    State.MADE: "accent",
    State.SUBMITTED: "info",
    State.RETURNED: "warn",
    State.ACCEPTED: "ok",
    State.FAILED: "danger",
}
MOVES: dict[State, frozenset[State]] = {
    State.QUEUED: frozenset({State.MADE, State.FAILED}),
    State.MADE: frozenset({State.SUBMITTED}),
    State.SUBMITTED: frozenset({State.RETURNED, State.ACCEPTED, State.MADE}),
    State.RETURNED: frozenset({State.SUBMITTED, State.MADE}),
    State.ACCEPTED: frozenset(),
    State.FAILED: frozenset({State.QUEUED}),
}


def can_move(state: str, to: State) -> bool:
    """Whether the table has this move."""
    return to in MOVES[State(state)]
