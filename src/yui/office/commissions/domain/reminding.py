"""催促: a mail to the contractor's staff before something falls due and once more after; by day, and each only once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from django.db import IntegrityError, transaction
from django.db.models import Q

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.models import Grant
from yui.base.access.permissions import Permission
from yui.base.access.roles import ROLES
from yui.base.access.rules import require
from yui.base.accounts.models import Account
from yui.base.audit.record import record
from yui.base.messages.domain import Receiver, send
from yui.base.tenancy.addresses import full_url
from yui.engine.calendar.written import wareki
from yui.office.commissions.models import Commission, Deliverable, Engagement, OwedReminder, Paper
from yui.office.commissions.queries import Owed, kind_of, owed_path
from yui.office.commissions.states import WAITING
from yui.office.contracts.rules import kept_rules

DAY_FROM, DAY_TO = 8, 20
"""Hours of the clock between which somebody is written to."""
STALE = dt.timedelta(days=60)
"""What has been late for longer was told often enough by the desk; a town that moves in is not flooded."""
SOON, LATE = "soon", "late"
REMINDING = [
    key for key, role in ROLES.items() if role.by_engagement and Permission.COMMISSION_WRITE in role.everywhere
]


def is_day(instant: dt.datetime) -> bool:
    """Whether somebody may be written to at this instant."""
    return DAY_FROM <= instant.astimezone(clock.TOKYO).hour < DAY_TO


def remind_contractors(*, actor: Actor, now: dt.datetime) -> int:
    """Write to the contractors of all running commissions of the town; returns how many mails were written.

    By night nothing happens. Whatever was reminded of for the same due date and step is left out, also when two
    workers come at once.
    """
    require(actor, Permission.COMMISSION_WRITE)
    if not is_day(now):
        return 0
    today = now.astimezone(clock.TOKYO).date()
    running = Commission.objects.filter(starts_on__lte=today, ends_on__gte=today - STALE).select_related("authority")
    return sum(_remind(actor, commission, today) for commission in running)


def _remind(actor: Actor, commission: Commission, today: dt.date) -> int:
    accounts = _staff(commission, today)
    if not accounts:
        return 0
    with transaction.atomic():
        told: dict[str, list[Owed]] = defaultdict(list)
        for step, owed in _due(commission, today):
            if _noted(actor, owed, step):
                told[step].append(owed)
        if not told:
            return 0
        context = {"title": commission.title, "parts": [_part(step, told[step], today) for step in (LATE, SOON)]}
        for account in accounts:
            send(
                actor=actor, authority=commission.authority, channel="mail", kind="owed_reminder",
                template="messages/staff/owed_reminder.mail.txt",
                to=Receiver("account", account.public_id, account.email), context=context,
                related=("commission", commission.public_id),
            )  # fmt: skip
        record(actor, "owed.reminded", commission, details={step: len(rows) for step, rows in told.items()})
    return len(accounts)


def _due(commission: Commission, today: dt.date) -> Iterator[tuple[str, Owed]]:
    rules = kept_rules(commission.plan.get("contracting"))
    soon = Q(due_on__gte=today, due_on__lte=today + dt.timedelta(days=rules.soon_days))
    late = Q(due_on__lte=today - dt.timedelta(days=rules.late_days), due_on__gte=today - STALE)
    waiting = Q(commission=commission, state__in=WAITING)
    rows: list[Owed] = [
        *Deliverable.objects.filter(waiting & (soon | late)),
        *Paper.objects.filter(waiting & (soon | late)).exclude(repeats=True, occasion_on=None),
    ]
    if not rows:
        return
    told = OwedReminder.objects.filter(object_id__in=[row.public_id for row in rows])
    noted = set(told.values_list("object_id", "due_on", "step"))
    for row in sorted(rows, key=lambda one: (one.due_on or today, one.title)):
        step = SOON if row.due_on and row.due_on >= today else LATE
        if (row.public_id, row.due_on, step) not in noted:
            row.commission, row.authority = commission, commission.authority
            yield step, row


def _noted(actor: Actor, owed: Owed, step: str) -> bool:
    """Write down that this is reminded of now; False where another worker was first."""
    try:
        with transaction.atomic():
            OwedReminder.objects.create(
                authority=actor.authority, kind=kind_of(owed), object_id=owed.public_id, due_on=owed.due_on, step=step,
                recorded_at=clock.now(),
            )  # fmt: skip
    except IntegrityError:
        return False
    return True


def _staff(commission: Commission, today: dt.date) -> list[Account]:
    """Whoever hands things in for its contractors today."""
    engagements = Engagement.objects.filter(commission=commission).values_list("public_id", flat=True)
    grants = Grant.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today), engagement_id__in=list(engagements), role__in=REMINDING,
        starts_on__lte=today,
    )  # fmt: skip
    return list(Account.objects.filter(pk__in=grants.values("account")).order_by("pk"))


def _part(step: str, rows: list[Owed], today: dt.date) -> dict[str, object]:
    return {
        "late": step == LATE,
        "lines": [
            {
                "title": row.title,
                "due": f"{wareki(row.due_on or today)}まで",
                "url": full_url(owed_path(row)),
            }
            for row in rows
        ],
    }
