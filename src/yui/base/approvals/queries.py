"""Reading approvals."""

from collections.abc import Iterable

from django.db.models import QuerySet

from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere
from yui.base.approvals.models import Approval
from yui.base.approvals.states import State


def waiting_for(actor: Actor) -> QuerySet[Approval]:
    """What this actor can decide now: everything under review that somebody else requested."""
    if not holds_everywhere(actor, Permission.APPROVAL_DECIDE):
        return Approval.objects.none()
    waiting = Approval.objects.filter(state=State.REVIEW).order_by("requested_at")
    return waiting.exclude(requested_by=actor.account) if actor.account is not None else waiting


def returned_to(actor: Actor) -> QuerySet[Approval]:
    """What was sent back to this actor."""
    if actor.account is None:
        return Approval.objects.none()
    return Approval.objects.filter(state=State.RETURNED, requested_by=actor.account)


def approval_of(kind: str, object_id: str) -> Approval | None:
    """The newest approval of a thing, with its steps."""
    found = Approval.objects.filter(kind=kind, object_id=object_id).prefetch_related("steps__by")
    return found.order_by("-id").first()


def approvals_of(kind: str, object_ids: Iterable[str]) -> dict[str, Approval]:
    """The newest approval of each of several things, with its steps."""
    found = Approval.objects.filter(kind=kind, object_id__in=list(object_ids)).prefetch_related("steps__by")
    return {approval.object_id: approval for approval in found.order_by("id")}


def is_approved(kind: str, object_id: str) -> bool:
    """Whether the newest approval of a thing was given."""
    newest = Approval.objects.filter(kind=kind, object_id=object_id).order_by("-id").first()
    return newest is not None and newest.state == State.APPROVED
