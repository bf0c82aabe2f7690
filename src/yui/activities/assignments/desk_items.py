"""The officer's lines of rounds: one that was drawn and waits to be published."""

import datetime as dt
from collections.abc import Iterator

from yui.activities.assignments.models import Round
from yui.activities.assignments.states import RoundState
from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere
from yui.base.measures.desk_items import DeskItem, Kind, office_items
from yui.base.tenancy.addresses import town_url

LATE_DAYS = 3
"""So long people who wished may wait for a result that is there."""


@office_items
def drawn_rounds(actor: Actor, today: dt.date) -> Iterator[DeskItem]:
    """Rounds whose lottery was drawn: until they are published nobody knows whether there is a place."""
    if actor.authority is None or not holds_everywhere(actor, Permission.ASSIGNMENT_PUBLISH):
        return
    for found in Round.objects.filter(state=RoundState.DRAWN).order_by("closes_on", "id"):
        due_on = found.closes_on + dt.timedelta(days=LATE_DAYS)
        late = due_on < today
        yield DeskItem(
            kind=Kind.LATE if late else Kind.TO_CHECK,
            key=f"round:{found.public_id}",
            who=found.title,
            sentence="くじを引きました。結果をたしかめて、公開してください。それまで、だれも結果を知りません。",
            url=town_url(actor.authority, "assignments:desk_round", public_id=found.public_id),
            verb="結果を見る",
            chip="公開を待っています",
            chip_tone="late" if late else "warn",
            due_on=due_on,
        )
