"""Beginning a commission, engaging a contractor, appointing its staff, and the end of all that.

These acts open personal data to people outside the town hall, so only those who decide for the authority may do them:
``COMMISSION_WRITE`` alone, which a contractor holds too, is not enough.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.models import Grant
from yui.base.access.permissions import Permission
from yui.base.access.roles import ROLES
from yui.base.access.rules import require
from yui.base.accounts.models import Account
from yui.base.audit.record import record
from yui.base.definitions import Definition
from yui.office.commissions.models import Commission, Deliverable, Engagement, Paper
from yui.office.commissions.wording import due_words, quantity_words, ringed
from yui.office.contracts.rules import kept_of, rules_of
from yui.office.definition import Commission as CommissionPart
from yui.office.definition import due_date, events_of
from yui.office.indicators.models import Indicator
from yui.people.models import Organization


def start_commission(
    *,
    actor: Actor,
    definition: Definition,
    key: str = "",
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
) -> Commission:
    """Make a commission with everything its contract owes from the definition; the newest one unless ``key`` is given.

    Deliverables, papers and indicators get one row each; a paper that repeats gets its occasions as they come. The
    days of the signed contract take the place of the definition's. Raises ``NotPossible`` when it stands already.
    """
    require_authority(actor)
    part: CommissionPart = definition.commission_of(key) if key else definition.commission
    with transaction.atomic():
        try:
            with transaction.atomic():
                commission = Commission.objects.create(
                    authority=actor.authority,
                    key=part.key,
                    title=part.title_corrected.value,
                    fiscal_year=part.fiscal_year.value,
                    starts_on=starts_on or part.term.first.value,
                    ends_on=ends_on or part.term.last.value,
                    definition_version=definition.versions.get(f"commission:{part.key}", 1),
                    plan=_plan(part),
                )
        except IntegrityError as error:
            raise NotPossible("この業務は、もう始まっています。", "already_started") from error
        days = events_of(part) | {"contract": commission.starts_on, "term_end": commission.ends_on}
        Deliverable.objects.bulk_create(
            [row for phase in ("start", "mid", "end") for row in _deliverables(actor, commission, part, phase, days)]
        )
        Paper.objects.bulk_create(_papers(actor, commission, part.papers, days))
        Indicator.objects.bulk_create(_indicators(actor, commission, part.indicators))
        record(actor, "commission.started", commission, details={"definition": commission.definition_version})
    return commission


def start_engagement(
    *,
    actor: Actor,
    commission: Commission,
    organization: Organization,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
) -> Engagement:
    """Engage an organisation for a commission, within its term; the whole term unless days are given."""
    require_authority(actor, commission)
    require(actor, Permission.COMMISSION_WRITE, organization)
    first, last = starts_on or commission.starts_on, ends_on or commission.ends_on
    if first < commission.starts_on or last > commission.ends_on or first > last:
        raise NotPossible("受託の期間は、業務の期間の中で書いてください。", "outside_term")
    with transaction.atomic():
        overlapping = Engagement.objects.filter(
            commission=commission, organization=organization, starts_on__lte=last, ends_on__gte=first
        )
        if overlapping.exists():
            raise NotPossible("この団体は、その期間の受託者になっています。", "already_engaged")
        engagement = Engagement.objects.create(
            authority=actor.authority,
            commission=commission,
            organization=organization,
            starts_on=first,
            ends_on=last,
            recorded_at=clock.now(),
        )
        Organization.objects.filter(pk=organization.pk).update(contractor=True)
        record(actor, "engagement.started", engagement)
    return engagement


def end_engagement(*, actor: Actor, engagement: Engagement, on: dt.date | None = None) -> Engagement:
    """End an engagement on a day, its last one. Every role held through it ends that day too (decision 6)."""
    require_authority(actor, engagement)
    day = on or clock.today()
    with transaction.atomic():
        engagement = Engagement.objects.select_for_update().get(pk=engagement.pk)
        if day < engagement.starts_on:
            raise NotPossible("終わりの日が、始まりの日より前です。", "before_start")
        if day > engagement.ends_on:
            raise NotPossible("この受託は、その日より前に終わります。", "already_ends")
        engagement.ends_on = day
        engagement.save(update_fields=["ends_on"])
        grants = Grant.objects.filter(engagement_id=engagement.public_id)
        grants.filter(starts_on__gt=day).delete()  # never came into force
        ended = grants.filter(Q(ends_on=None) | Q(ends_on__gt=day)).update(ends_on=day)
        record(actor, "engagement.ended", engagement, details={"on": day.isoformat(), "roles": ended})
    return engagement


def appoint_staff(
    *, actor: Actor, engagement: Engagement, account: Account, role: str, starts_on: dt.date | None = None
) -> Grant:
    """Give an account a contractor's role for as long as the engagement lasts."""
    require_authority(actor, engagement)
    known = ROLES.get(role)
    if known is None or not known.by_engagement:
        raise NotPossible("受託者の役割を選んでください。", "not_a_contractor_role")
    first = max(starts_on or clock.today(), engagement.starts_on)
    if first > engagement.ends_on:
        raise NotPossible("この受託は、もう終わっています。", "engagement_over")
    with transaction.atomic():
        held = Grant.objects.filter(account=account, role=role, engagement_id=engagement.public_id, ends_on__gte=first)
        if held.exists():
            raise NotPossible("この人は、もうその役割を持っています。", "already_appointed")
        grant = Grant.objects.create(
            authority=actor.authority,
            account=account,
            role=role,
            starts_on=first,
            ends_on=engagement.ends_on,
            engagement_id=engagement.public_id,
        )
        record(
            actor,
            "staff.appointed",
            engagement,
            details={"grant": grant.public_id, "role": role, "to": account.public_id},
        )
    return grant


def dismiss_staff(*, actor: Actor, grant: Grant, on: dt.date | None = None) -> Grant:
    """End one role of a contractor's account on a day, its last one."""
    require_authority(actor, grant)
    day = max(on or clock.today(), grant.starts_on)
    with transaction.atomic():
        grant = Grant.objects.select_for_update().get(pk=grant.pk)
        if not grant.engagement_id:
            raise NotPossible("市の職員の役割は、アカウントの画面で終えてください。", "not_a_contractor_role")
        if grant.ends_on is not None and grant.ends_on <= day:
            raise NotPossible("この役割は、もう終わっています。", "already_ends")
        grant.ends_on = day
        grant.save(update_fields=["ends_on"])
        record(actor, "staff.dismissed", grant, details={"on": day.isoformat()})
    return grant


def require_authority(actor: Actor, thing: Any = None) -> None:
    """Raise ``Refused`` unless the actor decides for the authority: a contractor writes commissions, and no more."""
    require(actor, Permission.COMMISSION_WRITE, thing)
    require(actor, Permission.APPROVAL_DECIDE, thing)


def _plan(part: CommissionPart) -> dict[str, Any]:
    """What stays with the commission though the definition moves on."""
    return {
        "phases": [
            {
                "number": phase.number,
                "fiscal_year": phase.fiscal_year.value,
                "name": phase.name,
                "contracted": phase.contracted.value,
                "works": [work.name for work in phase.works],
            }
            for phase in part.phases
        ],
        "monitored": [
            {"key": matter.key, "name": matter.name, "manner": matter.manner}
            for matter in part.monthly_meeting.monitored
        ],
        "report_day": part.monthly_meeting.report_day.value,
        "minutes_days": part.monthly_meeting.minutes_due.value.days,
        "document": part.document.title,
        "contracting": kept_of(part),
    }


def _deliverables(
    actor: Actor, commission: Commission, whole: CommissionPart, phase: str, days: Mapping[Any, dt.date]
) -> list[Deliverable]:
    tolerance = rules_of(whole).tolerance
    return [
        Deliverable(
            authority=actor.authority,
            commission=commission,
            key=part.key,
            number=ringed(part.number),
            order=part.number,
            title=part.name,
            quantity=quantity_words(part),
            due_on=due_date(part.due.value, days),
            due_note=due_words(part.due.value),
            source=part.source or "",
            phase=phase,
            mandatory=part.mandatory is None or part.mandatory.value,
            count=part.copies.value if part.copies else None,
            unit=part.unit if part.copies else "",
            about_percent=tolerance if part.about and part.about.value else None,
        )
        for part in getattr(whole, f"{phase}_deliverables")
    ]


def _papers(actor: Actor, commission: Commission, parts: Sequence[Any], days: Mapping[Any, dt.date]) -> list[Paper]:
    return [
        Paper(
            authority=actor.authority,
            commission=commission,
            key=part.key,
            number=ringed(part.number),
            order=part.number,
            title=part.name,
            quantity="経歴書つき" if part.with_history else "",
            due_on=None if part.repeats else due_date(part.due.value, days),
            due_note=due_words(part.due.value),
            source=part.source or "",
            repeats=part.repeats or part.due.value.event in ("meeting", "change", "request"),
            event=part.due.value.event,
            days=part.due.value.days,
            completes=part.completes,
            mandatory=not (part.repeats or part.due.value.event in ("meeting", "change", "request")),
        )
        for part in parts
    ]


def _indicators(actor: Actor, commission: Commission, parts: Sequence[Any]) -> list[Indicator]:
    return [
        Indicator(
            authority=actor.authority,
            commission=commission,
            key=part.key,
            measure=part.measure,
            label=part.name,
            unit=part.unit,
            baseline=_decimal(part.baseline),
            target=_decimal(part.target),
            up_to=_decimal(part.up_to),
            bound=part.bound,
            basis=part.basis,
            per=part.per,
            entered=part.entered or "",
            heading=part.monitored,
            order=order,
        )
        for order, part in enumerate(parts, start=1)
    ]


def _decimal(amount: Any) -> Decimal | None:
    """A setting's amount exactly as the definition writes it: whole, or a decimal in text."""
    return None if amount is None else Decimal(amount.value)
