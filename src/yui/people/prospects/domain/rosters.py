"""候補者リスト: making a list and writing its entries."""

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible, Stale
from yui.base.access.permissions import Permission
from yui.base.access.rules import require, town_of
from yui.base.audit.record import record
from yui.base.definitions import by_key, current
from yui.people.models import Organization, Person
from yui.people.prospects.models import Prospect, Roster, RosterEntry

Candidate = Person | Organization | Prospect


def make_roster(*, actor: Actor, kind: str, title: str) -> Roster:
    """A new, empty list."""
    require(actor, Permission.PROSPECT_WRITE)
    if kind not in Roster.Kind.values:
        raise NotPossible("リストの種類を選んでください。", "unknown_kind")
    if not title.strip():
        raise NotPossible("リストの名前を書いてください。", "title_missing")
    with transaction.atomic():
        roster = Roster.objects.create(
            authority=town_of(actor), kind=kind, title=title.strip(), made_on=clock.today(), recorded_at=clock.now(),
            account=actor.account,
        )  # fmt: skip
        record(actor, "roster.made", roster, details={"kind": kind})
    return roster


def add_entry(
    *, actor: Actor, roster: Roster, candidate: Candidate, field: str = "", qualities: str = "", experience: str = "",
    sources: str = "",
) -> RosterEntry:  # fmt: skip
    """A person, an organisation (actors only) or a prospect, each once in a list. Hidden and erased are in no list."""
    require(actor, Permission.PROSPECT_WRITE, roster)
    name = {Person: "person", Organization: "organization", Prospect: "prospect"}[type(candidate)]
    if isinstance(candidate, Person) and (candidate.hidden or candidate.erased_at is not None):
        raise NotPossible("この方は、一覧に出さない方です。", "hidden")
    if isinstance(candidate, Prospect) and candidate.ended_on is not None:
        raise NotPossible("この方は、もう候補から外れています。", "ended")
    if isinstance(candidate, Organization) and roster.kind == Roster.Kind.COORDINATOR:
        raise NotPossible("コーディネーターの候補は、個人を選んでください。", "organization")
    _check(actor, field)
    with transaction.atomic():
        if RosterEntry.objects.filter(roster=roster, ended_on=None, **{name: candidate}).exists():
            raise NotPossible("もうリストに入っています。", "already")
        entry = RosterEntry.objects.create(
            authority=roster.authority, roster=roster, field=field, qualities=qualities.strip(),
            experience=experience.strip(), sources=sources.strip(), effective_on=clock.today(), recorded_at=clock.now(),
            **{name: candidate},
        )  # fmt: skip
        person_id = candidate.public_id if isinstance(candidate, Person) else ""
        record(actor, "roster.entered", entry, person_id=person_id, details={"roster": roster.public_id})
    return entry


def change_entry(
    *, actor: Actor, entry: RosterEntry, version: int, field: str, qualities: str, experience: str, sources: str
) -> RosterEntry:
    """Write qualities and experience. Raises ``Stale`` when somebody saved in between."""
    require(actor, Permission.PROSPECT_WRITE, entry)
    _check(actor, field)
    mine = {
        "field": field,
        "qualities": qualities.strip(),
        "experience": experience.strip(),
        "sources": sources.strip(),
    }
    with transaction.atomic():
        fresh = _lock(entry)
        if fresh.version != version:
            raise Stale({name: getattr(fresh, name) for name in mine}, dict(mine))
        for name, value in mine.items():
            setattr(fresh, name, value)
        fresh.version += 1
        fresh.save()
        record(actor, "roster.entry_changed", fresh, fields=sorted(mine))
    return fresh


def take_out(*, actor: Actor, entry: RosterEntry) -> RosterEntry:
    """The candidate leaves the list today; the words about them go."""
    require(actor, Permission.PROSPECT_WRITE, entry)
    with transaction.atomic():
        fresh = _lock(entry)
        fresh.ended_on = clock.today()
        fresh.qualities = fresh.experience = fresh.sources = ""
        fresh.version += 1
        fresh.save()
        record(actor, "roster.taken_out", fresh)
    return fresh


def _lock(entry: RosterEntry) -> RosterEntry:
    fresh = RosterEntry.objects.select_for_update().get(pk=entry.pk)
    if fresh.ended_on is not None:
        raise NotPossible("もうリストから外れています。", "ended")
    return fresh


def _check(actor: Actor, field: str) -> None:
    if field and field not in by_key(current(town_of(actor)).people.themes):
        raise NotPossible("えらべない分野です。もう一度えらんでください。", "unknown_choice")
