"""Persons for one 出番 in a large town: the snapshot, with whoever changed since laid over it, fresh from the database.

Every verb appends its act to the audit in its own transaction, with the public id of the person concerned. So whoever has
an act after the snapshot's mark is gathered anew, and a changed person is reflected by the next question. The answer, the
numbers and the digest are those of ``facts.for_opportunity``; where there is no snapshot, that is what is asked.
"""

import datetime as dt
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from django.db.models import Q

from yui.activities.models import Opportunity
from yui.base.audit.models import AuditEvent
from yui.base.audit.record import CONTACT_READ
from yui.base.definitions import current
from yui.base.tenancy.models import Authority
from yui.engine.matching import read_instance
from yui.engine.matching.among import among
from yui.engine.matching.columns import Array
from yui.engine.matching.roster import Standing
from yui.introductions import facts, snapshot
from yui.introductions.generations import ask_for_generation
from yui.introductions.rows import (
    DAILY,
    Json,
    Known,
    Today,
    digest_of_question,
    digest_of_row,
    today_of,
    told,
)
from yui.introductions.rules import in_force
from yui.introductions.snapshot import Snapshot
from yui.introductions.vocabulary import Vocabulary
from yui.people.models import StageChange

SMALL = 500
"""Persons up to whom a town needs no snapshot."""
MANY = 300
"""Changed persons after which a new generation is asked for; the page goes on with what there is."""
TOO_MANY = 3000
"""Changed persons from whom on the whole town is gathered anew."""
MOST_ACTS = 20_000
"""Acts since a generation that are read; with more, the same."""


@dataclass(frozen=True, slots=True)
class Change:
    """Who changed since a snapshot: their ids, and what they tell now (only of those who may be thought of)."""

    ids: tuple[str, ...] = ()
    people: tuple[Known, ...] = ()
    rows: dict[str, Json] = field(default_factory=dict)


def for_opportunity(authority: Authority, opportunity: Opportunity, today: dt.date) -> "facts.Gathered | Overlaid":
    """Persons for one 出番, in a large town from its snapshot."""
    rules, rules_now = current(authority).introductions, in_force(authority)
    if rules_now.values.rule == "price":  # prices need all 出番
        return facts.for_opportunity(authority, opportunity, today, rules_now)
    held = snapshot.read(authority, today)
    change = None if held is None else changed_since(authority, held, today)
    if held is None or change is None:
        found = facts.for_opportunity(authority, opportunity, today, rules_now)
        if len(found.question["persons"]) > SMALL:
            ask_for_generation(authority)
        return found
    if len(change.ids) > MANY:
        ask_for_generation(authority)
    thing = facts.fetched(opportunity)
    head = facts.head_of(authority, "opportunity", [thing], Vocabulary(current(authority)), today, rules_now)
    return Overlaid(held, change, head, thing, today_of([thing], rules, today))


def is_stale(authority: Authority, today: dt.date) -> bool:
    """Whether a large town has no snapshot, or somebody changed since."""
    held = snapshot.read(authority, today)
    if held is None:
        return facts.visible_persons().count() > SMALL
    change = changed_since(authority, held, today)
    return change is None or bool(change.ids)


@dataclass(frozen=True)
class Overlaid:
    """A question to a snapshot and the persons laid over it; see ``facts.Gathered``."""

    held: Snapshot
    change: Change
    head: Json
    thing: Opportunity
    standing: Today

    @cached_property
    def _blocked(self) -> dict[int, set[str]]:
        return self.standing.blocked([self.thing])

    @cached_property
    def _there(self) -> Array:
        """Which rows of the snapshot are asked about, before pairs under way are left out."""
        there = np.ones(len(self.held.roster), dtype=np.bool_)
        at = self.held.roster.rows_of(list(self.change.ids))
        there[at[at >= 0]] = False
        return there

    @cached_property
    def _taken(self) -> set[int]:
        return {person for person, _ in self.standing.taken}

    @cached_property
    def _over(self) -> list[Known]:
        return [person for person in self.change.people if person.pk not in self._taken]

    @cached_property
    def _rows(self) -> Standing:
        size = len(self.held.roster)
        there = self._there.copy()
        there[self._at(self._taken)] = False
        asked, load = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
        for counts, column in ((self.standing.asked, asked), (self.standing.load, load)):
            rows = self.held.rows_of_pks(counts)
            known = rows >= 0
            column[rows[known]] = np.fromiter(counts.values(), dtype=np.int64)[known]
        resting, blocked = np.zeros(size, dtype=np.bool_), np.zeros(size, dtype=np.bool_)
        resting[self._at(self.standing.resting)] = True
        blocked[self._at(pk for pk, things in self._blocked.items() if things)] = True
        return Standing(there, asked, load, resting, blocked)

    def _at(self, pks: Iterable[int]) -> Array:
        rows = self.held.rows_of_pks(list(pks))
        found: Array = rows[rows >= 0]
        return found

    @cached_property
    def already(self) -> int:
        """Pairs that are under way or joined."""
        return int((self._there & ~self._rows.there).sum()) + len(self.change.people) - len(self._over)

    @cached_property
    def _persons(self) -> dict[str, Json]:
        """Whole rows of the persons laid over."""
        return {
            person.public_id: {
                **self.change.rows[person.public_id],
                "blocked": sorted(self._blocked.get(person.pk, ())),
                "resting": person.pk in self.standing.resting,
                "asked": self.standing.asked[person.pk],
                "load": self.standing.load[person.pk],
            }
            for person in self._over
        }

    @property
    def digest(self) -> str:
        """That of the whole question."""
        rows, names = self._rows, self.held.roster.names
        standing: dict[str, Json] = {
            key: found
            for key, row in self._persons.items()
            if (found := {name: row[name] for name in DAILY if row[name]})
        }
        marked = rows.there & ((rows.asked > 0) | (rows.load > 0) | rows.resting | rows.blocked)
        for row in np.flatnonzero(marked).tolist():
            values = {
                "blocked": [self.thing.public_id] if rows.blocked[row] else [], "resting": bool(rows.resting[row]),
                "asked": int(rows.asked[row]), "load": int(rows.load[row]),
            }  # fmt: skip
            standing[names[row].decode()] = {name: value for name, value in values.items() if value}
        over = sorted(self._persons)
        digests = self.held.digests[rows.there]
        if over:
            at = np.searchsorted(names[rows.there], np.array([name.encode() for name in over], dtype=bytes))
            fresh = b"".join(digest_of_row(name, self.change.rows[name]) for name in over)
            digests = np.insert(digests, at, np.frombuffer(fresh, np.uint8).reshape(len(over), -1), axis=0)
        return digest_of_question(self.head, standing, digests.tobytes())

    def ask_for(self, size: int) -> None:
        """At most so many entries."""
        self.head["k"] = size

    def under(self, rules: Json) -> None:
        """Ask by other rules: parts of a question such as ``weights``."""
        self.head.update(rules)

    def answer(self) -> facts.Listed:
        """Ask the engine."""
        instance = read_instance({**self.head, "why_not": False, "persons": self._persons})
        found = among(self.held.roster, self._rows, instance)
        return facts.Listed(found.entries, found.excluded_by, found.considered, found)


def changed_since(authority: Authority, held: Snapshot, today: dt.date) -> Change | None:
    """Who has an act after the mark, or a stage that began since. ``None``: too many, or the mark belongs to another
    history (a copy was restored)."""
    told_of = Q(pk=held.mark) | (~Q(person_id="") & ~Q(act=CONTACT_READ))
    since = AuditEvent.objects.filter(told_of, pk__gte=held.mark).order_by("pk")
    acts = list(since.values_list("pk", "at", "person_id")[:MOST_ACTS])
    if not acts or (acts[0][0], acts[0][1].isoformat()) != (held.mark, held.mark_at):
        return None
    ids = {person for _, _, person in acts[1:]}
    if held.made_on < today:
        begun = StageChange.objects.filter(effective_on__gt=held.made_on, effective_on__lte=today)
        ids |= set(begun.order_by().values_list("person__public_id", flat=True))
    if len(acts) == MOST_ACTS or len(ids) > TOO_MANY:
        return None
    name = (authority.pk, held.key, held.mark, held.mark_at, today, tuple(pk for pk, _, _ in acts), tuple(sorted(ids)))
    with _lock:
        known = _known.get(authority.pk)
    if known is not None and known[0] == name:
        return known[1]
    found = _gathered(authority, tuple(sorted(ids)), today)
    with _lock:
        if len(_known) >= snapshot.MOST_HELD:
            _known.clear()
        _known[authority.pk] = (name, found)
    return found


_known: dict[int, tuple[object, Change]] = {}
_lock = threading.Lock()


def _gathered(authority: Authority, ids: tuple[str, ...], today: dt.date) -> Change:
    if not ids:
        return Change()
    definition = current(authority)
    people = tuple(facts.known(facts.visible_persons().filter(public_id__in=ids)))
    pks = [person.pk for person in people]
    return Change(ids, people, told(people, pks, Vocabulary(definition), definition.introductions, today))
