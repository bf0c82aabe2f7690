"""Locking a month: figures and rows fixed at an instant. A correction is a new version with a reason."""

import datetime as dt
from collections.abc import Iterable

from django.db import IntegrityError, transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.record import record
from yui.base.measures.models import LockedFigure, MonthLock
from yui.base.measures.queries import last_day, locked
from yui.base.measures.registry import all_measures, rows


def lock_month(
    *,
    actor: Actor,
    commission_key: str,
    month: dt.date,
    reason: str = "",
    measures: Iterable[str] | None = None,
) -> MonthLock:
    """Fix the figures of ``month`` as they are recorded now. Without ``measures`` every declared one is locked.

    Raises ``NotPossible`` for a month that has not begun, for a second version without a reason, and when somebody
    else locked the same version at the same time.
    """
    require(actor, Permission.MONTH_LOCK)
    first = month.replace(day=1)
    if first > clock.today():
        raise NotPossible("まだ始まっていない月は締められません。", "month_not_begun")
    with transaction.atomic():
        before = locked(commission_key, first)
        if before is not None and not reason.strip():
            raise NotPossible("この月は、もう締めてあります。なおすときは、理由を書いてください。", "reason_needed")
        now = clock.now()
        try:
            with transaction.atomic():
                lock = MonthLock.objects.create(
                    authority=actor.authority,
                    commission_key=commission_key,
                    month=first,
                    version=before.version + 1 if before else 1,
                    reason=reason.strip(),
                    as_of=now,
                    locked_at=now,
                    locked_by=actor.account,
                    supersedes=before,
                )
        except IntegrityError as error:
            raise NotPossible("ほかの人が、いま締めました。画面を開きなおしてください。", "locked_meanwhile") from error
        keys = sorted(measures) if measures is not None else [measure.key for measure in all_measures()]
        for key in keys:
            found = rows(key, authority=actor.authority, start=first, end=last_day(first), as_of=now)
            LockedFigure.objects.create(
                authority=actor.authority,
                lock=lock,
                measure=key,
                value=len(found),
                rows=[row.as_json() for row in found],
            )
        record(actor, "month.locked", lock, details={"version": lock.version, "figures": len(keys)})
    return lock
