"""The lines of 今日の仕事 that come from introductions."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Value

from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere, may
from yui.base.measures.desk_items import DeskItem, Kind, desk_items
from yui.base.tenancy.addresses import town_url
from yui.introductions import queries
from yui.introductions.first_calls import uncalled
from yui.introductions.models import Answer, AnswerLink, Introduction
from yui.introductions.states import State
from yui.introductions.unasked import named_in_fair_order, waiting

ANSWERED = "answered"
NEVER_ASKED_LINES = 5
"""Lines of people nobody asked; the whole list stands on its own page."""


@desk_items
def introductions_waiting(actor: Actor, today: dt.date) -> Iterator[DeskItem]:
    """Answers awaited and overdue, follow-ups, and people who were never asked."""
    if actor.authority is None or not holds_everywhere(actor, Permission.INTRODUCTION_WRITE):
        return
    if not may(actor, Permission.DESK_READ):
        return
    rows = list(queries.due_or_awaited(today))
    yield from _answers(actor, today, [row for row in rows if row.state == State.ASKING])
    for row in (row for row in rows if row.state != State.ASKING):
        yield _item(
            actor, row, Kind.FOLLOW_UP, f"「{row.opportunity.title}」の顔合わせから3か月です。その後をうかがいます。",
            "確認を記録する", due_on=row.follow_up_on, late=bool(row.follow_up_on and row.follow_up_on < today),
        )  # fmt: skip
    idle = waiting(actor.authority, today).exclude(person__in=queries.under_way().order_by().values("person_id"))
    named = named_in_fair_order(actor.authority, today, idle, NEVER_ASKED_LINES)
    for place, (public_id, name, since) in enumerate(named, start=1):
        yield DeskItem(
            kind=Kind.NEVER_ASKED,
            key=f"never_asked:{public_id}",
            who=name,
            sentence="このあいだ、出番の声が一度もかかっていません。",
            url=town_url(actor.authority, "introductions:suggestions", public_id=public_id),
            verb="合う出番を見る",
            chip=f"{(today - since).days}日",
            chip_tone="warn",
            place=place,
        )
    if len(named) == NEVER_ASKED_LINES:
        yield DeskItem(
            kind=Kind.NEVER_ASKED,
            key="never_asked",
            who="長く声のかかっていない人の一覧",
            sentence="ほかの方も、長く待っている順にならんでいます。",
            url=town_url(actor.authority, "introductions:never_asked"),
            verb="一覧を見る",
            place=NEVER_ASKED_LINES + 1,
        )


@desk_items
def first_calls(actor: Actor, today: dt.date) -> Iterator[DeskItem]:
    """One line for all whom nobody has called yet; they stand on their own page, in fair order."""
    if actor.authority is None or not holds_everywhere(actor, Permission.INTRODUCTION_WRITE):
        return
    count = uncalled(today).count() if may(actor, Permission.DESK_READ) else 0
    if count:
        yield DeskItem(
            kind=Kind.NEVER_ASKED,
            key="first_calls",
            who=f"手をあげたのに、一度も声をかけていない人　{count}人",
            sentence="電話も、紹介も、まだ一度もありません。長く待っている方から順に、電話をかけられます。",
            url=town_url(actor.authority, "introductions:first_calls"),
            verb="声をかける順番を見る",
        )


def _answers(actor: Actor, today: dt.date, rows: list[Introduction]) -> Iterator[DeskItem]:
    ids = [row.pk for row in rows]
    links = AnswerLink.objects.filter(introduction_id__in=ids).order_by()
    answers = Answer.objects.filter(introduction_id__in=ids).order_by()
    both = links.values_list("introduction_id", "side", "channel", "id").union(
        answers.values_list("introduction_id", "side", Value(ANSWERED), "id"), all=True
    )
    told_so_far = sorted(both, key=lambda row: (row[2] == ANSWERED, row[3])) if ids else []
    answered = {(pk, side) for pk, side, channel, _ in told_so_far if channel == ANSWERED}
    channels = {(pk, side): channel for pk, side, channel, _ in told_so_far if channel != ANSWERED}
    for row in rows:
        open_sides = [side for side in Answer.Side.values if (row.pk, side) not in answered]
        phone = [side for side in open_sides if channels.get((row.pk, side)) in ("phone", "in_person")]
        late = row.answer_due_on is not None and row.answer_due_on < today
        names = "・".join(_name(row, side) for side in open_sides)
        if late:
            sentence, verb = f"{names} のお返事が、期限をすぎています（{row.opportunity.title}）。", "もう一度うかがう"
        elif phone:
            sentence, verb = f"{names} に電話でお返事をうかがいます（{row.opportunity.title}）。", "電話の返事を記入"
        else:
            sentence, verb = f"{names} のお返事を待っています（{row.opportunity.title}）。", "開く"
        yield _item(
            actor, row, Kind.LATE if late else Kind.WAITING, sentence, verb, due_on=row.answer_due_on, late=late
        )


def _name(row: Introduction, side: str) -> str:
    organization = row.opportunity.activity.host_organization
    host = row.opportunity.activity.host_person
    if side == Answer.Side.PERSON:
        return row.person.display_name
    return organization.name if organization else (host.display_name if host else "")


def _item(
    actor: Actor, row: Introduction, kind: Kind, sentence: str, verb: str, *, due_on: dt.date | None, late: bool
) -> DeskItem:
    if actor.authority is None:
        raise LookupError("a desk belongs to a town")
    return DeskItem(
        kind=kind,
        key=f"introduction:{row.public_id}",
        who=f"{row.person.display_name} × {_name(row, Answer.Side.HOST)}",
        sentence=sentence,
        url=town_url(actor.authority, "introductions:introduction", public_id=row.public_id),
        verb=verb,
        chip=f"{due_on.month}月{due_on.day}日まで" if due_on and kind != Kind.FOLLOW_UP else "",
        chip_tone="late" if late else "info",
        due_on=due_on,
    )
