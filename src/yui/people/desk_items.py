"""The desk: calls that were promised, calls that are overdue, yeses to a stage that are awaited. Urgent concerns: ``prospects``."""

import datetime as dt
from collections.abc import Iterator

from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere
from yui.base.definitions import by_key, current
from yui.base.measures.desk_items import DeskItem, Kind, desk_items
from yui.base.tenancy.addresses import town_url
from yui.people.models import ContactNote, StageChange
from yui.people.queries import named, open_promises

AHEAD = dt.timedelta(days=7)


@desk_items
def promised(actor: Actor, today: dt.date) -> Iterator[DeskItem]:
    """Promises of today and the days before; those of the next week only in the list of notes."""
    if not holds_everywhere(actor, Permission.CONTACT_NOTE_READ) or actor.authority is None:
        return
    for note in open_promises().filter(promised_for__lte=today):
        yield _promise(actor, note, today)


def _promise(actor: Actor, note: ContactNote, today: dt.date) -> DeskItem:
    late = note.promised_for is not None and note.promised_for < today
    when = f"{note.promised_for:%-m月%-d日}の約束でした。" if late else (note.promised_time or "今日の約束です。")
    return DeskItem(
        kind=Kind.LATE if late else Kind.PROMISED,
        key=f"note:{note.public_id}",
        who=named(note),
        sentence="　".join(part for part in (when, note.promise) if part),
        url=town_url(actor.authority, "people:answer_promise", public_id=note.public_id),  # type: ignore[arg-type]
        verb="連絡を記録する",
        chip="約束の日をすぎています" if late else note.get_way_display(),
        chip_tone="late" if late else "info",
        due_on=note.promised_for,
    )


@desk_items
def stage_answers(actor: Actor, today: dt.date) -> Iterator[DeskItem]:
    """Proposals of a stage whose person has not answered yet."""
    if not holds_everywhere(actor, Permission.STAGE_PROPOSE) or actor.authority is None:
        return
    rows = StageChange.objects.filter(agreed_on=None, declined_on=None, person__hidden=False).select_related("person")
    stages = by_key(current(actor.authority).people.stages) if rows else {}
    for change in rows:
        label = stages[change.stage].label if change.stage in stages else change.stage
        yield DeskItem(
            kind=Kind.WAITING,
            key=f"stage:{change.public_id}",
            who=change.person.display_name,
            sentence=f"「{label}」へのお返事を待っています。",
            url=town_url(actor.authority, "people:person", public_id=change.person.public_id),
            verb="開く",
            chip=f"{(today - change.effective_on).days}日たちました"
            if change.effective_on < today
            else "今日たずねました",
            chip_tone="info",
            due_on=change.effective_on,
        )
