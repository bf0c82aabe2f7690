"""The states of an introduction, as a table. Imports no model and no view.

A town names the six phases that everybody sees (``introductions.yaml``, ``steps``); ``PHASES`` says in which of them a
state stands. Words here are for staff, where a phase alone would not say enough.
"""

from enum import StrEnum


class State(StrEnum):
    """Where an introduction stands."""

    PROPOSED = "proposed"
    ASKING = "asking"
    ACCEPTED = "accepted"
    MEETING = "meeting"
    MET = "met"
    WORKING = "working"
    OUTCOME = "outcome"
    FOLLOWED_UP = "followed_up"
    DECLINED = "declined"
    STOPPED = "stopped"


class Step(StrEnum):
    """What can happen to it."""

    PROPOSE = "propose"
    ASK = "ask"
    ACCEPT = "accept"
    DECLINE = "decline"
    SET_MEETING = "set_meeting"
    MEET = "meet"
    START = "start"
    RECORD_OUTCOME = "record_outcome"
    FOLLOW_UP = "follow_up"
    STOP = "stop"


_BEFORE_END = (State.PROPOSED, State.ASKING, State.ACCEPTED, State.MEETING, State.MET, State.WORKING)

MOVES: dict[tuple[State, Step], State] = {
    (State.PROPOSED, Step.ASK): State.ASKING,
    (State.ASKING, Step.ACCEPT): State.ACCEPTED,
    (State.ASKING, Step.DECLINE): State.DECLINED,
    (State.ACCEPTED, Step.SET_MEETING): State.MEETING,
    (State.MEETING, Step.SET_MEETING): State.MEETING,
    (State.ACCEPTED, Step.MEET): State.MET,
    (State.MEETING, Step.MEET): State.MET,
    (State.MET, Step.START): State.WORKING,
    (State.MET, Step.RECORD_OUTCOME): State.OUTCOME,
    (State.WORKING, Step.RECORD_OUTCOME): State.OUTCOME,
    (State.MET, Step.FOLLOW_UP): State.FOLLOWED_UP,
    (State.WORKING, Step.FOLLOW_UP): State.FOLLOWED_UP,
    (State.OUTCOME, Step.FOLLOW_UP): State.FOLLOWED_UP,
    **{(state, Step.STOP): State.STOPPED for state in _BEFORE_END},
}

PHASES: dict[State, str] = {
    State.PROPOSED: "proposed",
    State.ASKING: "asking",
    State.ACCEPTED: "meeting",
    State.MEETING: "meeting",
    State.MET: "meeting",
    State.WORKING: "working",
    State.OUTCOME: "outcome",
    State.FOLLOWED_UP: "followed_up",
    State.DECLINED: "passed",
    State.STOPPED: "passed",
}
"""State → key of the definition's step."""

ROAD: tuple[str, ...] = ("proposed", "asking", "meeting", "working", "outcome", "followed_up")
"""The phases in the order in which an introduction goes on; ``passed`` takes the place of ``outcome``."""

LABELS: dict[State, str] = {
    State.PROPOSED: "提案",
    State.ASKING: "双方意向確認",
    State.ACCEPTED: "双方の「はい」",
    State.MEETING: "顔合わせの日が決まった",
    State.MET: "顔合わせをした",
    State.WORKING: "協働中",
    State.OUTCOME: "成果",
    State.FOLLOWED_UP: "その後を確認した",
    State.DECLINED: "見送り",
    State.STOPPED: "取りやめ",
}

OWNERS: dict[State, str] = {
    State.PROPOSED: "コーディネーター",
    State.ASKING: "本人と団体",
    State.ACCEPTED: "コーディネーター",
    State.MEETING: "本人と団体",
    State.MET: "コーディネーター",
    State.WORKING: "本人と団体",
    State.OUTCOME: "コーディネーター",
    State.FOLLOWED_UP: "コーディネーター",
    State.DECLINED: "コーディネーター",
    State.STOPPED: "コーディネーター",
}
"""Whose turn it is."""

OPEN: frozenset[State] = frozenset(_BEFORE_END)
"""States in which an introduction is under way: a pair has at most one such."""

TOGETHER: frozenset[State] = frozenset(
    {State.ACCEPTED, State.MEETING, State.MET, State.WORKING, State.OUTCOME, State.FOLLOWED_UP}
)
"""States after both said yes: each side may see how to reach the other."""


def after(state: str, step: Step) -> State | None:
    """The state after a step, or ``None`` where the table has no such move."""
    return MOVES.get((State(state), step))


def steps_from(state: str) -> tuple[Step, ...]:
    """What can be done now, in the order of ``Step``."""
    return tuple(step for step in Step if (State(state), step) in MOVES)
