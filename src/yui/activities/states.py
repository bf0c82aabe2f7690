"""The states of an opportunity and of an application, as tables. Imports no model and no view."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from django.utils.translation import gettext_noop

from yui.engine.states import State, StateTable

S = TypeVar("S", bound=StrEnum)
T = TypeVar("T", bound=StrEnum)


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


class ApplicationState(StrEnum):
    """Where an application stands."""

    PLACED = "placed"
    WAITING = "waiting"
    OFFERED = "offered"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    LAPSED = "lapsed"
    NO_PLACE = "no_place"
    DONE = "done"


class ApplicationStep(StrEnum):
    """What can be done with it."""

    PLACE = "place"
    OFFER = "offer"
    ACCEPT = "accept"
    LAPSE = "lapse"
    GIVE_UP = "give_up"
    CANCEL = "cancel"
    REFUSE = "refuse"
    FINISH = "finish"


_O, _A = OpportunityState, ApplicationState

OPPORTUNITY_MOVES: dict[tuple[OpportunityState, OpportunityStep], OpportunityState] = {
    (_O.DRAFT, OpportunityStep.SUBMIT): _O.SUBMITTED,
    (_O.RETURNED, OpportunityStep.SUBMIT): _O.SUBMITTED,
    (_O.SUBMITTED, OpportunityStep.TAKE_BACK): _O.DRAFT,
    (_O.SUBMITTED, OpportunityStep.RETURN): _O.RETURNED,
    (_O.SUBMITTED, OpportunityStep.OPEN): _O.OPEN,
    (_O.OPEN, OpportunityStep.CLOSE): _O.CLOSED,
    (_O.CLOSED, OpportunityStep.REOPEN): _O.OPEN,
    (_O.DRAFT, OpportunityStep.END): _O.ENDED,
    (_O.RETURNED, OpportunityStep.END): _O.ENDED,
    (_O.OPEN, OpportunityStep.END): _O.ENDED,
    (_O.CLOSED, OpportunityStep.END): _O.ENDED,
}
APPLICATION_MOVES: dict[tuple[ApplicationState, ApplicationStep], ApplicationState] = {
    (_A.WAITING, ApplicationStep.PLACE): _A.PLACED,
    (_A.WAITING, ApplicationStep.OFFER): _A.OFFERED,
    (_A.WAITING, ApplicationStep.GIVE_UP): _A.NO_PLACE,
    (_A.OFFERED, ApplicationStep.ACCEPT): _A.PLACED,
    (_A.OFFERED, ApplicationStep.LAPSE): _A.LAPSED,
    (_A.OFFERED, ApplicationStep.GIVE_UP): _A.NO_PLACE,
    (_A.OFFERED, ApplicationStep.CANCEL): _A.CANCELLED,
    (_A.OFFERED, ApplicationStep.REFUSE): _A.REFUSED,
    (_A.OFFERED, ApplicationStep.FINISH): _A.DONE,
    (_A.PLACED, ApplicationStep.CANCEL): _A.CANCELLED,
    (_A.WAITING, ApplicationStep.CANCEL): _A.CANCELLED,
    (_A.PLACED, ApplicationStep.REFUSE): _A.REFUSED,
    (_A.WAITING, ApplicationStep.REFUSE): _A.REFUSED,
    (_A.PLACED, ApplicationStep.FINISH): _A.DONE,
    (_A.WAITING, ApplicationStep.FINISH): _A.DONE,
}


def _transitions(moves: Mapping[tuple[S, T], S]) -> dict[str, frozenset[str]]:
    return {
        str(state): frozenset(str(to) for (before, _step), to in moves.items() if before == state) for state, _ in moves
    }


OPPORTUNITIES = StateTable(
    "opportunity",
    (
        State(_O.DRAFT, "organization", gettext_noop("下書き"), gettext_noop("準備中です")),
        State(_O.SUBMITTED, "officer", gettext_noop("確認中"), gettext_noop("準備中です")),
        State(_O.RETURNED, "organization", gettext_noop("差戻し"), gettext_noop("準備中です")),
        State(_O.OPEN, "organization", gettext_noop("募集中"), gettext_noop("募集中です")),
        State(_O.CLOSED, "organization", gettext_noop("募集をとめている"), gettext_noop("いまは募集していません")),
        State(_O.ENDED, "organization", gettext_noop("おわった"), gettext_noop("募集はおわりました")),
    ),
    _transitions(OPPORTUNITY_MOVES),
)
APPLICATIONS = StateTable(
    "application",
    (
        # Every application begins here and has a place at once where there is one.
        State(_A.WAITING, "organization", gettext_noop("空き待ち"), gettext_noop("空きを待っています")),
        State(_A.OFFERED, "resident", gettext_noop("返事待ち"), gettext_noop("空きが出ました。お返事をください")),
        State(_A.PLACED, "organization", gettext_noop("受付"), gettext_noop("受け付けました")),
        State(_A.CANCELLED, "resident", gettext_noop("取りやめ"), gettext_noop("取りやめました")),
        State(_A.REFUSED, "organization", gettext_noop("見送り"), gettext_noop("今回は見送りになりました")),
        State(_A.LAPSED, "resident", gettext_noop("期限切れ"), gettext_noop("お返事の期限がすぎました")),
        State(_A.NO_PLACE, "organization", gettext_noop("席があかず"), gettext_noop("席があきませんでした")),
        State(_A.DONE, "organization", gettext_noop("参加した"), gettext_noop("参加しました")),
    ),
    _transitions(APPLICATION_MOVES),
)
OPPORTUNITY_TONES: dict[str, str] = {_O.SUBMITTED: "info", _O.RETURNED: "warn", _O.OPEN: "ok"}
"""Kind of the chip; none for the states that ask for nothing."""
EDITABLE = frozenset({_O.DRAFT, _O.RETURNED})
"""The host may write everything anew in these."""
PUBLIC = frozenset({_O.OPEN, _O.CLOSED, _O.ENDED})
"""Once approved, the page stays readable: an old paper with its code leads to a sentence, not to nothing."""
LIVE = frozenset({_A.PLACED, _A.OFFERED, _A.WAITING})
HOLDING = frozenset({_A.PLACED, _A.OFFERED})
"""These have a place, or one is kept until they answer."""
WITHOUT_A_PLACE = frozenset({_A.WAITING, _A.REFUSED, _A.LAPSED, _A.NO_PLACE})
"""Who stands here is shown two other things."""
TAKES_A_PLACE = frozenset({_A.PLACED, _A.OFFERED, _A.DONE})
"""Somebody who came keeps the place: nobody moves up into the past."""


def opportunity_after(state: str, step: OpportunityStep) -> OpportunityState | None:
    """The state after a step, or ``None`` where the table has no such move."""
    return OPPORTUNITY_MOVES.get((OpportunityState(state), step))


def application_after(state: str, step: ApplicationStep) -> ApplicationState | None:
    """The state after a step, or ``None`` where the table has no such move."""
    return APPLICATION_MOVES.get((ApplicationState(state), step))
