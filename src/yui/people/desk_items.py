"""The desk: promised and overdue calls, awaited yeses to a stage, registrations that may be one person. Urgent concerns: ``prospects``."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db.models import Count, Value

from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere
from yui.base.definitions import by_key, current
from yui.base.measures.desk_items import DeskItem, Kind, desk_items
from yui.base.tenancy.addresses import town_url
from yui.people.likeness import open_pairs
from yui.people.models import ContactNote, Merge, StageChange
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
    rows = StageChange.objects.filter(
        agreed_on=None, declined_on=None, person__hidden=False, person__merged_into=None
    ).select_related("person")
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


@desk_items
def duplicates(actor: Actor, today: dt.date) -> Iterator[DeskItem]:
    """One line for all pairs that may be one person; then whoever was merged and not yet asked about consents."""
    if not holds_everywhere(actor, Permission.PERSON_MERGE) or actor.authority is None:
        return
    for key, name, count in _doubles():
        if key:
            yield _untold(actor, key, name)
        elif count:
            yield DeskItem(
                kind=Kind.TO_CHECK,
                key="duplicates",
                who=f"重複かもしれない登録 {count}組",
                sentence="同じ人かどうかを見て、まとめるか、別の人とします。",
                url=town_url(actor.authority, "people:duplicates"),
                verb="くらべる",
            )


def _doubles() -> Iterable[tuple[str, str, int]]:
    """The number of open pairs (without a key), and key and name of each merge to be told; in one query."""
    rows = Merge.objects.filter(undone_at=None, asked_on=None, survivor__erased_at=None, survivor__hidden=False)
    told = rows.exclude(ask_about=[]).order_by().values_list("public_id", "survivor__display_name", Value(0))
    pairs = open_pairs().order_by().annotate(one=Value(1)).values("one").annotate(count=Count("pk"))
    return pairs.values_list(Value(""), Value(""), "count").union(told, all=True)


def _untold(actor: Actor, key: str, name: str) -> DeskItem:
    return DeskItem(
        kind=Kind.TO_CHECK,
        key=f"merge:{key}",
        who=name,
        sentence="2つの登録で、同意がちがっていました。次の連絡で、まとめたことを伝えて確かめてください。",
        url=town_url(actor.authority, "people:merge", public_id=key),  # type: ignore[arg-type]
        verb="開く",
        chip="同意の確認",
        chip_tone="info",
    )
