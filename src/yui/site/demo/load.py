"""Builds the demonstration town. Run once; a second run finds the town and does nothing."""

from collections.abc import Callable
from random import Random

from django.conf import settings
from django.db import transaction

from yui.base import clock, definitions
from yui.base.access.models import Grant
from yui.base.accounts.models import Account
from yui.base.definitions.founding import load_as_command
from yui.base.search import registry as search
from yui.base.search.domain import complete
from yui.base.staff.domain import end_of_fiscal_year
from yui.base.tenancy.models import Authority, District
from yui.base.tenancy.scope import authority_scope
from yui.site.demo import (
    activities,
    applicants,
    assignments,
    calls,
    contracts,
    duplicates,
    introductions,
    lists,
    office,
    people,
    places,
    prospects,
    rules,
)
from yui.site.demo.roles import DEMO_ROLES

KEY = "konan"
STAFF = ("coordinator", "contractor_lead", "officer", "auditor", "administrator")


def build_town(write: Callable[[str], object] = print) -> bool:
    """Load the definition of Konan and fill it with invented people. Returns whether anything was built."""
    if Account.objects.filter(email=DEMO_ROLES["coordinator"].email).exists():
        return False
    load_as_command(settings.DEFINITIONS_DIR / KEY)
    authority = Authority.objects.get(key=KEY)
    with authority_scope(authority), transaction.atomic():
        town = people.Town(authority, definitions.current(authority), clock.today(), Random(8))  # noqa: S311
        parents = set(District.objects.exclude(parent=None).values_list("parent_id", flat=True))
        town.districts = [d for d in District.objects.order_by("key") if d.pk not in parents]
        for what, build in (
            ("職員", _staff), ("人財 300人", people.build_people), ("団体 60", people.build_groups),
            ("企画 40・出番 120", activities.build_activities), ("一年の紹介", introductions.build_introductions),
            ("空きを待つ列", places.build_places),
            ("席決め", assignments.build_assignments), ("連絡の記録", introductions.build_notes),
            ("重複かもしれない登録 4組", duplicates.build_duplicates), ("潜在候補", prospects.build_prospects),
            ("候補を出すきまり", rules.build_rules), ("業務", office.build_office), ("契約", contracts.build_contract),
            ("経費", office.build_ledger), ("公募", calls.build_calls),
            ("応募者", applicants.build_applicants), ("取込", lists.build_list),
        ):  # fmt: skip
            write(f"  {what} …")
            build(town)
        _residents(town)
    write("  月次報告 …")
    with authority_scope(authority):
        for kind in search.kinds():
            complete(authority, kind)
        office.build_reports(town)
    return True


def _staff(town: people.Town) -> None:
    """The staff of the buttons; contractor roles are tied to the engagement by ``office``."""
    for key in STAFF:
        role = DEMO_ROLES[key]
        town.accounts[key] = Account.objects.create_user(role.email, name=role.name)
        if key in ("officer", "auditor", "administrator"):
            Grant.objects.create(
                authority=town.authority,
                account=town.accounts[key],
                role=key,
                starts_on=town.ago(365),
                ends_on=end_of_fiscal_year(town.today),
            )


def _residents(town: people.Town) -> None:
    """The three residents of the buttons."""
    people.sign_in_for(town, town.people[0], DEMO_ROLES["resident"].email, "resident")
    people.sign_in_for(town, town.people[6], DEMO_ROLES["newcomer"].email, "newcomer")
    people.sign_in_for(town, town.people[5], DEMO_ROLES["organization"].email, "organization")
