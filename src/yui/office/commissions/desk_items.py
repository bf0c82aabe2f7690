"""The desk: papers and deliverables that are due soon or late."""

import datetime as dt
from collections.abc import Iterator

from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere
from yui.base.measures.desk_items import DeskItem, Kind, desk_items
from yui.office.commissions.queries import due_lines, present_commission
from yui.office.commissions.states import State


@desk_items
def owed_items(actor: Actor, today: dt.date) -> Iterator[DeskItem]:
    """One line for each thing the contractor has to hand in within 14 days, or is late with."""
    if not holds_everywhere(actor, Permission.COMMISSION_WRITE):
        return
    commission = present_commission(today)
    for line in due_lines(commission, today) if commission else ():
        late = line.owed.due_on is not None and line.owed.due_on < today
        returned = line.owed.state == State.RETURNED
        yield DeskItem(
            kind=Kind.LATE if late else Kind.WAITING,
            key=f"{line.kind}:{line.owed.public_id}",
            who=line.owed.title,
            sentence="差し戻されました。なおして、もう一度出します。" if returned else "受託者の提出を待っています。",
            url=line.path,
            verb="開く",
            chip=line.due,
            chip_tone="late" if late else "warn",
            due_on=line.owed.due_on,
        )
