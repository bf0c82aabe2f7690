"""The lines of 今日の仕事. Each wing declares its own in ``desk_items.py``; the site collects them."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from yui.base.access.actor import Actor


class Kind(StrEnum):
    """The groups of the desk, in their order."""

    LATE = "late"
    PROMISED = "promised"
    WAITING = "waiting"
    NEVER_ASKED = "never_asked"
    FOLLOW_UP = "follow_up"
    TO_CHECK = "to_check"
    APPROVALS = "approvals"
    LETTERS = "letters"


KIND_LABELS: dict[Kind, str] = {
    Kind.LATE: "期限をすぎたもの",
    Kind.PROMISED: "約束した電話",
    Kind.WAITING: "返事を待っているもの",
    Kind.NEVER_ASKED: "まだ声のかかっていない人",
    Kind.FOLLOW_UP: "3か月後の確認",
    Kind.TO_CHECK: "登録で確かめること",
    Kind.APPROVALS: "承認",
    Kind.LETTERS: "出す手紙",
}
TONES = frozenset({"neutral", "info", "good", "warn", "late"})
_ORDER = {kind: number for number, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class DeskItem:
    """One line: about whom, why, and the one thing to do next."""

    kind: Kind
    key: str
    """Stable id of the line, e.g. ``introduction:4fz…``; a later builder may let staff fold lines away by it."""
    who: str
    sentence: str
    url: str
    verb: str
    """The words of the button, e.g. 電話を記録する."""
    chip: str = ""
    chip_tone: str = "neutral"
    due_on: dt.date | None = None
    place: int = 0
    """The place among the lines of its kind that are due on the same day, where the wing has an order of its own."""

    def __post_init__(self) -> None:
        """A kind or tone that does not exist is a defect of the wing."""
        if self.chip_tone not in TONES:
            raise ValueError(f"unknown tone {self.chip_tone}")
        Kind(self.kind)


DeskSource = Callable[[Actor, dt.date], Iterable[DeskItem]]
_of_the_desk: list[DeskSource] = []
_of_the_office: list[DeskSource] = []


def desk_items(source: DeskSource) -> DeskSource:
    """Declare the decorated ``(actor, today)`` as a source of lines of 今日の仕事; it must ask ``may`` for what it shows."""
    return _keep(source, _of_the_desk)


def office_items(source: DeskSource) -> DeskSource:
    """The same for the home of those who decide for the authority: what only they can move on.

    A source may be declared for both.
    """
    return _keep(source, _of_the_office)


def collect(actor: Actor, today: dt.date) -> list[DeskItem]:
    """Every line of the desk for this actor, by kind, then by the day it is due (without a day last), then in the order
    of its wing.
    """
    return _in_order(_of_the_desk, actor, today)


def collect_for_office(actor: Actor, today: dt.date) -> list[DeskItem]:
    """Every line of the officer's home, in the same order."""
    return _in_order(_of_the_office, actor, today)


def _keep(source: DeskSource, sources: list[DeskSource]) -> DeskSource:
    if source not in sources:
        sources.append(source)
    return source


def _in_order(sources: Iterable[DeskSource], actor: Actor, today: dt.date) -> list[DeskItem]:
    found = [item for source in sources for item in source(actor, today)]
    return sorted(found, key=lambda item: (_ORDER[Kind(item.kind)], item.due_on or dt.date.max, item.place, item.key))
