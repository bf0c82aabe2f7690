"""Moving the end of a commission's term after a 変更契約: engagement, roles and what falls due at the end follow."""

import datetime as dt

from django.db import transaction

from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.models import Grant
from yui.base.audit.record import record
from yui.base.definitions import Definition
from yui.office.commissions.domain.contracts import require_authority
from yui.office.commissions.models import Commission, Deliverable, Engagement, Paper
from yui.office.commissions.states import WAITING
from yui.office.definition import due_date


def move_end(
    *, actor: Actor, commission: Commission, engagement: Engagement, ends_on: dt.date, definition: Definition
) -> Commission:
    """The new last day of a commission and one engagement. What was handed in keeps its date. Raises ``NotPossible``."""
    require_authority(actor, commission)
    with transaction.atomic():
        commission = Commission.objects.select_for_update().get(pk=commission.pk)
        engagement = Engagement.objects.select_for_update().get(pk=engagement.pk)
        if ends_on < engagement.starts_on:
            raise NotPossible("終わりの日が、始まりの日より前です。", "before_start")
        before, commission.ends_on = commission.ends_on, ends_on
        commission.version += 1
        commission.save()
        grants = Grant.objects.filter(engagement_id=engagement.public_id)
        grants.filter(ends_on=engagement.ends_on, starts_on__lte=ends_on).update(ends_on=ends_on)
        engagement.ends_on = ends_on
        engagement.save(update_fields=["ends_on"])
        _move_due(commission, definition)
        record(actor, "commission.end_moved", commission, details={"from": before.isoformat()})
    return commission


def _move_due(commission: Commission, definition: Definition) -> None:
    """Whatever counts from the last day and still waits."""
    part = next((one for one in definition.commissions if one.key == commission.key), None)
    if part is None:
        return
    days = {"term_end": commission.ends_on}
    deliverables = (*part.start_deliverables, *part.mid_deliverables, *part.end_deliverables)
    for table, items in ((Deliverable, deliverables), (Paper, part.papers)):
        for item in items:
            due = due_date(item.due.value, days)  # type: ignore[arg-type]
            if due is not None:
                table.objects.filter(commission=commission, key=item.key, state__in=WAITING).update(due_on=due)
