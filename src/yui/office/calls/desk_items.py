"""The officer's home: questions to be answered, stages to be opened, disqualifications to be decided, sheets that are missing,
selections that can be made.
"""

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
from yui.office.calls.queries.announcing import UNANSWERED, answers_due
from yui.office.calls.queries.reception import stages_to_open
from yui.office.calls.rules import rules_of_each
from yui.office.calls.schedule import day_of
from yui.office.calls.states import CallState

SOON = 3
"""Days before the deadline for answers from which a line warns."""


@office_items
def question_items(actor: Actor, today: dt.date) -> Iterator[DeskItem]:
    """One line for each call with questions that are not answered."""
    if not holds_everywhere(actor, Permission.CALL_WRITE) or actor.authority is None:
        return
    waiting = Call.objects.annotate(waiting=Count("questions", filter=Q(questions__state__in=UNANSWERED)))
    found = list(waiting.filter(waiting__gt=0))
    held = rules_of_each(found) if found else {}
    for call in found:
        due = answers_due(held[call.pk])
        late = due is not None and due < today
        soon = due is not None and (due - today).days <= SOON
        yield DeskItem(
            kind=Kind.LATE if late else Kind.WAITING,
            key=f"call_questions:{call.public_id}",
            who=call.title,
            sentence=f"公募の質問{call.waiting}件に、まだ答えていません。",
            url=town_url(actor.authority, "calls:desk_questions", public_id=call.public_id),
            verb="開く",
            chip="" if due is None else f"{short_day(due)}まで",
            chip_tone="late" if late else "warn" if soon else "neutral",
            due_on=due,
        )


@office_items
def reception_items(actor: Actor, today: dt.date) -> Iterator[DeskItem]:
    """One line for each stage that waits to be opened, and for each call with disqualifications to be decided."""
    if not holds_everywhere(actor, Permission.CALL_DECIDE) or actor.authority is None:
        return
    proposed = Count("applicants__disqualifications", filter=Q(applicants__disqualifications__state="proposed"))
    calls = list(Call.objects.annotate(proposed=proposed).filter(Q(state=CallState.ANNOUNCED) | Q(proposed__gt=0)))
    to_open = stages_to_open([one for one in calls if one.state == CallState.ANNOUNCED])
    for call in calls:
        for stage in to_open.get(call.pk, ()):
            yield _line(
                actor, call, f"opening_{stage.key}", f"{stage.name}の期限がすぎました。開封できます。", "開封する"
            )
        if call.proposed:
            yield _line(actor, call, "proposed", f"失格の案{call.proposed}件を、まだ決めていません。", "開く")


def _line(actor: Actor, call: Call, what: str, sentence: str, verb: str) -> DeskItem:
    assert actor.authority is not None
    url = town_url(actor.authority, "calls:desk_applicants", public_id=call.public_id)
    return DeskItem(
        kind=Kind.WAITING, key=f"call_{what}:{call.public_id}", who=call.title, sentence=sentence, url=url, verb=verb
    )


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
