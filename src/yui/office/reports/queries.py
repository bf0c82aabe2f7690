"""Reading reports, drafts and what may be quoted. Call inside the authority's scope."""

import datetime as dt
from dataclasses import dataclass
from typing import TypedDict

from django.db.models import QuerySet

from yui.base import clock
from yui.base.jobs.models import JobRun
from yui.base.jobs.models import State as JobState
from yui.base.measures.models import MonthLock
from yui.base.measures.queries import last_day, locked_months
from yui.base.tenancy.addresses import town_url
from yui.office.commissions.models import Commission
from yui.office.indicators.queries import months_of
from yui.office.reports.models import MonthlyReport, ReportDraft
from yui.office.reports.states import CHIPS, LABELS, State
from yui.people.models import Concern, ContactNote

MOST_CHOICES = 60


class Line(TypedDict):
    """One chosen line. ``source``: note:<id>, concern:<id> or own."""

    source: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that may be quoted. ``proposed``: it is in the report unless somebody decides otherwise."""

    source: str
    label: str
    heading: str
    text: str
    original: str
    proposed: bool


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One month in the list of reports."""

    month: dt.date
    report: MonthlyReport | None
    lock: MonthLock | None
    label: str
    chip: str
    over: bool
    """The month has ended."""


def report_path(report: MonthlyReport) -> str:
    """The path of the page of its month."""
    return month_path(report.commission, report.month)


def month_path(commission: Commission, month: dt.date) -> str:
    """The path of the page of a month."""
    return town_url(commission.authority, "office:report", commission=commission.key, month=month)


def newest_report(commission: Commission, month: dt.date) -> MonthlyReport | None:
    """The newest version of a month."""
    return reports_of(commission, month).first()


def reports_of(commission: Commission, month: dt.date) -> QuerySet[MonthlyReport]:
    """Every version of a month, newest first."""
    found = MonthlyReport.objects.filter(commission=commission, month=month.replace(day=1))
    return found.select_related("commission__authority", "made_by").order_by("-number")


def month_lines(commission: Commission, today: dt.date) -> list[MonthLine]:
    """Every month of the commission that has begun, newest first, with its newest report and lock."""
    newest: dict[dt.date, MonthlyReport] = {}
    for report in MonthlyReport.objects.filter(commission=commission).order_by("number"):
        newest[report.month] = report
    locks = {lock.month: lock for lock in locked_months(commission.key)}
    return [_month_line(month, newest.get(month), locks.get(month), today) for month in months_of(commission, today)]


def draft_of(commission: Commission, month: dt.date, *, lock: bool = False) -> ReportDraft | None:
    """What was chosen for a month."""
    found = ReportDraft.objects.filter(commission=commission, month=month.replace(day=1))
    return (found.select_for_update() if lock else found).first()


def lines_of(commission: Commission, month: dt.date, draft: ReportDraft | None = None) -> list[Line]:
    """What the report will say: the draft's lines, or, while nothing was chosen, everything that is proposed."""
    draft = draft or draft_of(commission, month)
    if draft is not None:
        return list(draft.lines)
    lines: list[Line] = []
    said: set[tuple[str, str]] = set()
    for choice in choices_of(commission, month):
        if choice.proposed and (choice.heading, choice.text) not in said:  # the same words are said once
            said.add((choice.heading, choice.text))
            lines.append({"source": choice.source, "heading": choice.heading, "text": choice.text})
    return lines


def choices_of(commission: Commission, month: dt.date) -> list[Choice]:
    """What may be quoted: the month's contact notes, those with words for the report first, and its concerns."""
    first, last = month.replace(day=1), last_day(month)
    keys = [matter["key"] for matter in commission.plan.get("monitored", [])]
    if not keys:
        return []
    begin = dt.datetime.combine(first, dt.time.min, tzinfo=clock.TOKYO)
    until = dt.datetime.combine(last + dt.timedelta(days=1), dt.time.min, tzinfo=clock.TOKYO)
    notes = ContactNote.objects.filter(spoken_at__gte=begin, spoken_at__lt=until)
    written = list(notes.exclude(report_text="").order_by("spoken_at", "id"))
    silent = list(notes.filter(report_text="").exclude(content="").order_by("-spoken_at", "-id"))[:MOST_CHOICES]
    concerns = Concern.objects.filter(raised_on__range=(first, last)).order_by("raised_on", "id")
    return [
        *(_from_note(note, keys) for note in written),
        *(_from_concern(concern, keys) for concern in concerns),
        *(_from_note(note, keys) for note in silent),
    ]


def job_of(report: MonthlyReport) -> JobRun | None:
    """The newest run that writes this report."""
    return (
        JobRun.objects.filter(kind="office.monthly_report", arguments__report=report.public_id).order_by("-id").first()
    )


def job_failed(report: MonthlyReport) -> bool:
    """Whether the run gave up, so that waiting is of no use."""
    if report.state != State.QUEUED:
        return report.state == State.FAILED
    run = job_of(report)
    return run is not None and run.state == JobState.FAILED


def _month_line(month: dt.date, report: MonthlyReport | None, lock: MonthLock | None, today: dt.date) -> MonthLine:
    if report is not None:
        label, chip = LABELS[State(report.state)], CHIPS[State(report.state)]
    elif lock is not None:
        label, chip = "締めました", "info"
    else:
        label, chip = ("まだ締めていません", "warn") if last_day(month) < today else ("今月", "")
    return MonthLine(month, report, lock, label, chip, last_day(month) < today)


def _from_note(note: ContactNote, keys: list[str]) -> Choice:
    day = note.spoken_at.astimezone(clock.TOKYO)
    return Choice(
        source=f"note:{note.public_id}",
        label=f"{day.month}月{day.day}日 連絡記録（{ContactNote.Way(note.way).label}）",
        heading=note.report_heading if note.report_heading in keys else keys[0],
        text=note.report_text,
        original=note.content,
        proposed=bool(note.report_text),
    )


def _from_concern(concern: Concern, keys: list[str]) -> Choice:
    solved = f" 解決策：{concern.solution}" if concern.solution else ""
    second = keys[1] if len(keys) > 1 else keys[0]
    return Choice(
        source=f"concern:{concern.public_id}",
        label=f"{concern.raised_on.month}月{concern.raised_on.day}日 困りごと・懸念",
        heading=concern.heading if concern.heading in keys else second,
        text=f"{concern.problem}{solved}",
        original=f"{concern.problem}{solved}",
        proposed=concern.in_report,
    )
