"""The monthly reports: the list, the page of a month, its preview, and the acts."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from yui.base import clock
from yui.base.access.errors import NotPossible
from yui.base.access.gates import get_visible, needs
from yui.base.access.permissions import Permission
from yui.base.access.rules import may
from yui.base.approvals.queries import approvals_of
from yui.base.measures.models import MonthLock
from yui.base.measures.queries import differences, last_day, locked
from yui.office.commissions.forms import DecideForm
from yui.office.commissions.models import Commission
from yui.office.commissions.views.overview import commission_here, once_begun
from yui.office.commissions.wording import month_words
from yui.office.indicators.queries import month_figures, months_of
from yui.office.reports import domain
from yui.office.reports.content import report_context
from yui.office.reports.facts import report_facts
from yui.office.reports.forms import MakeForm
from yui.office.reports.models import MonthlyReport
from yui.office.reports.queries import (
    draft_of,
    job_failed,
    lines_of,
    month_lines,
    month_path,
    newest_report,
    report_path,
    reports_of,
)
from yui.office.reports.states import CHIPS, LABELS, State


def month_of(request: HttpRequest, commission: str, month: dt.date) -> Commission:
    """The commission of the address, if the month lies in it; otherwise 404."""
    found = get_visible(request, Commission.objects.select_related("authority"), key=commission)
    if month not in months_of(found, clock.today()):
        raise Http404
    return found


def shown_versions(commission: Commission, month: dt.date) -> list[dict[str, Any]]:
    """Every version with the words of its state and the steps of its approval."""
    found, reports = [], list(reports_of(commission, month))
    approvals = approvals_of("report", [report.public_id for report in reports])
    for report in reports:
        state = State.FAILED if job_failed(report) else State(report.state)
        words = {"label": LABELS[state], "chip": CHIPS[state]}
        found.append({"report": report, "state": state, "approval": approvals.get(report.public_id), **words})
    return found


def preview_context(commission: Commission, month: dt.date, newest: MonthlyReport | None) -> dict[str, Any]:
    """What the newest version says; before the first, what the report would say if it were made now."""
    draft = draft_of(commission, month) if newest is None else None
    figures = month_figures(commission, month, lock=MonthLock.objects.get(public_id=newest.lock_id) if newest else None)
    if newest is not None:
        facts, lines = newest.facts, newest.notes
    else:
        next_month = draft.next_month if draft else ""
        facts = report_facts(commission, month, made_on=clock.today(), next_month=next_month)
        lines = lines_of(commission, month, draft)
    return report_context(
        facts=facts,
        monitored=commission.plan.get("monitored", []),
        lines=lines,
        figures=figures,
        version=newest.number if newest else 1,
        reason=newest.reason if newest else "",
    ) | {"rows": figures}


@needs(Permission.REPORT_READ)
@once_begun
def listing(request: HttpRequest) -> HttpResponse:
    """Every month of the commission with where its report stands."""
    here = commission_here(request)
    lines = [
        {"line": line, "words": month_words(line.month), "path": month_path(here, line.month)}
        for line in month_lines(here, clock.today())
    ]
    return render(request, "office/reports.html", {"commission": here, "lines": lines})


@needs(Permission.REPORT_READ)
def page(request: HttpRequest, commission: str, month: dt.date) -> HttpResponse:
    """A month: preview beside lock, versions and files."""
    return show(request, month_of(request, commission, month), month)


def show(request: HttpRequest, commission: Commission, month: dt.date, **forms: Any) -> HttpResponse:
    """The page, with a form that failed or with fresh ones."""
    actor = request.actor  # type: ignore[attr-defined]
    versions, lock = shown_versions(commission, month), locked(commission.key, month)
    may_make = may(actor, Permission.REPORT_WRITE) and (lock is not None or bool(may(actor, Permission.MONTH_LOCK)))
    newest = versions[0] if versions else None
    context = preview_context(commission, month, newest["report"] if newest else None) | {
        "commission_row": commission,
        "month_day": month,
        "lock": lock,
        "differences": differences(lock) if lock else [],
        "versions": versions,
        "newest": newest,
        "over": last_day(month) < clock.today(),
        "may_write": may(actor, Permission.REPORT_WRITE),
        "may_open": may(actor, Permission.FILE_READ),
        "make_form": MakeForm(correction=newest is not None) if may_make else None,
        "decide_form": DecideForm()
        if newest and newest["state"] == State.SUBMITTED and may(actor, Permission.APPROVAL_DECIDE)
        else None,
    }
    return render(request, "office/report.html", context | forms, status=422 if forms else 200)


@needs(Permission.REPORT_READ)
def preview(request: HttpRequest, commission: str, month: dt.date) -> HttpResponse:
    """The report as a paper, for print."""
    here = month_of(request, commission, month)
    context = preview_context(here, month, newest_report(here, month)) | {
        "lock": locked(here.key, month),
        "back": month_path(here, month),
    }
    return render(request, "office/report_sheet.html", context)


@require_POST
@needs(Permission.REPORT_WRITE)
def make(request: HttpRequest, commission: str, month: dt.date) -> HttpResponse:
    """The one button."""
    here = month_of(request, commission, month)
    form = MakeForm(request.POST, correction=newest_report(here, month) is not None)
    if form.is_valid():
        try:
            domain.make_monthly_report(
                actor=request.actor,  # type: ignore[attr-defined]
                commission=here,
                month=month,
                reason=form.cleaned_data.get("reason", ""),
            )
        except NotPossible as problem:
            form.add_error(None, problem.sentence)
        else:
            messages.success(request, f"{month_words(month)}を締めて、報告を作りはじめました。")
            return redirect(month_path(here, month))
    return show(request, here, month, make_form=form)


def report_here(request: HttpRequest, public_id: str) -> MonthlyReport:
    """The version of the address; 404 when there is none."""
    return get_visible(request, MonthlyReport.objects.select_related("commission__authority"), public_id=public_id)


@require_POST
@needs(Permission.REPORT_WRITE)
def submit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hand the report in."""
    report = domain.submit_report(actor=request.actor, report=report_here(request, public_id))  # type: ignore[attr-defined]
    messages.success(request, "市に提出しました。")
    return redirect(report_path(report))


@require_POST
@needs(Permission.REPORT_WRITE)
def retry(request: HttpRequest, public_id: str) -> HttpResponse:
    """Try again to make what could not be made."""
    report = domain.retry_report(actor=request.actor, report=report_here(request, public_id))  # type: ignore[attr-defined]
    messages.success(request, "もう一度、作りはじめました。")
    return redirect(report_path(report))


@require_POST
@needs(Permission.APPROVAL_DECIDE)
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Accept or return."""
    report = report_here(request, public_id)
    form = DecideForm(request.POST)
    if not form.is_valid():
        return show(request, report.commission, report.month, decide_form=form)
    comment = form.cleaned_data["comment"]
    if form.cleaned_data["answer"] == "accept":
        domain.accept_report(actor=request.actor, report=report, comment=comment)  # type: ignore[attr-defined]
        messages.success(request, "月次報告を受け取りました。")
    else:
        domain.return_report(actor=request.actor, report=report, reason=comment)  # type: ignore[attr-defined]
        messages.success(request, "差し戻しました。受託者が、直した版をつくります。")
    return redirect(report_path(report))
