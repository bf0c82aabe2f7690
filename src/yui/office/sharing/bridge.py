"""The only place where something passes between two authorities: a name one way, numbers the other.

Each function says whose rows it reads and whose it writes. No row of a person, no key of a counted row and no number
below the smallest cell is ever in its hands.
"""

import datetime as dt

from yui.base import clock
from yui.base.access.actor import system_actor
from yui.base.audit.record import record
from yui.base.tenancy.models import Authority
from yui.base.tenancy.scope import authority_scope, every_town_on_purpose
from yui.office.sharing.models import MemberTown, Share, SharedFigure
from yui.office.sharing.states import OPEN, State

Numbers = dict[tuple[str, dt.date], int | None]
"""Measure and first day of the month → the number, ``None`` where too few were counted."""


def receivers_of(town: Authority) -> list[Authority]:
    """Who counts this town as its own. Reads the lists of every authority, gives names only."""
    with every_town_on_purpose():
        found = MemberTown.objects.filter(town=town, ended_on=None, authority__closed_on=None)
        return [one.authority for one in found.select_related("authority").order_by("authority__key")]


def hand_over(*, town: Authority, receiver: Authority, numbers: Numbers) -> int:
    """Make the receiver's table of this town say exactly these numbers. Returns how many rows changed."""
    with authority_scope(receiver):
        present = {(row.measure, row.month): row for row in SharedFigure.objects.filter(town=town)}
        gone = [row.pk for key, row in present.items() if key not in numbers]
        SharedFigure.objects.filter(pk__in=gone).delete()
        changed, now = len(gone), clock.now()
        for (measure, month), value in numbers.items():
            row = present.get((measure, month))
            if row is not None and row.value == value:
                continue
            SharedFigure.objects.update_or_create(
                authority=receiver, town=town, measure=measure, month=month,
                defaults={"value": value, "counted_at": now},
            )  # fmt: skip
            changed += 1
    return changed


def end_shares_of(*, town: Authority, receiver: Authority) -> int:
    """The receiver no longer counts the town as its own: every consent of the town to it ends, recorded there."""
    with authority_scope(town):
        shares = list(Share.objects.filter(receiver=receiver, state__in=OPEN))
        for share in shares:
            share.state, share.ended_on = State.ENDED, clock.today()
            share.save(update_fields=["state", "ended_on"])
            record(
                system_actor(town, "sharing.member_ended"), "sharing.ended", share, details={"measure": share.measure}
            )
    return len(shares)
