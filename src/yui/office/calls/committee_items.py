"""The officer's home: calls whose sheets are missing before the presentation, and whose selection can be computed."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Q

from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere
from yui.base.measures.desk_items import DeskItem, Kind, office_items
from yui.base.tenancy.addresses import town_url
from yui.engine.calendar import short_day
from yui.office.calls.models import Call
from yui.office.calls.rules import rules_of_each
from yui.office.calls.schedule import day_of
from yui.office.calls.states import CallState


@office_items
def scoring_items(actor: Actor, today: dt.date) -> Iterator[DeskItem]:
    """One line for each call whose sheets are missing before the presentation, and for each that can be computed."""
    if not holds_everywhere(actor, Permission.CALL_WRITE) or actor.authority is None:
        return
    missing = Count(
        "members__sheets",
        filter=Q(members__state="appointed", members__sheets__state="open", state=CallState.SCORING),
    )
    rows = Call.objects.filter(state__in=[CallState.SCORING, CallState.SCORED]).annotate(missing=missing)
    found = list(rows)
    held = rules_of_each(found) if found else {}
    for call in found:
        scored = call.state == CallState.SCORED
        if not scored and not call.missing:
            continue
        presentation = held[call.pk].rules.presentation
        due = day_of(held[call.pk].moment(presentation.on).closes.value) if presentation and not scored else None
        late = due is not None and due < today
        yield DeskItem(
            kind=Kind.LATE if late else Kind.WAITING,
            key=f"call_scoring:{call.public_id}",
            who=call.title,
            sentence="採点が締まりました。選定を計算します。"
            if scored
            else f"採点表が{call.missing}人分、まだ閉じていません。",
            url=town_url(
                actor.authority, "calls:desk_selection" if scored else "calls:desk_committee", public_id=call.public_id
            ),
            verb="開く",
            chip="" if due is None else f"審査 {short_day(due)}",
            chip_tone="late" if late else "warn",
            due_on=due,
        )
