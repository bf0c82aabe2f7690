"""What a stage rests on: rows of facts. The wings above register theirs; people knows its own.

A source answers ``(person, since, until)`` with the public ids of the rows effective in that time (``since`` None: ever),
so that the evidence of a move names its rows.
"""

import datetime as dt
from collections.abc import Callable, Sequence

from django.db.models import Q

from yui.engine.calendar import add_months
from yui.people.definition import Criterion, Missing, Stage, missing_for
from yui.people.models import ContactNote, Membership, Person

FactSource = Callable[[Person, dt.date | None, dt.date], Sequence[str]]
VOUCHED = frozenset({"coordinator_recommendation", "authority_appointment"})
"""Facts without rows: whoever proposes the move vouches for them, and the proposal is their record."""

_sources: dict[str, FactSource] = {}


def register_fact(name: str, source: FactSource) -> None:
    """A wing that keeps the rows of a fact registers here, once, when its application is ready."""
    present = _sources.get(name)
    if present is not None and present is not source:
        raise ValueError(f"fact {name} is registered twice")
    _sources[name] = source


def evidence_for(person: Person, stage: Stage, today: dt.date, vouched: Sequence[str] = ()) -> dict[str, list[str]]:
    """Criterion key to the ids of the rows that count for it; ``vouched``: keys of criteria somebody stands for."""
    return {criterion.key: _rows(person, criterion, today, vouched) for criterion in stage.criteria}


def missing_of(person: Person, stage: Stage, today: dt.date, vouched: Sequence[str] = ()) -> list[Missing]:
    """What is still missing for a stage; empty when nothing is."""
    counts = {key: len(rows) for key, rows in evidence_for(person, stage, today, vouched).items()}
    return missing_for(stage, counts)


def _rows(person: Person, criterion: Criterion, today: dt.date, vouched: Sequence[str]) -> list[str]:
    if criterion.fact in VOUCHED:
        return [f"vouched:{criterion.fact}"] * criterion.at_least.value if criterion.key in vouched else []
    months = criterion.within_months.value
    since = add_months(today, -months) if months is not None else None
    source = _sources.get(criterion.fact)
    return [f"{criterion.fact}:{row}" for row in source(person, since, today)] if source else []


def _contact_notes(person: Person, since: dt.date | None, until: dt.date) -> list[str]:
    notes = ContactNote.objects.filter(person=person, spoken_at__date__lte=until)
    if since is not None:
        notes = notes.filter(spoken_at__date__gte=since)
    return list(notes.values_list("public_id", flat=True))


def _council_membership(person: Person, since: dt.date | None, until: dt.date) -> list[str]:
    """Present memberships of organisations that are a council of their district (``kind`` of the organisation)."""
    running = Q(ended_on=None) | Q(ended_on__gt=until)
    rows = Membership.objects.filter(
        running, person=person, effective_on__lte=until, organization__council=True, organization__ended_on=None
    )
    return list(rows.values_list("public_id", flat=True))


register_fact("contact_notes", _contact_notes)
register_fact("council_membership", _council_membership)
