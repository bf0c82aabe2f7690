"""The introductions as lines and as columns."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from yui.base.definitions import Definition, by_key
from yui.introductions import queries
from yui.introductions.models import Introduction
from yui.introductions.states import LABELS, PHASES, ROAD, State

MOST_CARDS = 12
"""Cards of a column; the list shows the rest."""
CHIPS = {State.ASKING: "info", State.ACCEPTED: "ok", State.MEETING: "ok", State.MET: "ok", State.WORKING: "accent"}


@dataclass(frozen=True, slots=True)
class ListLine:
    """A line of the list."""

    public_id: str
    title: str
    text: str
    chip: str
    kind: str


@dataclass(frozen=True, slots=True)
class Column:
    """A phase with its cards; ``count`` counts all of them."""

    title: str
    count: int
    cards: list[ListLine]


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter."""

    key: str
    label: str
    current: bool


FILTERS = {
    "open": "進んでいるもの",
    "late": "返事の期限をすぎたもの",
    "follow_up": "その後の確認",
    "passed": "見送り・取りやめ",
    "all": "すべて",
}


def filters(state: str, today: dt.date) -> tuple[QuerySet[Introduction], list[Choice]]:
    """The rows of a filter, and the filters; an unknown one is ``open``."""
    key = state if state in FILTERS else "open"
    rows = {
        "open": queries.under_way,
        "late": lambda: queries.overdue(today),
        "follow_up": lambda: queries.follow_ups(today),
        "passed": lambda: queries.introductions().filter(state__in=(State.DECLINED, State.STOPPED)),
        "all": queries.introductions,
    }[key]()
    return rows, [Choice(name, label, name == key) for name, label in FILTERS.items()]


def title_of(row: Introduction) -> str:
    """Who and whom, for the desk."""
    host = row.opportunity.activity.host_organization or row.opportunity.activity.host_person
    name = getattr(host, "name", "") or getattr(host, "display_name", "")
    return f"{row.person.display_name} × {name}"


def list_line(row: Introduction, today: dt.date) -> ListLine:
    """A line with where it stands and what is due."""
    text, kind = row.opportunity.title, CHIPS.get(State(row.state), "")
    chip = LABELS[State(row.state)]
    if row.state == State.ASKING and row.answer_due_on:
        late = row.answer_due_on < today
        chip = f"{row.answer_due_on.month}月{row.answer_due_on.day}日まで" + ("（すぎています）" if late else "")
        kind = "danger" if late else "info"
    elif row.follow_up_on and row.follow_up_on <= today and row.state in queries.AWAITING_FOLLOW_UP:
        chip, kind = "その後の確認", "warn"
    return ListLine(row.public_id, title_of(row), text, chip, kind)


def board(definition: Definition, today: dt.date) -> list[Column]:
    """One column a phase, in the order of the road. The last two phases would hold everything that ever was: left out."""
    steps = by_key(definition.introductions.steps)
    rows = list(queries.under_way())
    columns = []
    for phase in ROAD[:4]:
        inside = [row for row in rows if PHASES[State(row.state)] == phase]
        cards = [list_line(row, today) for row in inside[:MOST_CARDS]]
        columns.append(Column(steps[phase].staff_label, len(inside), cards))
    due = queries.follow_ups(today)
    columns.append(
        Column(steps["followed_up"].staff_label, due.count(), [list_line(row, today) for row in due[:MOST_CARDS]])
    )
    return columns
