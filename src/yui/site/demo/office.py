"""The commission of the demonstration town: its contractor, what was handed in, the meetings held."""

import datetime as dt

from yui.base.access.actor import actor_for, system_actor
from yui.base.jobs.worker import work_through
from yui.office.commissions.domain import (
    appoint_staff,
    ask_paper,
    start_commission,
    start_engagement,
    submit_owed,
)
from yui.office.commissions.models import Commission, Deliverable, Meeting, OwedChange, Paper
from yui.office.commissions.queries import kind_of
from yui.office.indicators.queries import months_of
from yui.office.reports.domain import accept_report, make_monthly_report, submit_report
from yui.people.models import Concern, Organization
from yui.site.demo import words
from yui.site.demo.ledger import KONAN, fill_ledger
from yui.site.demo.people import Town


def build_office(town: Town) -> None:
    """Start the commission, engage an invented contractor and record what has happened so far."""
    actor = system_actor(town.authority, "demo")
    commission = start_commission(actor=actor, definition=town.definition)
    _around_today(town, commission)
    contractor = Organization.objects.create(
        authority=town.authority, name="一般社団法人 まちのわ例示社", kana="マチノワレイジシャ", sector="san",
        about="架空の受託者です。", mail="wa@example.jp", phone="0748-00-2000", effective_on=commission.starts_on,
        recorded_at=town.at(commission.starts_on),
    )  # fmt: skip
    engagement = start_engagement(actor=actor, commission=commission, organization=contractor)
    for role in ("coordinator", "contractor_lead"):
        appoint_staff(
            actor=actor, engagement=engagement, account=town.accounts[role], role=role, starts_on=commission.starts_on
        )
    _handed_in(town, commission)
    _meetings(town, commission)
    for number, (heading, problem, solution, solved) in enumerate(words.CONCERNS):
        day = town.ago(6 + number * 17)
        Concern.objects.create(
            authority=town.authority, raised_on=day, recorded_at=town.at(day, 17), heading=heading, problem=problem,
            raised_by=town.accounts["coordinator"], solution=solution,
            solved_on=min(day + dt.timedelta(days=5), town.today) if solved else None,
        )  # fmt: skip


def build_ledger(town: Town) -> None:
    """The expenses. The document of Konan has no rule of expenses: only the contract amount limits them."""
    fill_ledger(
        authority=town.authority, commission=Commission.objects.get(), lead=town.accounts["contractor_lead"],
        officer=town.accounts["officer"], today=town.today, samples=KONAN, contract=4_800_000,
        plan={
            "personnel": 3_000_000, "travel": 300_000, "lodging": 100_000, "honorarium": 300_000, "printing": 250_000,
            "communications": 150_000, "consumables": 100_000, "rental": 200_000, "management_fee": 400_000,
        },
    )  # fmt: skip


def build_reports(town: Town) -> None:
    """The reports of the months that are over: locked, written, handed in; all but the last one accepted."""
    commission = Commission.objects.get()
    lead, officer = (actor_for(town.accounts[key], town.authority) for key in ("contractor_lead", "officer"))
    months = sorted(month for month in months_of(commission, town.today) if month < town.today.replace(day=1))
    made = [make_monthly_report(actor=officer, commission=commission, month=month) for month in months]
    work_through()
    for report in made:
        report.refresh_from_db()
        if report.state == "made" and report != made[-1]:
            accept_report(actor=officer, report=submit_report(actor=lead, report=report))


def _around_today(town: Town, commission: Commission) -> None:
    """Where the real term does not hold today, shift it by whole years, so that the town is alive on any day."""
    while commission.ends_on < town.today:
        commission.fiscal_year += 1
        commission.starts_on = commission.starts_on.replace(year=commission.starts_on.year + 1)
        commission.ends_on = commission.ends_on.replace(year=commission.ends_on.year + 1)
    if commission.starts_on > town.today:
        commission.starts_on = town.ago(30)
    commission.save()


def _handed_in(town: Town, commission: Commission) -> None:
    for order, row in enumerate(Deliverable.objects.filter(commission=commission, phase="start").order_by("order")):
        day = commission.starts_on + dt.timedelta(days=20 + order * 5)
        if day < town.today and order != 6:
            _accepted(town, row, day, min(day + dt.timedelta(days=4), town.today))
        elif day < town.today:
            submit_owed(
                actor=actor_for(town.accounts["contractor_lead"], town.authority), owed=row, upload="見本の成果物です。".encode(),
                name=f"{row.title}.txt", comment="見本です。ご確認ください。",
            )  # fmt: skip
    for row in Paper.objects.filter(commission=commission, repeats=False).order_by("order"):
        if row.due_on and row.due_on < town.ago(5):
            _accepted(town, row, row.due_on - dt.timedelta(days=1), row.due_on)


def _accepted(town: Town, row: Deliverable | Paper, submitted: dt.date, accepted: dt.date) -> None:
    row.state, row.submitted_on, row.accepted_on = "accepted", submitted, accepted
    row.save()
    for before, state, day in (("owed", "submitted", submitted), ("submitted", "accepted", accepted)):
        OwedChange.objects.create(
            authority=town.authority, kind=kind_of(row), object_id=row.public_id, title=row.title, before=before,
            state=state, effective_on=day, recorded_at=town.at(day, 16),
            by=town.accounts["contractor_lead" if state == "submitted" else "officer"],
        )  # fmt: skip


def _meetings(town: Town, commission: Commission) -> None:
    """A meeting each month with its minutes; those of the last one are still owed."""
    line = Paper.objects.get(commission=commission, event="meeting", repeats=True)
    day, last = commission.starts_on.replace(day=28), None
    while day < town.today:
        meeting = Meeting.objects.create(
            authority=town.authority, commission=commission, kind="monthly", held_at=town.at(day, 10),
            place="市役所 見本会議室", attendees="市 担当職員、受託者 主任者、中間支援コーディネーター",
            agenda="今月の数字\n困りごとと解決策\n来月の予定", decisions="声かけの上限を2件のまま続ける。",
            homework="夕方の当番の試みを来月報告する。", recorded_by=town.accounts["contractor_lead"],
            recorded_at=town.at(day, 15), minutes_at=town.at(day, 15),
        )  # fmt: skip
        if last is not None and last.due_on and last.due_on < town.today:
            _accepted(town, last, last.due_on - dt.timedelta(days=2), last.due_on)
        last = ask_paper(actor=system_actor(town.authority, "demo"), paper=line, day=day, occasion_id=meeting.public_id)
        day = (day.replace(day=1) + dt.timedelta(days=32)).replace(day=28)
