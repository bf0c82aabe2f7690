"""Handing in, accepting and returning what the contract owes. Each step is a dated row and goes through an approval."""

import datetime as dt

from django.core.files.base import File
from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.approvals.decisions import decides
from yui.base.approvals.domain import approve, request_approval, return_for_change
from yui.base.approvals.models import Approval
from yui.base.approvals.queries import approval_of
from yui.base.approvals.states import State as ApprovalState
from yui.base.audit.record import record
from yui.base.files.domain import store_file
from yui.office.commissions.models import Commission, Deliverable, OwedChange, Paper
from yui.office.commissions.quantities import range_of
from yui.office.commissions.queries import KINDS, Owed, kind_of, missing_of, owed_path
from yui.office.commissions.states import LABELS, State, can_move

_REACHED = {
    ApprovalState.RETURNED: State.RETURNED,
    ApprovalState.APPROVED: State.ACCEPTED,
    ApprovalState.WITHDRAWN: State.OWED,
}


def submit_owed(
    *, actor: Actor, owed: Owed, upload: File | bytes, name: str, comment: str = "", handed_in: int | None = None
) -> Owed:
    """Hand in a file for a deliverable or a paper; the officer is asked to accept it.

    ``handed_in``: how many, where the contract asks for a number. Raises ``NotPossible`` for a file that can not be
    kept, in a state that does not allow it, without that number, and for the line of a paper that repeats (hand in
    its occasion).
    """
    require(actor, Permission.COMMISSION_WRITE, owed)
    kind = kind_of(owed)
    with transaction.atomic():
        owed = _lock(owed)
        if isinstance(owed, Paper) and owed.repeats and not owed.occasion_on:
            raise NotPossible("この書類は、会議などのたびに出します。その日の行を開いてください。", "repeats")
        if not can_move(owed.state, State.SUBMITTED):
            raise NotPossible(f"いまは「{LABELS[State(owed.state)]}」なので、提出できません。", "wrong_state")
        comment = _counted(owed, handed_in, comment)
        attachment = store_file(
            actor=actor,
            upload=upload,
            name=name,
            purpose=kind,
            permission=Permission.COMMISSION_WRITE,
            thing=owed,
            related=(kind, owed.public_id),
            rights_holder=actor.authority.name if actor.authority else "",
        )
        owed.attachment_id, owed.submitted_on = attachment.public_id, clock.today()
        _move(actor, owed, State.SUBMITTED, comment, attachment.public_id)
        request_approval(
            actor=actor,
            kind=kind,
            object_id=owed.public_id,
            title=f"{'成果物' if kind == 'deliverable' else '書類'}：{owed.title}",
            url=owed_path(owed),
            comment=comment,
            permission=Permission.COMMISSION_WRITE,
            thing=owed,
        )
    return owed


def accept_owed(*, actor: Actor, owed: Owed, comment: str = "") -> Owed:
    """受領. Nobody accepts what they handed in themselves."""
    approve(actor=actor, approval=_approval(owed), comment=comment)
    owed.refresh_from_db()
    return owed


def return_owed(*, actor: Actor, owed: Owed, reason: str) -> Owed:
    """差戻し, with the words that say what to change."""
    return_for_change(actor=actor, approval=_approval(owed), comment=reason)
    owed.refresh_from_db()
    return owed


def ask_paper(*, actor: Actor, paper: Paper, day: dt.date, title: str = "", occasion_id: str = "") -> Paper:
    """Open an occasion of a paper that repeats: for a meeting, for a change of staff, at the authority's request."""
    require(actor, Permission.MEETING_WRITE, paper)
    if not paper.repeats or paper.occasion_on:
        raise NotPossible("この書類は、一度だけ出すものです。", "does_not_repeat")
    with transaction.atomic():
        occasion = Paper.objects.create(
            authority=actor.authority,
            commission=paper.commission,
            key=paper.key,
            number=paper.number,
            order=paper.order,
            title=title or f"{paper.title}（{day.month}月{day.day}日分）",
            due_on=day + dt.timedelta(days=paper.days),
            due_note=paper.due_note,
            source=paper.source,
            event=paper.event,
            days=paper.days,
            occasion_id=occasion_id,
            occasion_on=day,
        )
        record(actor, "paper.asked", occasion, details={"paper": paper.public_id, "on": day.isoformat()})
    return occasion


def _react(*, actor: Actor, approval: Approval, state: ApprovalState, comment: str) -> None:
    reached = _REACHED.get(state)
    if reached is None:
        return
    owed = KINDS[approval.kind].objects.select_for_update().get(public_id=approval.object_id)
    if reached == State.ACCEPTED:
        _acceptable(owed, comment)
        owed.accepted_on = clock.today()
    _move(actor, owed, reached, comment, owed.attachment_id)


def _counted(owed: Owed, handed_in: int | None, comment: str) -> str:
    """Keep the number that was handed in; the step's words begin with it."""
    if not isinstance(owed, Deliverable) or owed.count is None:
        return comment
    if handed_in is None or handed_in < 0:
        raise NotPossible(f"出した数（{owed.unit}）を書いてください。", "count_needed")
    owed.handed_in = handed_in
    return f"{handed_in:,}{owed.unit}。{comment}"[:1000]


def _acceptable(owed: Owed, comment: str) -> None:
    """Raise ``NotPossible`` for too few without words about it, and for a 完了届 while something mandatory is missing."""
    if isinstance(owed, Deliverable) and owed.count is not None and owed.handed_in is not None:
        judged = range_of(owed.count, owed.about_percent).judge(owed.handed_in)
        if judged == "too_few" and not comment.strip():
            raise NotPossible("数が足りません。受け取るときは、その理由を書いてください。", "too_few")
    if isinstance(owed, Paper) and owed.completes:
        require_complete(owed.commission, besides=owed)


def require_complete(commission: Commission, besides: Paper | None = None) -> None:
    """Raise ``NotPossible`` with what is missing: completion needs everything mandatory accepted (P-801)."""
    missing = [one.title for one in missing_of(commission) if one != besides]
    if missing:
        more = f"、ほか{len(missing) - 5}つ" if len(missing) > 5 else ""
        raise NotPossible(f"まだ受け取っていないものがあります：{'、'.join(missing[:5])}{more}", "something_missing")


decides("deliverable")(_react)
decides("paper")(_react)


def _lock(owed: Owed) -> Owed:
    return type(owed).objects.select_for_update().get(pk=owed.pk)


def _approval(owed: Owed) -> Approval:
    approval = approval_of(kind_of(owed), owed.public_id)
    if approval is None:
        raise NotPossible("まだ提出されていません。", "not_submitted")
    return approval


def _move(actor: Actor, owed: Owed, to: State, comment: str, attachment_id: str) -> None:
    if not can_move(owed.state, to):
        raise NotPossible(f"いまは「{LABELS[State(owed.state)]}」なので、この操作はできません。", "wrong_state")
    before, owed.state = owed.state, to
    owed.version += 1
    owed.save()
    OwedChange.objects.create(
        authority=actor.authority,
        kind=kind_of(owed),
        object_id=owed.public_id,
        title=owed.title,
        before=before,
        state=to,
        effective_on=clock.today(),
        recorded_at=clock.now(),
        by=actor.account,
        comment=comment,
        attachment_id=attachment_id,
    )
    record(actor, f"{kind_of(owed)}.{to}", owed, details={"before": before})
