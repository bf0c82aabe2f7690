"""asked → agreed → ended, with declined beside it. Imports no model and no view."""

from enum import StrEnum


class State(StrEnum):
    """Where the consent to share one measure stands."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    ENDED = "ended"


LABELS: dict[State, str] = {
    State.ASKED: "承認を待っています",
    State.AGREED: "分けあっています",
    State.DECLINED: "承認されませんでした",
    State.ENDED: "やめました",
}
OWNERS: dict[State, str] = {
    State.ASKED: "市の担当職員",
    State.AGREED: "市の担当職員",
    State.DECLINED: "だれも動かさない",
    State.ENDED: "だれも動かさない",
}
CHIPS: dict[State, str] = {State.ASKED: "info", State.AGREED: "ok", State.DECLINED: "", State.ENDED: ""}
MOVES: dict[State, frozenset[State]] = {
    State.ASKED: frozenset({State.AGREED, State.DECLINED, State.ENDED}),
    State.AGREED: frozenset({State.ENDED}),
    State.DECLINED: frozenset(),
    State.ENDED: frozenset(),
}
OPEN = (State.ASKED, State.AGREED)


def can_move(state: str, to: State) -> bool:
    """Whether the table has this move."""
    return to in MOVES[State(state)]
