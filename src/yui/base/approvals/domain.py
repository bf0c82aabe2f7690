"""What can be done with an approval. Every step is a dated row and is told to the wing in the same transaction."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible, Refused
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere, require
from yui.base.approvals.decisions import tell
from yui.base.approvals.models import Approval, ApprovalStep
from yui.base.approvals.states import LABELS, State, Step, after
from yui.base.audit.record import record


def draft_approval(*, actor: Actor, kind: str, object_id: str, title: str, url: str = "") -> Approval:
    """Begin a draft (起案) that its author sends on later with ``request_approval``."""
    require(actor, Permission.APPROVAL_REQUEST)
    with transaction.atomic():
        approval = _create(actor, kind, object_id, title, url, None)
        _note(actor, approval, Step.DRAFT, "")
    return approval


def request_approval(
    *,
    actor: Actor,
    kind: str,
    object_id: str,
    title: str,
    url: str = "",
    comment: str = "",
    due_on: dt.date | None = None,
    permission: Permission = Permission.APPROVAL_REQUEST,
    thing: Any = None,
) -> Approval:
    """Lay something before those who approve; also sends a draft or a returned one (again).

    A wing whose own right suffices, such as a resident submitting their own 出番, names that ``permission`` and the
    ``thing``. Raises ``NotPossible`` while the same thing is under review.
    """
    require(actor, permission, thing)
    with transaction.atomic():
        approval = (
            Approval.objects.select_for_update()
            .filter(kind=kind, object_id=object_id, state__in=[State.DRAFT, State.REVIEW, State.RETURNED])
            .first()
        ) or _create(actor, kind, object_id, title, url, due_on)
        approval.title, approval.url = title, url or approval.url
        approval.due_on = due_on or approval.due_on
        approval.requested_by, approval.requested_at = actor.account, clock.now()
        return _step(actor, approval, Step.REQUEST, comment)


def return_for_change(*, actor: Actor, approval: Approval, comment: str) -> Approval:
    """差戻し: back to its author, with the words that say what to change."""
    require(actor, Permission.APPROVAL_DECIDE, approval)
    if not comment.strip():
        raise NotPossible("差し戻すときは、何をなおせばよいかを書いてください。", "comment_needed")
    with transaction.atomic():
        return _step(actor, _lock(approval), Step.RETURN, comment.strip())


def approve(*, actor: Actor, approval: Approval, comment: str = "") -> Approval:
    """承認. Nobody approves their own request."""
    require(actor, Permission.APPROVAL_DECIDE, approval)
    with transaction.atomic():
        approval = _lock(approval)
        if actor.account is not None and approval.requested_by_id == actor.account.pk:
            raise Refused("自分で起案したものは、自分では承認できません。", "own_request")
        approval.decided_by, approval.decided_at = actor.account, clock.now()
        return _step(actor, approval, Step.APPROVE, comment.strip())


def withdraw(*, actor: Actor, approval: Approval, comment: str = "") -> Approval:
    """取下げ, by its author or by staff who may request approvals."""
    own = actor.account is not None and approval.requested_by_id == actor.account.pk
    same_town = actor.authority is not None and approval.authority_id == actor.authority.pk
    if not same_town or not (own or holds_everywhere(actor, Permission.APPROVAL_REQUEST)):
        raise Refused("取り下げられるのは、起案した人と担当者だけです。", "not_author")
    with transaction.atomic():
        return _step(actor, _lock(approval), Step.WITHDRAW, comment.strip())


def _create(actor: Actor, kind: str, object_id: str, title: str, url: str, due_on: dt.date | None) -> Approval:
    try:
        with transaction.atomic():
            return Approval.objects.create(
                authority=actor.authority,
                kind=kind,
                object_id=object_id,
                title=title,
                url=url,
                due_on=due_on,
                requested_by=actor.account,
            )
    except IntegrityError as error:  # two people pressed at once
        raise NotPossible("もう承認の手続きの途中です。", "already_open") from error


def _lock(approval: Approval) -> Approval:
    return Approval.objects.select_for_update().get(pk=approval.pk)


def _step(actor: Actor, approval: Approval, step: Step, comment: str) -> Approval:
    reached = after(approval.state, step)
    if reached is None:
        raise NotPossible(f"いまは「{LABELS[State(approval.state)]}」なので、この操作はできません。", "wrong_state")
    approval.state = reached
    approval.save()
    _note(actor, approval, step, comment)
    tell(actor=actor, approval=approval, state=reached, comment=comment)
    return approval


def _note(actor: Actor, approval: Approval, step: Step, comment: str) -> None:
    ApprovalStep.objects.create(
        authority=actor.authority, approval=approval, step=step, by=actor.account, comment=comment, at=clock.now()
    )
    record(actor, f"approval.{step}", approval, details={"kind": approval.kind, "object": approval.object_id})
