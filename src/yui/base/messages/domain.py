"""The one sender. A message is a row first; it goes out after the commit of what caused it."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.record import Reason, record, record_reading
from yui.base.messages.channels import channels
from yui.base.messages.models import Message, State
from yui.base.messages.render import render
from yui.base.messages.tasks import deliver
from yui.base.tenancy.models import Authority


@dataclass(frozen=True, slots=True)
class Receiver:
    """To whom: kind and public id (``person``, ``organization``, ``account``) and the address of the channel."""

    kind: str
    public_id: str
    address: str


def send(
    *,
    actor: Actor,
    authority: Authority | None,
    channel: str,
    kind: str,
    to: Receiver,
    context: dict[str, Any],
    language: str = "ja",
    template: str = "",
    related: tuple[str, str] = ("", ""),
    return_slip: bool = False,
) -> Message:
    """Write the message; call it inside the transaction of its cause, whose verb has asked for the right.

    ``template`` is ``messages/<kind>.<channel>.txt`` unless given. Raises ``NotPossible`` for an address that cannot
    be used and ``TalkativeSubject`` for a template that tells too much.
    """
    found = channels()[channel]
    fault = found.address_fault(to.address)
    if fault:
        raise NotPossible(fault, "address")
    subject, body = render(
        template or f"messages/{kind}.{channel}.txt", context, language=language, authority=authority
    )
    return send_written(
        actor=actor, authority=authority, channel=channel, kind=kind, to=to, subject=subject, body=body,
        language=language, related=related, return_slip=return_slip,
    )  # fmt: skip


def send_written(
    *,
    actor: Actor,
    authority: Authority | None,
    channel: str,
    kind: str,
    to: Receiver,
    subject: str,
    body: str,
    language: str = "ja",
    related: tuple[str, str] = ("", ""),
    return_slip: bool = False,
) -> Message:
    """The same with words already written; for the sign-in library, which brings its own."""
    with transaction.atomic():
        message = Message.objects.create(
            authority=authority,
            channel=channel,
            kind=kind,
            to_kind=to.kind,
            to_id=to.public_id,
            to_address=to.address.strip(),
            subject=subject,
            body=body,
            language=language,
            created_at=clock.now(),
            related_kind=related[0],
            related_id=related[1],
            return_slip=return_slip,
        )
        person = to.public_id if to.kind == "person" else ""
        record(actor, "message.queued", message, person_id=person, details={"kind": kind, "channel": channel})
        if channels()[channel].by_itself:
            transaction.on_commit(lambda: deliver.enqueue(message.public_id))
    return message


def mark_printed(*, actor: Actor, message: Message) -> Message:
    """Staff have printed a letter and sent it off; that they saw the address is recorded. Printing again is possible."""
    require(actor, Permission.LETTER_PRINT, message)
    with transaction.atomic():
        letters = Message.objects.filter(pk=message.pk, channel="letter", erased_on=None)
        changed = letters.filter(state=State.QUEUED).update(state=State.PRINTED, sent_at=clock.now())
        if not changed and not letters.filter(state=State.PRINTED).exists():
            raise NotPossible("この手紙は、もう印刷できません。", "not_printable")
        if message.to_kind == "person":
            record_reading(actor, person_id=message.to_id, fields=["address"], reason=Reason.LETTER)
        record(actor, "message.printed", message)
    message.refresh_from_db()
    return message


def mark_called(*, actor: Actor, message: Message) -> Message:
    """Staff have made the call."""
    require(actor, Permission.CONTACT_NOTE_WRITE, message)
    with transaction.atomic():
        changed = Message.objects.filter(pk=message.pk, channel="phone", state=State.QUEUED).update(
            state=State.SENT, sent_at=clock.now()
        )
        if not changed:
            raise NotPossible("この電話は、もう済んでいます。", "not_waiting")
        record(actor, "message.called", message)
    message.refresh_from_db()
    return message


def resend(*, actor: Actor, message: Message) -> Message:
    """Try a failed message once more from the beginning."""
    require(actor, Permission.CONTACT_NOTE_WRITE, message)
    with transaction.atomic():
        changed = Message.objects.filter(pk=message.pk, state=State.FAILED, erased_on=None).update(
            state=State.QUEUED, attempts=0, attempt_after=0, error=""
        )
        if not changed:
            raise NotPossible("送りなおせるのは、送れなかったものだけです。", "not_failed")
        record(actor, "message.resent", message)
        transaction.on_commit(lambda: deliver.enqueue(message.public_id))
    message.refresh_from_db()
    return message


def cancel(*, actor: Actor, message: Message) -> Message:
    """Keep a message from going out, as long as it has not."""
    require(actor, Permission.CONTACT_NOTE_WRITE, message)
    with transaction.atomic():
        waiting = Message.objects.filter(pk=message.pk, state__in=[State.QUEUED, State.FAILED])
        if not waiting.update(state=State.CANCELLED):
            raise NotPossible("もう送ったものは、取り消せません。", "already_sent")
        record(actor, "message.cancelled", message)
    message.refresh_from_db()
    return message


def cancel_related(*, actor: Actor, related: tuple[str, str]) -> int:
    """Keep everything back that is about a thing which no longer holds; called by the verb that ended it."""
    with transaction.atomic():
        waiting = Message.objects.filter(related_kind=related[0], related_id=related[1], state=State.QUEUED)
        count = 0
        for message in waiting:
            count += Message.objects.filter(pk=message.pk, state=State.QUEUED).update(state=State.CANCELLED)
            record(actor, "message.cancelled", message)
    return count


def erase_for(*, actor: Actor, subject: tuple[str, str]) -> int:
    """Blank address, subject and body of everything written to somebody (kind and public id); what waits is cancelled.

    Called by the erasure of a person, which asked for the right. That something was sent, when and of what kind
    stays.
    """
    with transaction.atomic():
        to_them = Message.objects.filter(to_kind=subject[0], to_id=subject[1])
        to_them.filter(state__in=[State.QUEUED, State.FAILED]).update(state=State.CANCELLED)
        count = to_them.update(to_address="", subject="", body="", erased_on=clock.today())
        record(actor, "message.erased", details={"count": count}, person_id=subject[1])
    return count
