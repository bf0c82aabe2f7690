"""The object behind each route with parameters: the visitor's own, or somebody else's."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tests.town import Town
from yui.activities.assignments.models import Round, RoundProgramme, WishSheet
from yui.activities.models import Activity, Application, Opportunity, Participation, Session
from yui.base import clock
from yui.base.access.actor import Actor, actor_for
from yui.base.access.models import Grant
from yui.base.approvals.models import Approval
from yui.base.documents.domain import upload_template
from yui.base.documents.registry import default_template
from yui.base.exchange.csv import csv_bytes
from yui.base.exchange.domain import choose_columns, start_import
from yui.base.exchange.models import Import
from yui.base.files.models import Attachment
from yui.base.files.store import write
from yui.base.jobs.models import JobRun
from yui.base.messages.models import Message
from yui.base.tenancy.scope import authority_scope
from yui.introductions.domain.lists import make_candidate_list
from yui.introductions.models import Introduction, RuleChange
from yui.office.calls.domain import attach_scan
from yui.office.calls.models import (
    Applicant,
    Call,
    CommitteeMember,
    DisclosureRequest,
    Disqualification,
    ExplanationRequest,
    Notice,
    NoticeBatch,
    Proposal,
    Question,
    Redaction,
    ScoreSheet,
    SelectionRecord,
)
from yui.office.commissions.models import Commission, Deliverable, Engagement, Meeting, Paper
from yui.office.contracts.models import (
    Amendment,
    Contract,
    ContractDeposit,
    NamedStaff,
    StaffChange,
    Subcontract,
)
from yui.office.expenses.models import AuditBinder, Evidence, Expense, ExpenseStatement
from yui.office.indicators.domain import enter_figure
from yui.office.indicators.models import Indicator
from yui.office.reports.models import MonthlyReport
from yui.office.sharing.models import MemberTown, Share
from yui.people.domain import merge_people
from yui.people.models import Concern, ContactNote, LikePair, Membership, Merge, Organization, Person
from yui.people.prospects.models import Hearing, Invitation, Prospect, Roster, RosterEntry


@dataclass
class Things:
    """Own and other's objects by kind. ``own`` is keyed by the account: the resident's or the organisation's."""

    own: dict[str, dict[str, Any]]
    other: dict[str, Any]


def _hosted(town: Town, *, person: Person | None = None, organization: Organization | None = None) -> dict[str, Any]:
    now, today = clock.now(), clock.today()
    who = person or organization
    activity = Activity.objects.create(
        authority=town.konan, host_person=person, host_organization=organization, title=f"企画{who.pk}の集まり",
        effective_on=today, recorded_at=now,
    )  # fmt: skip
    session = Session.objects.create(
        authority=town.konan, activity=activity, starts_at=now - dt.timedelta(hours=3),
        ends_at=now - dt.timedelta(hours=1), place="見本室", code=f"9{who.pk:05d}",
    )  # fmt: skip
    opportunity = Opportunity.objects.create(
        authority=town.konan, activity=activity, title=f"出番{who.pk}の手伝い", state="open", any_time=True, capacity=3,
        opened_on=today, recorded_at=now,
    )  # fmt: skip
    guest = Person.objects.order_by("pk")[80]
    application = Application.objects.create(
        authority=town.konan, person=guest, opportunity=opportunity, effective_on=today, recorded_at=now
    )
    return {"activity": activity, "session": session, "opportunity": opportunity, "application": application}


def _introduction(town: Town, person: Person, opportunity: Opportunity) -> Introduction:
    return Introduction.objects.create(
        authority=town.konan, person=person, opportunity=opportunity, state="asking", proposed_on=clock.today(),
        answer_due_on=clock.today() + dt.timedelta(days=7), coordinator=town.accounts["coordinator"],
    )  # fmt: skip


def build_things(town: Town) -> Things:
    """Make what the demonstration does not have, and name what it has."""
    with authority_scope(town.konan):
        taro, other = town.person("resident"), town.person("other_resident")
        group, foreign = Organization.objects.order_by("pk")[0], Organization.objects.order_by("pk")[3]
        resident = {"person": taro, **_hosted(town, person=taro)}
        theirs = {"person": other, **_hosted(town, person=other)}
        organization = {"organization": group, **_hosted(town, organization=group)}
        beyond = _hosted(town, organization=foreign)
        resident["introduction"] = _introduction(town, taro, beyond["opportunity"])
        organization["introduction"] = _introduction(
            town, Person.objects.order_by("pk")[90], organization["opportunity"]
        )
        theirs["introduction"] = _introduction(town, other, beyond["opportunity"])
        resident["own_application"] = Application.objects.create(
            authority=town.konan, person=taro, opportunity=theirs["opportunity"], effective_on=clock.today(),
            recorded_at=clock.now(),
        )  # fmt: skip
        theirs["own_application"] = theirs["application"]
        told = Round.objects.filter(state="published").first()
        resident["own_sheet"] = WishSheet.objects.filter(round=told, person=taro).first()
        theirs["own_sheet"] = WishSheet.objects.filter(round=told).exclude(person=taro).first()
        for who, things, session in ((taro, resident, beyond["session"]), (other, theirs, organization["session"])):
            things["attended"] = Participation.objects.create(
                authority=town.konan, person=who, session=session, effective_on=clock.today(), recorded_at=clock.now()
            ).session
        resident["membership"] = Membership.objects.create(
            authority=town.konan, organization=foreign, person=taro, effective_on=clock.today(), recorded_at=clock.now()
        )
        organization["membership"] = Membership.objects.filter(organization=group).first()
        town_wide = _town_wide(town)
        theirs |= {
            "organization": foreign,
            "membership": Membership.objects.filter(person=town.person("other_organization")).first(),
        }
        lead = {**town_wide, **_contract_things(Contract.objects.exclude(pk=town_wide["contract"].pk).get())}
        return Things({"resident": {**town_wide, **resident}, "organization": {**town_wide, **organization}, "contractor_lead": lead},
                      {**town_wide, **theirs, **{f"group_{k}": v for k, v in beyond.items()}})  # fmt: skip


def _merged(staff: Actor) -> Merge:
    """The last pair of the demonstration, made one."""
    pair = LikePair.objects.order_by("-pk").first()
    return merge_people(actor=staff, survivor=pair.person, loser=pair.other)


def _import(staff: Actor) -> Import:
    """A list that was read and whose columns are chosen."""
    data = csv_bytes(("氏名", "電話番号"), [("見本 取込", "0748-00-0099")])
    batch = start_import(actor=staff, kind="people", upload=data, name="meibo.csv")
    return choose_columns(actor=staff, batch=batch, columns={0: "display_name", 1: "phone"})


def _stored_file(town: Town) -> Attachment:
    """A real file of a paper."""
    data = b"%PDF-1.4\n% a paper of the sweep\n%%EOF\n"
    return Attachment.objects.create(
        authority=town.konan, purpose="paper", sha256=hashlib.sha256(data).hexdigest(), size=len(data),
        content_type="application/pdf", name="mihon.pdf", uploaded_at=clock.now(), path=write(town.konan, data),
        related_kind="paper", related_id=Paper.objects.first().public_id,
    )  # fmt: skip


def _applied(town: Town) -> dict[str, Any]:
    """Somebody else who takes part in the call of the demonstration, its papers, and a disqualification proposed."""
    applicant = Applicant.objects.filter(account=None).first()
    proposal = Proposal.objects.filter(applicant=applicant).first()
    assert applicant is not None and proposal is not None
    proposed = Disqualification.objects.create(
        authority=town.konan, applicant=applicant, ground="breach", evidence="見本", proposed_at=clock.now()
    )
    scan = attach_scan(
        actor=actor_for(town.accounts["officer"], town.konan), proposal=proposal, paper="oath", upload=b"%PDF-1.4 mihon",
        name="見本.pdf",
    )  # fmt: skip
    return {"applicant": applicant, "proposal": proposal, "call_paper": scan, "disqualification": proposed}


def _committee(town: Town) -> dict[str, Any]:
    """A seat with its sheet, and a selection that was computed."""
    call, now = Call.objects.first(), clock.now()
    seat = CommitteeMember.objects.create(authority=town.konan, call=call, name="例示 委員", recorded_at=now)
    return {
        "seat": seat, "score_sheet": ScoreSheet.objects.create(authority=town.konan, member=seat, stage="proposal"),
        "selection": SelectionRecord.objects.create(
            authority=town.konan, call=call, kind="select", made_at=now,
            asked={"profile": {}, "proposals": [], "members": []},
            answered={"status": "no_candidate", "winner": None, "order": [], "not_selectable": {}, "tied": [],
                      "incomplete": [], "table": {}, "steps": [], "ignored": []},
        ),
    }  # fmt: skip


def _results(town: Town, paper: Attachment) -> dict[str, Any]:
    """What was told to that applicant and given out about the call, by kind."""
    applicant, now, today = Applicant.objects.filter(account=None)[0], clock.now(), clock.today()
    batch = NoticeBatch.objects.create(
        authority=town.konan, call=applicant.call, kind="result", dated_on=today, recorded_at=now
    )
    notice = Notice.objects.create(
        authority=town.konan, batch=batch, applicant=applicant, kind="result", outcome="not_selected", dated_on=today,
        sent_at=now, word=paper, pdf=paper,
    )  # fmt: skip
    disclosure = DisclosureRequest.objects.create(
        authority=town.konan, call=applicant.call, number="1", received_on=today, about="見本", result=paper,
        recorded_at=now,
    )  # fmt: skip
    return {
        "notice_batch": batch, "call_notice": notice, "disclosure": disclosure,
        "explanation": ExplanationRequest.objects.create(
            authority=town.konan, notice=notice, received_at=now, channel="mail", text="見本", answer="見本", answered_at=now,
            word=paper, pdf=paper,
        ),
        "redaction": Redaction.objects.create(
            authority=town.konan, request=disclosure, paper="selection.points", ground="見本", recorded_at=now
        ),
    }  # fmt: skip


def _contract_things(contract: Contract) -> dict[str, Any]:
    """A contract with what belongs to it, by kind."""
    tables = {
        "subcontract": Subcontract,
        "named_staff": NamedStaff,
        "staff_change": StaffChange,
        "amendment": Amendment,
    }
    rows = {kind: table.objects.filter(contract=contract).first() for kind, table in tables.items()}
    paper = Attachment.objects.get(public_id=contract.specification_id)
    return {"contract": contract, "contract_file": paper, **rows}


def _rivals_contract(town: Town, commission: Commission) -> dict[str, Any]:
    """The contract of another contractor, whom the demonstration's lead has nothing to do with."""
    now, today, first = clock.now(), clock.today(), Contract.objects.first()
    rival = Engagement.objects.create(
        authority=town.konan, commission=commission, organization=Organization.objects.order_by("pk")[5],
        starts_on=commission.starts_on, ends_on=commission.ends_on, recorded_at=now,
    )  # fmt: skip
    contract = Contract.objects.create(
        authority=town.konan, commission=commission, commission_key=commission.key, engagement=rival, tax=0, amount=1,
        organization=rival.organization, title="ほかの契約", starts_on=rival.starts_on, ends_on=rival.ends_on,
        state="signed", signed_on=today, recorded_at=now, terms=first.terms, specification_id=first.specification_id,
    )  # fmt: skip
    paper = Attachment.objects.get(public_id=first.specification_id)
    paper.pk, paper.public_id, paper.related_id = None, f"x{contract.pk:011d}", contract.public_id
    paper.path = write(town.konan, b"of the rival")
    paper.save()
    contract.specification_id = paper.public_id
    contract.save()
    ContractDeposit.objects.create(authority=town.konan, contract=contract)
    for table in (NamedStaff, Subcontract, Amendment, StaffChange):
        row = table.objects.filter(contract=first).first()
        row.pk, row.public_id, row.contract = None, f"{table.__name__[:2].lower()}{contract.pk:010d}", contract
        row.save()
    return _contract_things(contract)


def _town_wide(town: Town) -> dict[str, Any]:
    """Objects that nobody owns; for residents and organisations they are always somebody else's."""
    now = clock.now()
    letter = Message.objects.filter(channel="letter").first() or Message.objects.create(
        authority=town.konan, channel="letter", kind="note", to_kind="person", subject="お知らせ", body="見本",
        to_address="見本町", created_at=now,
    )  # fmt: skip
    staff = actor_for(town.accounts["coordinator"], town.konan)
    made = make_candidate_list(actor=staff, opportunity=Opportunity.objects.filter(state="open").first())
    commission = Commission.objects.first()
    report = MonthlyReport.objects.first()
    attachment = _stored_file(town)
    officer = actor_for(town.accounts["officer"], town.konan)
    template = upload_template(
        actor=officer, kind="monthly_report", upload=default_template("monthly_report"), name="yoshiki.docx"
    )
    indicator = Indicator.objects.create(
        authority=town.konan, commission=commission, key="sweep", measure="survey.sweep", label="見本の調査",
        unit="ポイント", target=Decimal("0.26"), order=99,
    )  # fmt: skip
    entered = enter_figure(
        actor=officer, indicator=indicator, effective_on=clock.today(), value=Decimal("0.1"), source="見本の集計"
    )
    return {
        **_rivals_contract(town, commission),
        "indicator": indicator, "entered": entered,
        "expense": Expense.objects.first(), "evidence": Evidence.objects.first(), "binder": AuditBinder.objects.first(),
        "evidence_file": Attachment.objects.filter(related_kind="expense").first(),
        "expense_statement": ExpenseStatement.objects.first(),
        "call": Call.objects.first(), "call_question": Question.objects.first(), **_applied(town),
        **_results(town, attachment), **_committee(town),
        "note": ContactNote.objects.first(), "concern": Concern.objects.first(), "approval": Approval.objects.first(),
        "letter": letter, "list": made, "commission": commission, "report": report, "attachment": attachment,
        "template": template, "engagement": Engagement.objects.first(), "paper": Paper.objects.first(),
        "deliverable": Deliverable.objects.first(), "job": JobRun.objects.first(),
        "share": Share.objects.create(
            authority=town.konan, receiver=town.hinata, measure="people.registered", proposal="nothing",
            from_month=clock.today().replace(day=1), asked_at=now,
        ),
        "member": MemberTown.objects.create(authority=town.konan, town=town.hinata, added_on=clock.today()), "minutes": Meeting.objects.first(),
        "appointment": Grant.objects.exclude(engagement_id="").first(),
        "grant": Grant.objects.filter(role="auditor").first(),
        "pair": LikePair.objects.order_by("pk").first(), "merge": _merged(staff),
        "rule_change": RuleChange.objects.filter(state="draft").first(),
        "prospect": Prospect.objects.filter(ended_on=None).first(), "hearing": Hearing.objects.first(),
        "invitation": Invitation.objects.filter(prospect__ended_on=None).exclude(prospect=None).first(),
        "roster": Roster.objects.first(), "roster_entry": RosterEntry.objects.filter(ended_on=None).first(),
        "import": _import(staff), "round": Round.objects.filter(state="published").first(),
        "round_programme": RoundProgramme.objects.first(),
        "sheet": WishSheet.objects.filter(round__state="published").first(),
    }  # fmt: skip
