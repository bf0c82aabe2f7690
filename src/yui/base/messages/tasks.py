"""Delivering what is queued, by the worker. At least once: a worker killed between the mail server's yes and our row
tries again, under the same Message-ID.
"""

import time

from django.conf import settings
from django.db.models import F
from django_tasks import task

from yui.base import clock
from yui.base.messages.channels import Undelivered, channels
from yui.base.messages.models import Message, State
from yui.base.tenancy.scope import every_town_on_purpose

LEASE = 120
"""Seconds one sender has for one message before another may try."""
MOST_ATTEMPTS = 8
FIRST_PAUSE = 60
BATCH = 200
ROUND = 30.0
"""Seconds that one round of ``deliver_waiting`` may take."""
SIGN_IN = "sign_in"


@task
def deliver(public_id: str) -> str:
    """Deliver one message and return the state it reached. Without it, or when it is not due, nothing happens."""
    with every_town_on_purpose():
        return _deliver(public_id)


def deliver_waiting() -> int:
    """Deliver what is due: retries, and what was lost between a commit and the queue. Run by the worker each minute."""
    with every_town_on_purpose():
        own = [key for key, channel in channels().items() if channel.by_itself]
        due = Message.objects.filter(state=State.QUEUED, channel__in=own, attempt_after__lte=_machine_time())
        ids = list(due.order_by("id").values_list("public_id", flat=True)[:BATCH])
        until, count = time.monotonic() + ROUND, 0
        for public_id in ids:
            if time.monotonic() > until:  # a mail server that hangs must not keep the minute's other work waiting
                break
            _deliver(public_id)
            count += 1
    return count


def _deliver(public_id: str) -> str:
    """Claim by one conditional update, deliver outside any transaction, write down what came of it."""
    now = _machine_time()
    claimed = Message.objects.filter(public_id=public_id, state=State.QUEUED, attempt_after__lte=now).update(
        attempt_after=now + LEASE, attempts=F("attempts") + 1
    )
    message = Message.objects.select_related("authority").filter(public_id=public_id).first()
    if message is None:
        return ""
    if not claimed:
        return str(message.state)
    try:
        channels()[message.channel].deliver(message)
    except Undelivered as error:
        return _failed(message, error)
    sent = Message.objects.filter(pk=message.pk)
    sent.update(state=State.SENT, sent_at=clock.now(), error="")
    if message.kind.startswith(SIGN_IN) and not settings.YUI_DEMO:
        sent.update(body="")  # a code or a link in it would open an account
    return str(State.SENT)


def _failed(message: Message, error: Undelivered) -> str:
    over = error.final or message.attempts >= MOST_ATTEMPTS
    state = State.FAILED if over else State.QUEUED
    pause = FIRST_PAUSE * 2 ** (message.attempts - 1)
    Message.objects.filter(pk=message.pk, state=State.QUEUED).update(
        state=state, error=error.code[:60], attempt_after=_machine_time() + pause
    )
    return str(state)


def _machine_time() -> int:
    """Seconds of the machine's clock; a lease has nothing to do with the day the house believes it is."""
    return int(time.time())
