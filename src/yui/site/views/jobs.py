"""Long work: what waits, runs, is done or stopped, and beginning again what stopped."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yui.base.access.errors import NotPossible
from yui.base.access.gates import get_visible
from yui.base.jobs.domain import retry_run
from yui.base.jobs.models import JobRun
from yui.base.jobs.queries import runs
from yui.site.job_lines import line_of, page_of, with_askers


def jobs(request: HttpRequest) -> HttpResponse:
    """Every run with its progress, newest first."""
    page = Paginator(with_askers(runs()), 50).get_page(request.GET.get("page"))
    lines = [line_of(run, request.actor) for run in page]
    return render(request, "site/jobs.html", {"lines": lines, "page": page, "going": any(line.going for line in lines)})


def job(request: HttpRequest, public_id: str) -> HttpResponse:
    """One run."""
    run = get_visible(request, with_askers(JobRun.objects.all()), public_id=public_id)
    seen = {"line": line_of(run, request.actor), "made": page_of(run, request.actor)}
    return render(request, "site/job.html", seen)


def retry(request: HttpRequest, public_id: str) -> HttpResponse:
    """Begin a stopped run again; the page asks once before."""
    run = get_visible(request, with_askers(JobRun.objects.all()), public_id=public_id)
    sentence = ""
    if request.method == "POST":
        try:
            retry_run(actor=request.actor, run=run)
        except NotPossible as error:
            sentence = error.sentence
        else:
            return redirect("site:job", town=request.authority.key, public_id=run.public_id)
    return render(
        request, "site/job_retry.html", {"line": line_of(run, request.actor), "sentence": sentence},
        status=409 if sentence else 200,
    )  # fmt: skip
