"""Reading runs. Call inside the authority's scope."""

from django.db.models import QuerySet

from yui.base.jobs.models import JobRun, State


def runs(kind: str = "") -> QuerySet[JobRun]:
    """Runs, newest first, of one kind where given."""
    found = JobRun.objects.order_by("-id")
    return found.filter(kind=kind) if kind else found


def unfinished() -> QuerySet[JobRun]:
    """What waits or runs."""
    return JobRun.objects.filter(state__in=[State.QUEUED, State.RUNNING]).order_by("id")
