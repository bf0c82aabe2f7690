"""The long work of calls: making and sending the notices of a batch."""

from typing import Any

from yui.base.access.permissions import Permission
from yui.base.jobs.models import JobRun
from yui.base.jobs.registry import job
from yui.base.jobs.run import Run
from yui.base.tenancy.addresses import town_url
from yui.office.calls.domain.dispatching import close_batch, deliver_notice
from yui.office.calls.domain.noticing import JOB
from yui.office.calls.models import Notice, NoticeBatch
from yui.office.calls.states import BatchState


def _page(run: JobRun) -> str:
    batch = NoticeBatch.objects.select_related("authority").filter(public_id=run.arguments.get("batch", "")).first()
    return town_url(batch.authority, "calls:notice_batch", public_id=batch.public_id) if batch else ""


@job(JOB, label="公募の通知", page=_page, page_permission=Permission.CALL_READ)
def send_batch(run: Run) -> None:
    """Each notice is a piece: papers, mark and mail together; then the batch is closed."""
    batch = NoticeBatch.objects.get(public_id=run.arguments["batch"])
    ids = list(batch.notices.order_by("id").values_list("pk", flat=True))
    run.expect(len(ids) + 1)
    for pk in ids:
        with run.piece(f"notice:{pk}") as fresh:
            if fresh:
                deliver_notice(actor=run.actor, notice=_notice(pk))
    with run.piece("close") as fresh:
        batch.refresh_from_db()
        if fresh and batch.state == BatchState.SENDING:
            close_batch(actor=run.actor, batch=batch)


def _notice(pk: Any) -> Notice:
    return Notice.objects.select_related("applicant__call__authority", "batch__call", "corrects").get(pk=pk)
