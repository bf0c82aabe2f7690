"""The desk: notices that wait, letters to post, explanations that are due."""

import datetime as dt
from collections.abc import Iterator

from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere
from yui.base.measures.desk_items import DeskItem, Kind, office_items
from yui.base.tenancy.addresses import town_url
from yui.engine.calendar import short_day
from yui.office.calls.models import ExplanationRequest, NoticeBatch
from yui.office.calls.notice_kinds import ON_WISH
from yui.office.calls.queries.explaining import SOON
from yui.office.calls.queries.notice_lists import calls_to_look_at, kinds_waiting
from yui.office.calls.queries.noticing import name_of
from yui.office.calls.rules import rules_of
from yui.office.calls.states import BatchState


@office_items
def result_items(actor: Actor, today: dt.date) -> Iterator[DeskItem]:
    """One line for each kind of notice that waits, each batch on its way, and each explanation not yet given."""
    if actor.authority is None or not holds_everywhere(actor, Permission.CALL_DECIDE):
        return
    yield from _waiting(actor)
    yield from _batches(actor, today)
    yield from _explanations(actor, today)


def _waiting(actor: Actor) -> Iterator[DeskItem]:
    assert actor.authority is not None
    for call in calls_to_look_at():
        url = town_url(actor.authority, "calls:call_notices", public_id=call.public_id)
        for one in kinds_waiting(call, rules_of(call)):
            if one.count and one.kind not in ON_WISH:
                yield DeskItem(
                    kind=Kind.WAITING,
                    key=f"notices_wait:{call.public_id}:{one.kind}",
                    who=one.name,
                    sentence=f"{call.title}：{one.count}者が通知を待っています。",
                    url=url,
                    verb="下書きを作る",
                    chip="通知",
                    chip_tone="info",
                    due_on=one.planned,
                )


def _batches(actor: Actor, today: dt.date) -> Iterator[DeskItem]:
    assert actor.authority is not None
    rows = NoticeBatch.objects.exclude(state__in=[BatchState.DRAFT, BatchState.ASKED]).select_related("call")
    for batch in rows.prefetch_related("notices"):
        to_post = sum(
            one.sent_at is not None and "post" in one.channels and one.posted_at is None for one in batch.notices.all()
        )
        if batch.state != BatchState.APPROVED and not to_post:
            continue
        late, approved = batch.dated_on < today, batch.state == BatchState.APPROVED
        said = "通知日をすぎています。通知日をあらためてください。" if late else "承認されました。通知日に送ります。"
        yield DeskItem(
            kind=Kind.LATE if late else Kind.WAITING,
            key=f"{'notices_send' if approved else 'notices_post'}:{batch.public_id}",
            who=name_of(rules_of(batch.call), batch.kind),
            sentence=f"{batch.call.title}：{said if approved else f'{to_post}通の郵送が、まだ記録されていません。'}",
            url=town_url(actor.authority, "calls:notice_batch", public_id=batch.public_id),
            verb="開く",
            chip=f"通知日 {short_day(batch.dated_on)}",
            chip_tone="late" if late else "warn",
            due_on=batch.dated_on,
        )


def _explanations(actor: Actor, today: dt.date) -> Iterator[DeskItem]:
    assert actor.authority is not None
    rows = ExplanationRequest.objects.filter(answered_at=None).select_related("notice__applicant__call")
    for row in rows:
        by = row.notice.answer_by
        late = by is not None and by < today
        soon = by is not None and (by - today).days <= SOON
        yield DeskItem(
            kind=Kind.LATE if late else Kind.PROMISED if soon else Kind.WAITING,
            key=f"explanation:{row.public_id}",
            who=row.notice.applicant.name,
            sentence=f"{row.notice.applicant.call.title}：理由の説明を求められています。書面で回答します。",
            url=town_url(actor.authority, "calls:explanation", public_id=row.public_id),
            verb="回答する",
            chip=f"{short_day(by)}まで" if by else "回答待ち",
            chip_tone="late" if late else "warn" if soon else "info",
            due_on=by,
        )
