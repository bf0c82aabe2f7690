"""Taking an import back: what nobody has touched since is as it was; what somebody changed or used is listed."""

import datetime as dt
from collections import Counter

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.rules import require
from yui.base.audit.record import record
from yui.base.exchange import states
from yui.base.exchange.domain.keeping import drop_file, held
from yui.base.exchange.models import Import, ImportRow
from yui.base.exchange.queries import importer_of

DAYS = 90
"""For so many days an import can be undone; then the earlier values go."""


def undo_import(*, actor: Actor, batch: Import) -> Import:
    """Undo in one transaction. Rows that were left alone, wholly or in part, say so in ``outcome`` and ``left``."""
    importer = importer_of(batch)
    require(actor, importer.permission, batch)
    with transaction.atomic():
        batch = held(batch, {states.IMPORTED})
        if not may_be_undone(batch, clock.today()):
            raise NotPossible(f"{DAYS}日をすぎた取込と、まちが移る前の取込は、元に戻せません。", "too_late")
        rows = list(batch.rows.select_for_update().order_by("-number"))
        importer.undo(actor, batch, rows)
        batch.rows.update(earlier={}, outcome="undone")
        others = [row for row in rows if row.outcome != "undone"]
        ImportRow.objects.bulk_update(others, ["outcome", "left"], batch_size=200)
        counts = Counter(row.outcome for row in rows)
        drop_file(actor, batch.file)
        batch.file, batch.headings = None, []
        batch.state, batch.undone_at = states.UNDONE, clock.now()
        batch.counts = {**batch.counts, "undone": counts["undone"], "partly": counts["partly"], "left": counts["left"]}
        batch.save()
        record(actor, "import.undone", batch, details={"kind": batch.kind, **counts})
    return batch


def may_be_undone(batch: Import, today: dt.date) -> bool:
    """Whether the days for it are not over."""
    if batch.imported_at is None or batch.state != states.IMPORTED:
        return False
    if not batch.rows.exists():  # nothing was kept: the town was imported elsewhere and has moved here
        return False
    return (today - batch.imported_at.astimezone(clock.TOKYO).date()).days <= DAYS


def forget_earlier_values(*, actor: Actor, before: dt.datetime) -> int:
    """Empty the earlier values of imports that can not be undone any more. Done each day."""
    old = ImportRow.objects.filter(batch__imported_at__lt=before).exclude(earlier={})
    count = old.update(earlier={})
    if count:
        record(actor, "import.values_forgotten", details={"rows": count})
    return count
