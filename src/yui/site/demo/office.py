"""The commission of the demonstration town: its contractor, what was handed in, the meetings held."""

import datetime as dt

from yui.base.access.actor import actor_for, system_actor
from yui.base.jobs.worker import work_through
from yui.office.commissions.domain import appoint_staff, start_commission, start_engagement
from yui.office.commissions.models import Commission, Deliverable, Meeting, Paper
from yui.office.indicators.queries import months_of
from yui.office.reports.domain import accept_report, make_monthly_report, submit_report
from yui.people.models import Concern, Organization
from yui.site.demo import words
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


def build_reports(town: Town) -> None:
    """The reports of the months that are over: locked, written, handed in; all but the last one accepted."""
    commission = Commission.objects.get()
    lead, officer = (actor_for(town.accounts[key], town.authority) for key in ("contractor_lead", "officer"))
    months = [month for month in months_of(commission, town.today) if month < town.today.replace(day=1)]
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
    for order, row in enumerate(Deliverable.objects.filter(commission=commission, phase="start").order_by("id")):
        day = commission.starts_on + dt.timedelta(days=20 + order * 5)
        if day < town.today and order < 7:
            row.state, row.submitted_on, row.accepted_on = "accepted", day, day + dt.timedelta(days=4)
        elif order == 7:
            row.state, row.submitted_on = "submitted", town.ago(2)
        row.save()
    for order, row in enumerate(Paper.objects.filter(commission=commission).order_by("id")):
        if row.due_on and row.due_on < town.ago(5) and order != 5:
            row.state, row.submitted_on = "accepted", row.due_on - dt.timedelta(days=1)
            row.accepted_on = row.due_on
            row.save()


def _meetings(town: Town, commission: Commission) -> None:
    day = commission.starts_on.replace(day=28)
    while day < town.today:
        Meeting.objects.create(
            authority=town.authority, commission=commission, kind="monthly", held_at=town.at(day, 10),
            place="市役所 見本会議室", attendees="市 担当職員、受託者 主任者、中間支援コーディネーター",
            agenda="今月の数字、困りごとと解決策、来月の予定", decisions="声かけの上限を2件のまま続ける。",
            homework="夕方の当番の試みを来月報告する。", recorded_by=town.accounts["contractor_lead"],
            recorded_at=town.at(day, 15),
        )  # fmt: skip
        day = (day.replace(day=1) + dt.timedelta(days=32)).replace(day=28)
