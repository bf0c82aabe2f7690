"""What happens to each row about a person when two registrations become one.

Every reference to ``Person``, in whatever wing, has a rule here: its wing registers it when its application is ready, and
a test asks for those without one. A rule is a function that answers, for a pair, which rows change and how; it writes
nothing, so that the same answer is shown before and done afterwards.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model, OuterRef, Q, QuerySet, Subquery

from yui.people.models import Person


@dataclass(frozen=True, slots=True)
class Pair:
    """Two registrations of one person. ``taken``: names of fields whose value is taken from the losing one."""

    survivor: Person
    loser: Person
    today: dt.date
    now: dt.datetime
    taken: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Change:
    """The same change of several rows of one table: field (as in the table) → before and after."""

    model: type[Model]
    pks: tuple[int, ...]
    fields: Mapping[str, tuple[Any, Any]]


@dataclass(slots=True)
class Plan:
    """What a rule does with a pair. ``moved``, ``ended``: how many rows go over, and are ended because there were two."""

    changes: list[Change] = field(default_factory=list)
    moved: int = 0
    ended: int = 0
    made: list[tuple[type[Model], dict[str, Any]]] = field(default_factory=list)
    """Rows that are written anew: table and values."""
    label: str = ""


Rule = Callable[[Pair], Plan]
Ended = Callable[[Pair, Any], dict[str, Any]]

_rules: dict[tuple[str, str], Rule] = {}
_labels: dict[str, str] = {}


def on_merge(model: type[Model], name: str, rule: Rule, label: str = "") -> None:
    """A wing names the rule of one of its references to a person; ``label``: what the rows are called before a human."""
    _rules[model._meta.label, name] = rule
    if label:
        _labels[model._meta.label] = label


def label_of(table: str) -> str:
    """What rows of a table are called before a human; empty where they are not worth a word."""
    return _labels.get(table, "")


def references() -> Iterator[tuple[type[Model], str]]:
    """Every field of every table that points to a person."""
    for model in apps.get_models():
        for known in model._meta.concrete_fields:
            if isinstance(known, ForeignKey) and known.related_model is Person:
                yield model, known.name


def missing_rules() -> set[str]:
    """References without a rule; empty unless a table was forgotten."""
    return {f"{model._meta.label}.{name}" for model, name in references() if (model._meta.label, name) not in _rules}


def plans(pair: Pair) -> list[Plan]:
    """What every rule does with a pair, in the order of registration. A reference without a rule raises ``LookupError``."""
    missing = missing_rules()
    if missing:
        raise LookupError(f"no rule for merging: {sorted(missing)}")
    found = []
    for (table, _name), rule in _rules.items():
        plan = rule(pair)
        plan.label = label_of(table)
        found.append(plan)
    return found


def stays(_pair: Pair) -> Plan:
    """The rows stay with the losing registration: they are about that row itself."""
    return Plan()


def moves(
    model: type[Model],
    name: str,
    *,
    once: Iterable[str] | None = None,
    running: Q | None = None,
    ended: Ended | None = None,
    rank: Callable[[Pair, Any], Any] | None = None,
    ended_stays: bool = False,
) -> Rule:
    """The rows go over to the surviving registration.

    ``once``: fields of which a person may have one row that is ``running``. Where both have one, the row of the lower
    ``rank`` goes on (the survivor's unless given) and the other gets the values of ``ended``; without ``ended``, or with
    ``ended_stays``, the losing registration keeps its row. Rows that name both persons stay where they are.
    """

    def rule(pair: Pair) -> Plan:
        plan, column = Plan(), model._meta.get_field(name).attname  # type: ignore[union-attr]
        own = _rows(model, pair).filter(**{name: pair.loser})
        staying = _between(model, name, pair)
        closed = set[int]()
        if once is not None:
            for mine, theirs in _clashes(model, name, pair, tuple(once), running or Q()):
                first_goes_on = rank is None or rank(pair, mine) <= rank(pair, theirs)
                aside = theirs if first_goes_on else mine
                if ended is None or (ended_stays and aside is theirs):
                    staying.add(theirs.pk)
                if ended is not None and aside.pk not in closed:
                    closed.add(aside.pk)
                    plan.changes.append(changed(aside, ended(pair, aside)))
                    plan.ended += 1
        going = tuple(own.exclude(pk__in=staying).order_by("pk").values_list("pk", flat=True))
        if going:
            plan.changes.append(Change(model, going, {column: (pair.loser.pk, pair.survivor.pk)}))
            plan.moved = len(going)
        return plan

    return rule


def named(model: type[Model], kind: Mapping[str, str], name: str, by: str) -> Rule:
    """The same for rows that name a person by kind and id, without a reference of the database."""

    def rule(pair: Pair) -> Plan:
        before, after = getattr(pair.loser, by), getattr(pair.survivor, by)
        pks = tuple(_rows(model, pair).filter(**kind, **{name: before}).order_by("pk").values_list("pk", flat=True))
        return Plan([Change(model, pks, {name: (before, after)})] if pks else [])

    return rule


def on_merge_named(model: type[Model], kind: Mapping[str, str], name: str, by: str) -> None:
    """Register the rule ``named`` for a table."""
    _rules[model._meta.label, name] = named(model, kind, name, by)


def changed(row: Any, values: Mapping[str, Any]) -> Change:
    """The change of one row to new values."""
    return Change(type(row), (row.pk,), {name: (getattr(row, name), value) for name, value in values.items()})


def _rows(model: type[Model], pair: Pair) -> QuerySet[Any]:
    return model.objects.filter(authority_id=pair.survivor.authority_id)  # type: ignore[attr-defined]


def _between(model: type[Model], name: str, pair: Pair) -> set[int]:
    """The losing registration's rows whose other side is the surviving one: nobody is tied to oneself."""
    others = [other for known, other in references() if known is model and other != name]
    found = set[int]()
    for other in others:
        rows = _rows(model, pair).filter(**{name: pair.loser, other: pair.survivor})
        found |= set(rows.values_list("pk", flat=True))
    return found


def _clashes(model: type[Model], name: str, pair: Pair, once: tuple[str, ...], running: Q) -> Iterator[tuple[Any, Any]]:
    """Pairs of rows of which one person may have one: the survivor's and the loser's. Personal values are not fetched."""
    rows = _rows(model, pair).filter(running)
    same = rows.filter(**{name: pair.survivor}, **{part: OuterRef(part) for part in once}).order_by("pk")
    theirs = rows.filter(**{name: pair.loser}).annotate(twin=Subquery(same.values("pk")[:1])).exclude(twin=None)
    unread = model.declaration.personal()  # type: ignore[attr-defined]
    found = list(theirs.defer(*unread).order_by("pk"))
    mine = rows.defer(*unread).in_bulk([row.twin for row in found])
    for row in found:
        yield mine[row.twin], row
