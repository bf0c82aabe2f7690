"""Where a person stands among the layers and what is missing for the next step."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from yui.people.facts import missing_of
from yui.people.models import Person
from yui.people.queries import current_stage


@dataclass(frozen=True, slots=True)
class NextStep:
    """``missing``: what is still missing, with how many there are; empty when only the person's yes is."""

    now: Any
    next: Any
    missing: list[Any]


def next_step_of(person: Person, people: Any, today: dt.date) -> NextStep:
    """The present stage and the next one outwards in; either may be ``None``."""
    stages = sorted(people.stages, key=lambda stage: stage.order)
    key = current_stage(person, today)
    place = next((n for n, stage in enumerate(stages) if stage.key == key), -1)
    following = stages[place + 1] if place + 1 < len(stages) else None
    missing = missing_of(person, following, today) if following else []
    return NextStep(stages[place] if place >= 0 else None, following, missing)
