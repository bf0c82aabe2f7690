"""Approvals on the desk: what one may decide, and what of one's own waits or came back."""

import datetime as dt
from collections.abc import Iterator

from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere
from yui.base.approvals.models import Approval
from yui.base.measures.desk_items import DeskItem, Kind, desk_items
from yui.base.tenancy.addresses import town_url


@desk_items
def approvals(actor: Actor, today: dt.date) -> Iterator[DeskItem]:
    """Every open request for who decides; for who asks, the own ones that wait or were returned."""
    decides = holds_everywhere(actor, Permission.APPROVAL_DECIDE)
    if actor.authority is None or not (decides or holds_everywhere(actor, Permission.APPROVAL_REQUEST)):
        return
    rows = Approval.objects.filter(state__in=["review", "returned"]).order_by("requested_at", "id")
    for row in rows if decides else rows.filter(requested_by=actor.account):
        returned = row.state == "returned"
        url = town_url(actor.authority, "site:approval", public_id=row.public_id) if decides else row.url
        yield DeskItem(
            kind=Kind.APPROVALS,
            key=f"approval:{row.public_id}",
            who=row.title,
            sentence="差し戻されました。なおして、もう一度出してください。" if returned else "市の承認を待っています。",
            url=url,
            verb="なおす" if returned else "開く",
            chip="差戻し" if returned else "市の承認待ち",
            chip_tone="warn" if returned else "info",
        )
