"""Asking for a binder. The job in ``tasks.py`` makes it."""

from django.db import transaction
from django.db.models import Max

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.audit.record import record
from yui.base.jobs.domain import run_job
from yui.base.jobs.models import JobRun
from yui.office.commissions.models import Commission
from yui.office.expenses.domain.reach import require_asker
from yui.office.expenses.models import AuditBinder, Evidence
from yui.office.expenses.rules import SOURCES
from yui.office.expenses.states import STANDING

JOB = "office.audit_binder"


def ask_binder(*, actor: Actor, commission: Commission, source: str = "") -> AuditBinder:
    """Begin a binder of every standing line, or of those that one funding source pays."""
    permission = require_asker(actor, commission)
    if source and source not in SOURCES:
        raise NotPossible("財源を選んでください。", "source")
    with transaction.atomic():
        commission = Commission.objects.select_for_update().get(pk=commission.pk)
        waiting = AuditBinder.objects.filter(commission=commission, state="queued").values_list("run_id", flat=True)
        if JobRun.objects.filter(public_id__in=list(waiting)).exclude(state="failed").exists():
            raise NotPossible("いま、綴りを作っています。できるまで、少しお待ちください。", "being_made")
        if not Evidence.objects.filter(expense__commission=commission, expense__state__in=list(STANDING)).exists():
            raise NotPossible("証拠がまだありません。", "nothing")
        newest = AuditBinder.objects.filter(commission=commission).aggregate(newest=Max("number"))["newest"] or 0
        made = AuditBinder.objects.create(
            authority=actor.authority, commission=commission, number=newest + 1, source=source,
            recorded_at=clock.now(), recorded_by=actor.account,
        )  # fmt: skip
        record(actor, "binder.asked", made, details={"number": made.number, "source": source})
        run = run_job(actor=actor, kind=JOB, permission=permission, thing=made, arguments={"binder": made.public_id})
        made.run_id = run.public_id
        made.save(update_fields=["run_id"])
    return made
