"""The lines of 今日の仕事 that come from prospects: one line for all, since there may be many."""

import datetime as dt
from collections.abc import Iterator

from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere
from yui.base.measures.desk_items import DeskItem, Kind, desk_items
from yui.base.tenancy.addresses import town_url
from yui.people.prospects.queries import hearings_due, prospects_due


@desk_items
def steps_due(actor: Actor, today: dt.date) -> Iterator[DeskItem]:
    """次の一歩 of prospects and of hearings whose day has come."""
    if actor.authority is None or not holds_everywhere(actor, Permission.PROSPECT_WRITE):
        return
    days = list(prospects_due(today).values_list("next_on", flat=True))
    talks = list(hearings_due(today).values_list("next_on", flat=True))
    for rows, key, who, name, sentence in (
        (days, "prospects", f"次の一歩の期日が来た候補者 {len(days)}人", "prospects:prospects",
         "まだ登録されていない方への、約束した次の一歩です。"),
        (talks, "hearings", f"次の一歩の期日が来たヒアリング {len(talks)}件", "prospects:hearings",
         "団体・学校・企業との、約束した次の一歩です。"),
    ):  # fmt: skip
        if rows:
            late = rows[0] < today
            yield DeskItem(
                kind=Kind.LATE if late else Kind.PROMISED,
                key=f"{key}:due",
                who=who,
                sentence=sentence,
                url=town_url(actor.authority, name) + "?due=1",
                verb="一覧を見る",
                chip="期日をすぎています" if late else "今日まで",
                chip_tone="late" if late else "info",
                due_on=rows[0],
            )
