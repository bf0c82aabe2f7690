"""Making a generation of a town's snapshot: a job with progress; no page waits for it.

The mark is read before the persons are: whoever changes while the rest is gathered has an act after the mark and is laid
over the snapshot. On PostgreSQL transactions commit in another order than they took their numbers, so the mark goes back
to before the oldest transaction that is still writing.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Q

from yui.base import clock
from yui.base.access.actor import system_actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.audit.models import AuditEvent
from yui.base.definitions import current
from yui.base.files.store import FULL
from yui.base.jobs.domain import run_job
from yui.base.jobs.models import JobRun, State
from yui.base.tenancy.models import Authority
from yui.engine.matching import read_instance
from yui.engine.matching.roster import RosterMaker
from yui.introductions import facts, snapshot
from yui.introductions.rows import Known, digest_of_row, told
from yui.introductions.snapshot import Snapshot
from yui.introductions.vocabulary import Vocabulary
from yui.people.models import Person

KIND = "introductions.snapshot"
AT_ONCE = 1000
AGAIN_AFTER = dt.timedelta(minutes=15)
"""How soon a generation is asked for again, whatever came of the one before."""
AFTER_FAILING = dt.timedelta(hours=6)
ROUNDS = 10
"""How often the snapshot is written without the erased before it is given up."""
MARGIN = dt.timedelta(seconds=60)
Tell = Callable[[int, int], None]


def ask_for_generation(authority: Authority) -> None:
    """Queue the job, unless one waits, runs or was asked for a moment ago."""
    now = clock.now()
    recent = Q(state__in=(State.QUEUED, State.RUNNING)) | Q(requested_at__gt=now - AGAIN_AFTER)
    recent |= Q(state=State.FAILED, requested_at__gt=now - AFTER_FAILING)
    if not JobRun.objects.filter(recent, kind=KIND).exists():
        actor = system_actor(authority, "introductions")
        run_job(actor=actor, kind=KIND, permission=Permission.CANDIDATES_READ)


def make_generation(authority: Authority, tell: Tell = lambda done, total: None) -> Snapshot | None:
    """Gather every person and write the file. ``tell``: parts done, of how many. ``None`` where nothing ever happened.

    Raises ``NotPossible`` where the file can not be written; the generation before stays then.
    """
    today, mark = clock.today(), _settled()
    if mark is None:
        return None
    snapshot.sweep(authority)
    maker, pks, digests = RosterMaker(), list[int](), list[bytes]()
    for people in _people(tell):
        rows = _rows(authority, people, today)
        persons = read_instance({"persons": rows, "opportunities": {}}).persons
        for person in people:
            maker.add(person.public_id, persons[person.public_id])
            pks.append(person.pk)
            digests.append(digest_of_row(person.public_id, rows[person.public_id]))
    made = Snapshot(
        roster=maker.made(),
        pks=np.array(pks, dtype=np.int64),
        digests=np.frombuffer(b"".join(digests), dtype=np.uint8).reshape(len(digests), snapshot.DIGEST),
        key=snapshot.key_of(authority, today),
        mark=mark.pk,
        mark_at=mark.at.isoformat(),
        made_on=today,
    )
    try:
        snapshot.write(authority, made)
    except OSError as error:
        code = "disk_full" if error.errno in FULL else "not_written"
        raise NotPossible("候補のもとを保存できませんでした。管理者に知らせてください。", code) from error
    forget_erased(authority)  # whoever was erased while the rest was gathered
    return made


def forget_erased(authority: Authority) -> None:
    """Write the snapshot anew without the erased, until none is in it; where that fails there is no snapshot any more.

    Called after every erasure and every generation: whoever writes last looks once more, so no row comes back.
    """
    for _ in range(ROUNDS):
        held = snapshot.read(authority, clock.today())
        if held is None:  # also one that is no longer used
            snapshot.drop(authority)
            return
        erased = list(Person.objects.exclude(erased_at=None).values_list("public_id", flat=True))
        if not (held.roster.rows_of(erased) >= 0).any():
            return
        try:
            snapshot.write(authority, held.without(erased))
        except OSError:
            break
    snapshot.drop(authority)


def _people(tell: Tell) -> Iterator[list[Known]]:
    """Everybody who may be thought of, in the order of public ids, some at a time."""
    everyone = sorted(facts.visible_persons().order_by().values_list("public_id", "pk"))
    total = -(-len(everyone) // AT_ONCE)
    tell(0, total)
    for number, start in enumerate(range(0, len(everyone), AT_ONCE), start=1):
        pks = [pk for _, pk in everyone[start : start + AT_ONCE]]
        yield sorted(facts.known(Person.objects.filter(pk__in=pks)), key=lambda person: person.public_id)
        tell(number, total)


def _rows(authority: Authority, people: list[Known], today: dt.date) -> dict[str, dict[str, Any]]:
    definition = current(authority)
    pks = [person.pk for person in people]
    return told(people, pks, Vocabulary(definition), definition.introductions, today)


def _settled() -> AuditEvent | None:
    """The last act before which no other can still appear."""
    acts = AuditEvent.objects.order_by("-pk")
    if connection.vendor == "postgresql":
        acts = acts.filter(at__lt=clock.now() - _oldest_writing() - MARGIN)
    return acts.first()


def _oldest_writing() -> dt.timedelta:
    """For how long the oldest transaction that wrote something has been open."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(clock_timestamp() - xact_start) FROM pg_stat_activity "
            "WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()"
        )
        found = cursor.fetchone()[0]
    return found or dt.timedelta(0)
