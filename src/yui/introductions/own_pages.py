"""What a resident and a host see of their own introductions. Never the other side's answer, reason or score."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext

from yui.base.access.actor import Actor
from yui.base.access.rules import town_of
from yui.base.definitions import by_key, current
from yui.introductions import queries
from yui.introductions.domain.answering import other
from yui.introductions.domain.notices import about, words_of
from yui.introductions.domain.reaching import WAY_LABELS, receiving
from yui.introductions.models import Answer, Introduction
from yui.introductions.states import PHASES, ROAD, State


@dataclass(frozen=True, slots=True)
class OwnPage:
    """``name`` is the other side's, empty as long as it must not be known; ``ways`` only after both said yes."""

    row: Introduction
    about: dict[str, Any]
    label: str
    steps: list[str]
    current: int
    may_answer: bool
    answered: bool
    name: str
    words: str
    ways: list[tuple[str, str]]
    meeting_at: dt.datetime | None
    place: str


def own_page(actor: Actor, row: Introduction, side: str) -> OwnPage:
    """One introduction for one of its sides."""
    definition = current(town_of(actor))
    to = receiving(row.opportunity, row.person, side)
    against = receiving(row.opportunity, row.person, other(side))
    language = get_language() or to.language
    steps = by_key(definition.introductions.steps)
    phase = PHASES[State(row.state)]
    road = [steps["passed" if phase == "passed" and key == "outcome" else key] for key in ROAD]
    answered = Answer.objects.filter(introduction=row, side=side).exists()
    found = queries.read_exchanged(actor=actor, introduction=row, side=other(side))
    return OwnPage(
        row=row,
        about=about(actor, row, to, language),
        label=steps[phase].label.in_language(language),
        steps=[step.label.in_language(language) for step in road],
        current=_place(phase),
        may_answer=row.state == State.ASKING and not answered,
        answered=answered,
        name=against.name if _name_known(row, side) else "",
        words=words_of(row, other(side)) if found else "",
        ways=[(gettext(WAY_LABELS[found[1].channel]), found[1].address)] if found and found[1].address else [],
        meeting_at=row.meeting_at if found else None,
        place=row.meeting_place if found else "",
    )


def _name_known(row: Introduction, side: str) -> bool:
    """A host knows the name from the person's yes on; a person knows an organisation, and a host person after both."""
    if side == Answer.Side.HOST:
        return queries.name_is_shown(row)
    return row.opportunity.activity.host_organization_id is not None or row.state in queries.TOGETHER


def _place(phase: str) -> int:
    if phase == "followed_up":
        return len(ROAD) + 1
    return ROAD.index("outcome" if phase == "passed" else phase) + 1
