"""A second town of the demonstration with a ledger: Kurihara, whose document says which cost is eligible."""

import datetime as dt

from django.conf import settings
from django.db import transaction

from yui.base import clock, definitions
from yui.base.access.actor import system_actor
from yui.base.access.models import Grant
from yui.base.accounts.models import Account
from yui.base.definitions.founding import load_as_command
from yui.base.jobs.worker import work_through
from yui.base.staff.domain import end_of_fiscal_year
from yui.base.tenancy.models import Authority
from yui.base.tenancy.scope import authority_scope
from yui.office.commissions.domain import appoint_staff, start_commission, start_engagement
from yui.office.commissions.models import Commission
from yui.people.models import Organization
from yui.site.demo.ledger import KURIHARA, fill_ledger
from yui.site.demo.roles import KURIHARA_ROLES

KEY = "kurihara"


def build_kurihara() -> bool:
    """Load the definition, engage an invented contractor, fill the ledger. Returns whether anything was built."""
    lead_role, officer_role = KURIHARA_ROLES.values()
    if Account.objects.filter(email=lead_role.email).exists():
        return False
    load_as_command(settings.DEFINITIONS_DIR / KEY)
    authority, today = Authority.objects.get(key=KEY), clock.today()
    with authority_scope(authority), transaction.atomic():
        lead, officer = (Account.objects.create_user(one.email, name=one.name) for one in (lead_role, officer_role))
        Grant.objects.create(
            authority=authority, account=officer, role="officer", starts_on=today - dt.timedelta(days=365),
            ends_on=end_of_fiscal_year(today),
        )  # fmt: skip
        actor = system_actor(authority, "demo")
        commission = start_commission(actor=actor, definition=definitions.current(authority), key="r6")
        _around(commission, today)
        contractor = Organization.objects.create(
            authority=authority, name="例示くらし舎", kana="レイジクラシシャ", sector="san", about="架空の受託者です。",
            mail="kurashi@example.jp", phone="0228-00-2000", effective_on=commission.starts_on, recorded_at=clock.now(),
        )  # fmt: skip
        engagement = start_engagement(actor=actor, commission=commission, organization=contractor)
        appoint_staff(
            actor=actor, engagement=engagement, account=lead, role="contractor_lead", starts_on=commission.starts_on
        )
        fill_ledger(
            authority=authority, commission=commission, lead=lead, officer=officer, today=today, samples=KURIHARA,
            contract=3_465_000,
            plan={
                "personnel": 1_900_000, "travel": 300_000, "lodging": 150_000, "honorarium": 200_000,
                "printing": 250_000, "consumables": 100_000, "management_fee": 315_000,
            },
        )  # fmt: skip
    work_through()
    return True


def _around(commission: Commission, today: dt.date) -> None:
    """Shift the real term by whole years, so that today is in it or shortly behind its beginning."""
    while commission.ends_on < today:
        commission.fiscal_year += 1
        commission.starts_on = commission.starts_on.replace(year=commission.starts_on.year + 1)
        commission.ends_on = commission.ends_on.replace(year=commission.ends_on.year + 1)
    if commission.starts_on > today:
        commission.starts_on = today - dt.timedelta(days=100)
    commission.save()
