"""What the exchange gives to the worker: an import; and each day, forgetting what undo no longer needs."""

import datetime as dt

from django.db import OperationalError

from yui.base import clock
from yui.base.access.actor import system_actor
from yui.base.exchange.domain.running import JOB, give_back, run_import
from yui.base.exchange.domain.undoing import DAYS, forget_earlier_values
from yui.base.exchange.models import Import
from yui.base.jobs.registry import every_day, job
from yui.base.jobs.run import LostLease, Run
from yui.base.tenancy.models import Authority


@job(JOB, label="名簿などの取込")
def perform_import(run: Run) -> None:
    """The whole import is one piece: both are there after a kill, or neither."""
    batch = Import.objects.get(public_id=str(run.arguments["import"]))
    run.expect(1)
    try:
        with run.piece("import") as fresh:
            if fresh:
                run_import(actor=run.actor, batch=batch, rehearse=bool(run.arguments.get("rehearse")))
                run.result("import", batch.public_id)
    except (OperationalError, LostLease):  # another worker tries again
        raise
    except Exception:
        give_back(actor=run.actor, batch=batch)
        raise


@every_day("exchange.forget")
def forget(authority: Authority, today: dt.date) -> int:
    """Earlier values are personal: they go when an import can not be undone any more."""
    before = clock.now() - dt.timedelta(days=DAYS + 1)
    return forget_earlier_values(actor=system_actor(authority, "exchange.forget"), before=before)
