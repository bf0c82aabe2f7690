"""The desk: what waits for a decision, and what came back."""

import datetime as dt
from collections.abc import Iterator

from yui.base.access.actor import Actor
from yui.base.approvals.queries import returned_to, waiting_for
from yui.base.measures.desk_items import DeskItem, Kind, desk_items


@desk_items
def approval_items(actor: Actor, today: dt.date) -> Iterator[DeskItem]:
    """One line for each approval this actor can decide, and for each that was returned to them."""
    for approval in waiting_for(actor):
        late = approval.due_on is not None and approval.due_on < today
        yield DeskItem(
            kind=Kind.APPROVALS,
            key=f"approval:{approval.public_id}",
            who=approval.title,
            sentence="確認を待っています。",
            url=approval.url,
            verb="確認する",
            chip="期限をすぎています" if late else "確認中",
            chip_tone="late" if late else "info",
            due_on=approval.due_on,
        )
    for approval in returned_to(actor):
        yield DeskItem(
            kind=Kind.APPROVALS,
            key=f"approval:{approval.public_id}",
            who=approval.title,
            sentence="差し戻されました。なおして、もう一度出してください。",
            url=approval.url,
            verb="なおす",
            chip="差戻し",
            chip_tone="warn",
            due_on=approval.due_on,
        )
