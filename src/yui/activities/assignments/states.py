"""The states of a round, as a table. Imports no model and no view."""

from enum import StrEnum

from django.utils.translation import gettext_noop

from yui.engine.states import State, StateTable


class RoundState(StrEnum):
    """Where a round stands."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"
    DRAWN = "drawn"
    PUBLISHED = "published"
    CALLED_OFF = "called_off"


_R = RoundState
ROUNDS = StateTable(
    "assignment_round",
    (
        State(_R.DRAFT, "coordinator", "下書き", gettext_noop("準備中です")),
        State(_R.ANNOUNCED, "officer", "公表した", gettext_noop("もうすぐ受付がはじまります")),
        State(_R.OPEN, "resident", "受付中", gettext_noop("希望を受け付けています")),
        State(_R.CLOSED, "officer", "締め切った", gettext_noop("受付はおわりました")),
        State(_R.DRAWN, "officer", "くじを引いた", gettext_noop("結果をたしかめています")),
        State(_R.PUBLISHED, "officer", "結果を公開した", gettext_noop("結果が出ました")),
        State(_R.CALLED_OFF, "officer", "取りやめた", gettext_noop("取りやめになりました")),
    ),
    {
        _R.DRAFT: frozenset({_R.ANNOUNCED}),
        _R.ANNOUNCED: frozenset({_R.OPEN, _R.CALLED_OFF}),
        _R.OPEN: frozenset({_R.CLOSED, _R.CALLED_OFF}),
        _R.CLOSED: frozenset({_R.DRAWN, _R.CALLED_OFF}),
        _R.DRAWN: frozenset({_R.PUBLISHED}),
        _R.PUBLISHED: frozenset(),
        _R.CALLED_OFF: frozenset(),
    },
)
PUBLIC = frozenset(_R) - {_R.DRAFT}
HOLDING = frozenset({_R.ANNOUNCED, _R.OPEN, _R.CLOSED, _R.DRAWN})
"""While a round stands here, its opportunities are not applied for one by one."""
REVEALED = frozenset({_R.DRAWN, _R.PUBLISHED})
TONES = {_R.ANNOUNCED: "info", _R.OPEN: "ok", _R.CLOSED: "warn", _R.DRAWN: "warn", _R.PUBLISHED: "ok"}
