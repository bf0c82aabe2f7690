"""Carrying it out: one transaction for the whole file, so a kill half-way leaves nothing. A rehearsal is the same,
rolled back at its end."""

from collections import Counter

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.rules import require
from yui.base.audit.record import record
from yui.base.exchange import states
from yui.base.exchange.domain.keeping import drop_file, held
from yui.base.exchange.models import Import, ImportRow
from yui.base.exchange.queries import Plan, importer_of, plan_of
from yui.base.jobs.domain import run_job
from yui.base.jobs.models import JobRun
from yui.base.tenancy.inserting import insert_many

JOB = "exchange.import"


def ask_for_import(*, actor: Actor, batch: Import, rehearse: bool = False) -> JobRun:
    """Give the import to a worker. ``rehearse``: do all of it, count, and leave nothing."""
    importer = importer_of(batch)
    require(actor, importer.permission, batch)
    with transaction.atomic():
        batch = held(batch, {states.PREVIEWED})
        arguments = {"import": batch.public_id, "rehearse": "1" if rehearse else ""}
        run = run_job(actor=actor, kind=JOB, permission=importer.permission, thing=batch, arguments=arguments)
        batch.state, batch.job = states.RUNNING, run.public_id
        batch.save(update_fields=["state", "job"])
    return run


def run_import(*, actor: Actor, batch: Import, rehearse: bool = False) -> Import:
    """Write every row that can be written, with its audit row, in one transaction. Faulty rows stay out.

    The file is deleted with the commit, unless rows stayed out that are still to be mended.
    """
    importer = importer_of(batch)
    require(actor, importer.permission, batch)
    with transaction.atomic():
        batch = held(batch, {states.RUNNING})
        plan = plan_of(batch)
        with transaction.atomic():
            counts = _write(actor, batch, plan)
            if rehearse:
                transaction.set_rollback(True)
        if rehearse:
            batch.counts = {"tried": counts}
            batch.state = states.PREVIEWED
        else:
            batch.counts, batch.state, batch.imported_at = counts, states.IMPORTED, clock.now()
            if not counts["fault"]:
                drop_file(actor, batch.file)
                batch.file, batch.headings = None, []
            record(actor, "import.finished", batch, details={"kind": batch.kind, **counts})
        batch.save()
    return batch


def _write(actor: Actor, batch: Import, plan: Plan) -> dict[str, int]:
    importer = importer_of(batch)
    todo = [planned for planned in plan.planned if not planned.stopped and planned.action in ("add", "update")]
    rows = importer.write(actor, batch, todo)
    names = [field.attname for field in ImportRow._meta.concrete_fields if not field.primary_key]
    insert_many(ImportRow, ({name: getattr(row, name) for name in names} for row in rows))
    counts = Counter({"add": 0, "update": 0, "skip": 0, "fault": 0})
    counts.update(plan.counts)
    counts.update(add=-counts["add"], update=-counts["update"])
    counts.update(row.action for row in rows)
    return dict(counts)


def give_back(*, actor: Actor, batch: Import) -> None:
    """The worker could not do it: the import stands again where it was, with nothing written."""
    require(actor, importer_of(batch).permission, batch)
    found = Import.objects.filter(pk=batch.pk, state=states.RUNNING)
    if not found.update(state=states.PREVIEWED):
        raise NotPossible("この取込は、動いていません。", "import_state")
