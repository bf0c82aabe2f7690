"""The job that writes a report. Each file is a piece of its own, so a second worker makes what the first did not."""

import datetime as dt
from typing import Any

from django.db import OperationalError

from yui.base import clock
from yui.base.access.permissions import Permission
from yui.base.documents.domain import keep_document, make_document
from yui.base.documents.excel import workbook
from yui.base.jobs.models import JobRun
from yui.base.jobs.registry import job
from yui.base.jobs.run import LostLease, Run
from yui.base.measures.models import MonthLock
from yui.office.commissions.wording import month_words
from yui.office.indicators.queries import evidence_of, month_figures
from yui.office.reports.content import annex_sheets, file_title, report_context
from yui.office.reports.domain.monthly import JOB
from yui.office.reports.models import MonthlyReport
from yui.office.reports.queries import report_path
from yui.office.reports.states import State


def _about(arguments: dict[str, Any]) -> str:
    month = str(arguments.get("month", ""))
    return f"{month_words(dt.date.fromisoformat(month))}分" if month else ""


def _page(run: JobRun) -> str:
    report = MonthlyReport.objects.select_related("commission__authority").filter(
        public_id=run.arguments.get("report", "")
    )
    return report_path(report[0]) if report else ""


@job(JOB, label="月次報告", about=_about, page=_page, page_permission=Permission.REPORT_READ, retried_there=True)
def write_report(run: Run) -> None:
    """Word, then Excel, then the mark that both are there."""
    report = MonthlyReport.objects.select_related("commission__authority").get(public_id=run.arguments["report"])
    try:
        _write(run, report)
    except (LostLease, OperationalError):  # another worker goes on with it
        raise
    except Exception:
        MonthlyReport.objects.filter(pk=report.pk, state=State.QUEUED).update(state=State.FAILED)
        raise


def _write(run: Run, report: MonthlyReport) -> None:
    run.expect(3)
    with run.piece("word") as fresh:
        if fresh:
            _word(run, report)
    with run.piece("excel") as fresh:
        if fresh:
            _excel(run, report)
    with run.piece("made") as fresh:
        if fresh:
            report.refresh_from_db()
            report.state, report.made_at = State.MADE, clock.now()
            report.save(update_fields=["state", "made_at"])
            run.result("report", report.public_id)


def _word(run: Run, report: MonthlyReport) -> None:
    lock = MonthLock.objects.get(public_id=report.lock_id)
    figures = month_figures(report.commission, report.month, lock=lock)
    context = report_context(
        facts=report.facts,
        monitored=report.commission.plan.get("monitored", []),
        lines=report.notes,
        figures=figures,
        version=report.number,
        reason=report.reason,
    )
    title = file_title(report.month, month_words(report.month), report.number)
    document = make_document(
        actor=run.actor,
        kind="monthly_report",
        title=title,
        context=context,
        snapshot={
            "lock": report.lock_id,
            "version": report.number,
            "figures": {figure.measure: [figure.value, figure.total] for figure in figures},
        },
        name=f"{title}.docx",
        thing=report,
        related=("report", report.public_id),
    )
    report.word_id = document.attachment.public_id
    report.save(update_fields=["word_id"])


def _excel(run: Run, report: MonthlyReport) -> None:
    lock = MonthLock.objects.get(public_id=report.lock_id)
    figures = month_figures(report.commission, report.month, lock=lock)
    evidence = evidence_of(report.commission, report.month, [figure.measure for figure in figures], lock=lock)
    title = f"{file_title(report.month, month_words(report.month), report.number)} 根拠の一覧"
    document = keep_document(
        actor=run.actor,
        kind="monthly_report_rows",
        title=title,
        data=workbook(annex_sheets(figures, evidence, month_words(report.month)), made_at=lock.as_of),
        name=f"{title}.xlsx",
        snapshot={"lock": report.lock_id, "version": report.number},
        thing=report,
        related=("report", report.public_id),
    )
    report.excel_id = document.attachment.public_id
    report.save(update_fields=["excel_id"])
