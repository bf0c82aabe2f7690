"""What a page asks of the database does not grow with the town, and stays within its budget."""

import datetime as dt
import re

import pytest
from benchmarks.town import grow
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yui.activities.assignments.models import Round
from yui.activities.models import Activity, Opportunity
from yui.base import clock
from yui.base.access.models import Grant
from yui.base.exchange.models import Import
from yui.base.measures.registry import all_measures, counts, dated_keys, rows
from yui.base.tenancy.scope import authority_scope
from yui.introductions.facts import visible_persons
from yui.introductions.models import Exposure, Introduction, RuleChange
from yui.office.calls.models import Applicant, Call, CallVersion, Proposal, Question
from yui.office.commissions.models import Commission, Deliverable
from yui.office.indicators.models import Indicator
from yui.office.indicators.queries import evidence_of, month_figures
from yui.people.models import Concern, ContactNote, Person

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PUBLIC, DESK, LEAD, REPORT = 12, 16, 20, 27
"""Queries of a public page; of a list of the desk, one of which asks in which calls the account applies or sits; of the lead's desk, which carries the contract's lines too; and of a
report not yet made, which is gathered from the whole house."""
OFFERS = 1
"""The offered places that somebody must be told of by telephone."""
LEDGER = 3
"""The lines of the ledger that came back or have no evidence: of which commission, whose engagement, which."""
CONTRACTS, CALLS = 3, 10
"""What the officer's home gathers: rounds, contracts and changes of staff; and of calls the questions, the stages to open,
disqualifications, sheets, selections, notices and explanations."""
PAGES = [
    ("", "", PUBLIC),
    ("opportunities/", "", PUBLIC),
    ("opportunities/{opportunity}/", "", PUBLIC),
    ("desk/", "coordinator", DESK + OFFERS + 1),  # one more for registrations that may be one person
    ("desk/", "contractor_lead", LEAD + OFFERS + 2 + LEDGER),  # and changes of staff that came back
    ("desk/people/", "coordinator", DESK),
    ("desk/duplicates/", "coordinator", DESK),
    ("desk/organizations/", "coordinator", DESK),
    ("desk/activities/", "coordinator", DESK),
    ("desk/introductions/", "coordinator", DESK),
    ("desk/introductions/?view=board", "coordinator", DESK),
    ("desk/candidates/", "coordinator", DESK),
    (
        "desk/candidates/{opportunity}/",
        "coordinator",
        DESK + 2,
    ),  # a small town is gathered: who is there, what they told; and the rules in force
    ("desk/people/{person}/suggestions/", "coordinator", DESK + 2),
    ("desk/candidates/never-asked/", "coordinator", DESK),
    ("desk/candidates/first-calls/", "coordinator", DESK),
    ("desk/import/", "coordinator", DESK),
    ("desk/notes/", "coordinator", DESK),
    ("desk/concerns/", "coordinator", DESK),
    ("desk/prospects/", "coordinator", DESK),
    ("desk/prospects/hearings/", "coordinator", DESK),
    ("desk/prospects/invitations/", "coordinator", DESK),
    ("desk/prospects/lists/", "coordinator", DESK),
    ("assignments/", "", PUBLIC),
    ("assignments/{round}/", "", PUBLIC + 2),  # the draw, and what was changed by hand
    ("desk/assignments/", "coordinator", DESK),
    ("desk/assignments/{round}/", "coordinator", DESK + 3),  # the trial, the draw, changes by hand
    ("desk/assignments/{round}/wishes/", "coordinator", DESK),
    ("desk/letters/", "coordinator", DESK),
    ("desk/fairness/", "coordinator", DESK + 3),  # the rules in force, the runs, the 出番 they name
    ("desk/fairness/rules/", "coordinator", DESK),
    ("desk/fairness/rules/new/", "coordinator", DESK),
    ("desk/fairness/rules/{change}/", "coordinator", DESK),
    ("desk/fairness/exposures/", "coordinator", DESK),
    ("desk/home/", "officer", DESK + CONTRACTS + CALLS),
    ("desk/approvals/", "officer", DESK),
    ("desk/layers/", "officer", DESK),
    ("desk/figures/", "officer", DESK),
    ("desk/figures/people.registered/", "officer", DESK),
    ("desk/commission/", "officer", DESK),
    ("desk/contracts/", "officer", DESK),
    ("desk/commission/staff/", "officer", DESK),
    ("desk/meetings/", "officer", DESK),
    ("desk/reports/", "officer", DESK),
    ("desk/sharing/", "officer", DESK),
    ("desk/towns/", "officer", DESK),
    ("desk/towns/members/", "officer", DESK),
    ("desk/reports/r8/{month}/", "officer", REPORT),
    ("desk/commission/start/", "officer", DESK),
    ("desk/commission/engage/r8/", "officer", DESK),
    ("desk/expenses/", "officer", DESK),
    ("desk/expenses/budget/", "officer", DESK),
    ("desk/expenses/evidence/", "officer", DESK),
    ("desk/expenses/sources/", "officer", DESK),
    ("desk/expenses/statements/", "officer", DESK),
    ("calls/", "", PUBLIC),
    ("calls/{call}/", "", PUBLIC),
    ("calls/{call}/rules/", "", PUBLIC),
    ("desk/calls/", "officer", DESK),
    ("desk/calls/{call}/", "officer", DESK + 10),  # a card for each of five rooms
    ("desk/calls/{call}/questions/", "officer", DESK),
    ("desk/calls/{call}/applicants/", "officer", DESK),
    ("my/calls/", "proposer", DESK),
    ("desk/calls/{call}/notices/", "officer", DESK),
    ("desk/calls/{call}/explanations/", "officer", DESK),
    ("desk/calls/{call}/disclosures/", "officer", DESK),
    ("desk/calls/{call}/result/", "officer", DESK),
    ("calls/{call}/result/", "", PUBLIC),
    ("calls/past/results/", "", PUBLIC),
    ("desk/forms/", "officer", DESK),
    ("desk/definition/", "officer", DESK),
    ("desk/definition/chapters/people/", "officer", DESK),
    ("desk/definition/compare/", "officer", DESK),
    ("desk/definition/towns/", "officer", DESK),
    ("desk/accounts/", "administrator", DESK),
    ("desk/audit/", "administrator", DESK),
    ("desk/jobs/", "administrator", DESK),
]
MORE = 200


def visitor(town, role):
    client = Client()
    if role:
        client.force_login(town.accounts[role], backend=BACKEND)
        session = client.session
        session["enrolled"] = True  # a second factor was shown
        session.save()
    return client


def asked(client, path):
    client.get(path)  # the machine is written down and templates are read once
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(path)
        # opening and closing the scope is two settings of the session on PostgreSQL, not a question to a table
        said = [query["sql"] for query in caught if "set_config(" not in query["sql"]]
    assert answer.status_code == 200, path
    return said


def measured(town):
    with authority_scope(town.konan):
        opportunity = Opportunity.objects.filter(state="open", activity__ended_on=None).order_by("pk")[0]
        found = Round.objects.filter(state="published").first()
        person = visible_persons().order_by("pk")[0]
        change = RuleChange.objects.filter(state="draft").get()
        call = Call.objects.get(key="r9")
    clients = {role: visitor(town, role) for _, role, _ in PAGES}
    places = {"opportunity": opportunity.public_id, "person": person.public_id, "month": f"{clock.today():%Y-%m}",
              "round": found.public_id, "call": call.public_id, "change": change.public_id}  # fmt: skip
    return {(path, role): asked(clients[role], f"/konan/{path.format(**places)}") for path, role, _ in PAGES}


def more_of_everything(town):
    konan, now, today = town.konan, clock.now(), clock.today()
    grow(konan, MORE)
    with authority_scope(konan):
        people = list(Person.objects.order_by("-pk")[:MORE])
        activity = Activity.objects.order_by("pk")[0]
        things = Opportunity.objects.bulk_create(
            Opportunity(
                authority=konan, activity=activity, title=f"出番 {n}", state="open", any_time=True, capacity=3,
                opened_on=today, recorded_at=now,
            )
            for n in range(MORE)
        )  # fmt: skip
        Introduction.objects.bulk_create(
            Introduction(
                authority=konan, person=person, opportunity=thing, state=("asking", "met")[n % 2], proposed_on=today,
                answer_due_on=today + dt.timedelta(days=n % 9 - 4), follow_up_on=today - dt.timedelta(days=n % 5),
            )
            for n, (person, thing) in enumerate(zip(people, things, strict=True))
        )  # fmt: skip
        Exposure.objects.bulk_create(
            Exposure(
                authority=konan, person=person, opportunity=thing, act="asked", effective_on=today, recorded_at=now,
            )
            for person, thing in zip(people[: MORE // 2], things, strict=False)
        )  # fmt: skip
        ContactNote.objects.bulk_create(
            ContactNote(
                authority=konan, person=person, way="phone", spoken_at=now, recorded_at=now, content="見本",
                promise="また電話する", promised_for=today - dt.timedelta(days=n % 3),
            )
            for n, person in enumerate(people)
        )  # fmt: skip
        Concern.objects.bulk_create(
            Concern(authority=konan, raised_on=today, recorded_at=now, heading="relations", problem="見本", urgent=n % 9 == 0)
            for n in range(MORE)
        )  # fmt: skip
        commission = Commission.objects.get()
        Deliverable.objects.bulk_create(
            Deliverable(authority=konan, commission=commission, key=f"more_{n}", title=f"見本 {n}", due_on=today)
            for n in range(20)
        )
        _more_of_calls(konan, now)
        Import.objects.bulk_create(
            Import(
                authority=konan, kind="people", state="imported", started_at=now, imported_at=now, counts={"add": n},
                started_by=town.accounts["coordinator"],
            )
            for n in range(20)
        )  # fmt: skip
        Grant.objects.bulk_create(
            Grant(authority=konan, account=town.accounts["auditor"], role="auditor", starts_on=today) for _ in range(20)
        )


def _more_of_calls(konan, now):
    """Questions and versions of the call, and more calls."""
    call = Call.objects.get(key="r9")
    first = call.versions.get()
    firms = Applicant.objects.bulk_create(
        Applicant(authority=konan, call=call, name=f"見本 {n}社", registered_at=now) for n in range(20)
    )
    Proposal.objects.bulk_create(
        Proposal(authority=konan, applicant=one, stage="proposal", state="received", receipt=f"R-{n}", received_at=now)
        for n, one in enumerate(firms)
    )
    Question.objects.bulk_create(
        Question(
            authority=konan, call=call, number=100 + n, channel="email", received_at=now, text="見本", masked="見本",
            answer="見本", answered_at=now, state=("received", "published")[n % 2],
        )
        for n in range(20)
    )  # fmt: skip
    CallVersion.objects.bulk_create(
        CallVersion(
            authority=konan, call=call, number=2 + n, rules=first.rules, profile=first.profile, reason="見本",
            effective_at=now, recorded_at=now,
        )
        for n in range(3)
    )  # fmt: skip
    others = Call.objects.bulk_create(
        Call(
            authority=konan,
            key=f"x{n}",
            commission_key="r8",
            title=f"見本 {n}",
            state=("draft", "announced")[n % 2],
            announced_at=now,
            recorded_at=now,
        )
        for n in range(20)
    )
    CallVersion.objects.bulk_create(
        CallVersion(
            authority=konan,
            call=one,
            number=1,
            rules=first.rules,
            profile=first.profile,
            effective_at=now,
            recorded_at=now,
        )
        for one in others
    )


def test_pages_ask_as_much_of_a_large_town_as_of_a_small_one_and_stay_within_their_budgets(town):
    small = measured(town)
    more_of_everything(town)
    large = measured(town)
    grown, over = [], []
    for path, role, budget in PAGES:
        before, after = small[path, role], large[path, role]
        if len(after) > len(before):
            grown.append((path, len(before), len(after), _odd(before, after)))
        if len(after) > budget:
            over.append((path, len(after), budget))
    assert (grown, over) == ([], [])


def _odd(before, after):
    """The statements that came more often, for whoever reads the failure."""
    found = [re.sub(r"\d+|'[^']*'", "?", sql)[:200] for sql in after]
    known = [re.sub(r"\d+|'[^']*'", "?", sql)[:200] for sql in before]
    return sorted({sql for sql in found if found.count(sql) > known.count(sql)})[:3]


def test_counting_without_fetching_counts_what_fetching_finds(town):
    today = clock.today()
    first = today.replace(day=1)
    year = today - dt.timedelta(days=365)
    spans = [(first, today), (year, today), (year, year + dt.timedelta(days=90)), (today, today)]
    moments = [clock.now(), clock.now() - dt.timedelta(days=40)]
    with authority_scope(town.konan):
        for moment in moments:
            periods = [(measure.key, *span) for measure in all_measures() for span in spans]
            numbers = counts(periods, authority=town.konan, as_of=moment)
            keys = dated_keys(periods, authority=town.konan, since=dt.date(1900, 1, 1), as_of=moment)
            for key, start, end in periods:
                found = rows(key, authority=town.konan, start=start, end=end, as_of=moment)
                assert numbers[key, start, end] == len(found), (key, start, end)
                assert sorted(keys[key, start, end]) == sorted((row.key, row.effective_on) for row in found), key


def test_the_figures_of_a_month_count_the_rows_behind_them(town):
    with authority_scope(town.konan):
        commission = Commission.objects.select_related("authority").get()
        Indicator.objects.bulk_create(
            Indicator(
                authority=town.konan, commission=commission, key=f"all_{n}", label=one.label, measure=one.key,
                unit=one.unit, order=100 + n,
            )
            for n, one in enumerate(all_measures())
        )  # fmt: skip
        month = clock.today().replace(day=1)
        for _ in range(3):
            figures = month_figures(commission, month)
            lock = None
            found = evidence_of(
                commission, month, [figure.measure for figure in figures], lock=_lock(commission, month)
            )
            for figure in figures:
                evidence = found[figure.measure]
                lengths = (len(evidence.month), len(evidence.total))
                assert (figure.value, figure.total) == lengths, (figure.measure, month, lock)
            month = (month - dt.timedelta(days=1)).replace(day=1)


def _lock(commission, month):
    from yui.base.measures.queries import locked

    return locked(commission.key, month)
