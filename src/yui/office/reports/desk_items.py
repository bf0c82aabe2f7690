"""The desk: last month's report while it is not made."""

import datetime as dt
from collections.abc import Iterator

from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere
from yui.base.measures.desk_items import DeskItem, Kind, desk_items
from yui.office.commissions.queries import present_commission
from yui.office.commissions.wording import month_words
from yui.office.reports.queries import month_path, newest_report

GRACE_DAYS = 5
"""So many days after the report day it counts as late."""


@desk_items
def report_items(actor: Actor, today: dt.date) -> Iterator[DeskItem]:
    """One line from the day the contract names until the report of last month is asked for."""
    if not holds_everywhere(actor, Permission.REPORT_WRITE):
        return
    last = (today.replace(day=1) - dt.timedelta(days=1)).replace(day=1)
    commission = present_commission(last)
    if commission is None or last < commission.starts_on.replace(day=1) or last > commission.ends_on:
        return
    due_on = today.replace(day=commission.plan.get("report_day", 1))
    if today < due_on or newest_report(commission, last) is not None:
        return
    late = (today - due_on).days > GRACE_DAYS
    yield DeskItem(
        kind=Kind.LATE if late else Kind.WAITING,
        key=f"report:{last:%Y-%m}",
        who=f"{month_words(last)}分 月次報告",
        sentence="先月の報告が、まだ作られていません。",
        url=month_path(commission, last),
        verb="下見する",
        chip=f"{(today - due_on).days}日すぎ" if late else "そろそろです",
        chip_tone="late" if late else "warn",
        due_on=due_on,
    )
