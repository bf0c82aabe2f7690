"""The lines of 今日の仕事 about days that have come: steps of prospects and hearings, and problems that must be told.

They are asked for together, because the desk has few queries to spend.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Value

from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere
from yui.base.measures.desk_items import DeskItem, Kind, desk_items
from yui.base.tenancy.addresses import town_url
from yui.base.tenancy.models import Authority
from yui.people.models import Concern
from yui.people.prospects.queries import hearings_due, prospects_due

CONCERN, PROSPECT, HEARING = "concern", "prospect", "hearing"
STEPS = {
    PROSPECT: (
        "次の一歩の期日が来た候補者 {}人", "prospects:prospects", "まだ登録されていない方への、約束した次の一歩です。"
    ),
    HEARING: (
        "次の一歩の期日が来たヒアリング {}件", "prospects:hearings", "団体・学校・企業との、約束した次の一歩です。"
    ),
}  # fmt: skip
"""What → the words with the number, the page, the sentence: one line for all, since there may be many."""

Found = tuple[str, str, str, str, dt.date]
"""What it is, public id, heading, text, day."""


@desk_items
def days_that_came(actor: Actor, today: dt.date) -> Iterator[DeskItem]:
    """Urgent problems that are not solved, one by one; then steps whose day has come, as a number."""
    town = actor.authority
    if town is None:
        return
    rows = _found(actor, today)
    for _, public_id, heading, problem, day in (row for row in reversed(rows) if row[0] == CONCERN):
        yield DeskItem(
            kind=Kind.LATE,
            key=f"concern:{public_id}",
            who=heading,
            sentence=problem[:80],
            url=town_url(town, "people:concern", public_id=public_id),
            verb="解決を書く",
            chip="急ぎの困りごと",
            chip_tone="late",
            due_on=day,
        )
    for what in STEPS:
        days = [row[4] for row in rows if row[0] == what]
        if days:
            yield _steps(town, what, days, today)


def _found(actor: Actor, today: dt.date) -> list[Found]:
    """Everything this actor may see, in one query, the earliest day first."""
    parts: list[Any] = []
    if holds_everywhere(actor, Permission.CONCERN_WRITE):
        urgent = Concern.objects.filter(urgent=True, solved_on=None).order_by()
        parts.append(urgent.values_list(Value(CONCERN), "public_id", "heading", "problem", "raised_on"))
    if holds_everywhere(actor, Permission.PROSPECT_WRITE):
        for what, due in ((PROSPECT, prospects_due(today)), (HEARING, hearings_due(today))):
            parts.append(due.order_by().values_list(Value(what), "public_id", Value(""), Value(""), "next_on"))
    if not parts:
        return []
    return sorted(parts[0].union(*parts[1:], all=True), key=lambda row: (row[4], row[1]))


def _steps(town: Authority, what: str, days: list[dt.date], today: dt.date) -> DeskItem:
    who, page, sentence = STEPS[what]
    late = days[0] < today
    return DeskItem(
        kind=Kind.LATE if late else Kind.PROMISED,
        key=f"{what}:due",
        who=who.format(len(days)),
        sentence=sentence,
        url=town_url(town, page) + "?due=1",
        verb="一覧を見る",
        chip="期日をすぎています" if late else "今日まで",
        chip_tone="late" if late else "info",
        due_on=days[0],
    )
