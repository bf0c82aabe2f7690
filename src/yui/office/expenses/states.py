"""Lines and statements as tables: which move is allowed, what it is called, who owns it. Imports no model and no view."""

from enum import StrEnum

from yui.engine.states import State as TableState
from yui.engine.states import StateTable


class State(StrEnum):
    """Where a line of the ledger stands."""

    ENTERED = "entered"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    SETTLED = "settled"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


LABELS: dict[State, str] = {
    State.ENTERED: "確認待ち",
    State.RETURNED: "差戻し",
    State.ACCEPTED: "確認ずみ",
    State.SETTLED: "精算ずみ",
    State.REPLACED: "訂正ずみ",
    State.WITHDRAWN: "取消し",
}
OWNERS: dict[State, str] = {
    State.ENTERED: "市の担当職員",
    State.RETURNED: "受託者",
    State.ACCEPTED: "受託者",
    State.SETTLED: "だれも動かさない",
    State.REPLACED: "だれも動かさない",
    State.WITHDRAWN: "だれも動かさない",
}
CHIPS: dict[State, str] = {
    State.ENTERED: "info",
    State.RETURNED: "warn",
    State.ACCEPTED: "ok",
    State.SETTLED: "ok",
    State.REPLACED: "",
    State.WITHDRAWN: "",
}
MOVES: dict[State, frozenset[State]] = {
    State.ENTERED: frozenset({State.ENTERED, State.RETURNED, State.ACCEPTED, State.WITHDRAWN}),
    State.RETURNED: frozenset({State.ENTERED, State.WITHDRAWN}),
    State.ACCEPTED: frozenset({State.ENTERED, State.RETURNED, State.SETTLED}),
    State.SETTLED: frozenset({State.REPLACED}),
    State.REPLACED: frozenset(),
    State.WITHDRAWN: frozenset(),
}
STANDING: frozenset[State] = frozenset({State.ENTERED, State.RETURNED, State.ACCEPTED, State.SETTLED})
"""The states in which a line counts."""
OPEN: frozenset[State] = frozenset({State.ENTERED, State.RETURNED, State.ACCEPTED})
"""The states in which a line may still be edited; an accepted one goes back to be checked again."""
STEPS: dict[str, str] = {
    "entered": "記入しました",
    "edited": "書きなおしました",
    "returned": "差し戻しました",
    "accepted": "確認しました",
    "settled": "精算しました",
    "replaced": "訂正の行に置きかえました",
    "withdrawn": "取り消しました",
    "corrected": "精算ずみの行を訂正する行です",
    "evidence_added": "証拠を付けました",
    "evidence_removed": "証拠を外しました",
}


def can_move(state: str, to: State) -> bool:
    """Whether the table has this move."""
    return to in MOVES[State(state)]


class StatementState(StrEnum):
    """Where a statement stands."""

    REVIEW = "review"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    APPROVED = "approved"


_S = StatementState
STATEMENTS = StateTable(
    "expense_statement",
    (
        TableState(_S.REVIEW, "市の担当職員", "承認待ち", "承認待ち"),
        TableState(_S.RETURNED, "受託者", "差戻し", "差戻し"),
        TableState(_S.WITHDRAWN, "だれも動かさない", "取下げ", "取下げ"),
        TableState(_S.APPROVED, "だれも動かさない", "承認ずみ", "承認ずみ"),
    ),
    {
        _S.REVIEW: frozenset({_S.RETURNED, _S.WITHDRAWN, _S.APPROVED}),
        _S.RETURNED: frozenset(),
        _S.WITHDRAWN: frozenset(),
        _S.APPROVED: frozenset(),
    },
)
STATEMENT_LABELS: dict[StatementState, str] = {_S(one.key): one.staff_label for one in STATEMENTS.states}
STATEMENT_CHIPS: dict[StatementState, str] = {
    _S.REVIEW: "info",
    _S.RETURNED: "warn",
    _S.WITHDRAWN: "",
    _S.APPROVED: "ok",
}
