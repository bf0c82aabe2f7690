"""Reading the outbox. Call inside the authority's scope."""

from django.db.models import QuerySet

from yui.base.messages.models import Message, State


def letters_to_print() -> QuerySet[Message]:
    """Letters that wait for the printer, oldest first."""
    return Message.objects.filter(channel="letter", state=State.QUEUED).order_by("id")


def calls_to_make() -> QuerySet[Message]:
    """Calls that wait for staff, oldest first."""
    return Message.objects.filter(channel="phone", state=State.QUEUED).order_by("id")


def undelivered() -> QuerySet[Message]:
    """What did not reach its receiver and needs somebody."""
    return Message.objects.filter(state=State.FAILED).order_by("-id")


def outbox() -> QuerySet[Message]:
    """Everything, newest first."""
    return Message.objects.order_by("-id")


def related_to(kind: str, public_id: str) -> QuerySet[Message]:
    """What was sent about a thing."""
    return Message.objects.filter(related_kind=kind, related_id=public_id).order_by("-id")
