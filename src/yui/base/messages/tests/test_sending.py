"""Everything sent is a row first; mail really goes over SMTP."""

import socket
import time

import pytest
from aiosmtpd.controller import Controller
from allauth.account.adapter import get_adapter
from django_tasks_db.models import DBTaskResult

from yui.base.access.errors import NotPossible, Refused
from yui.base.audit.models import AuditEvent
from yui.base.jobs.worker import work_through
from yui.base.messages.channels import channels
from yui.base.messages.domain import Receiver, cancel, cancel_related, erase_for, mark_printed, resend, send
from yui.base.messages.models import Message, State
from yui.base.messages.queries import letters_to_print, undelivered
from yui.base.messages.render import TalkativeSubject
from yui.base.messages.tasks import MOST_ATTEMPTS, deliver_waiting

TEMPLATES = {
    "messages/greeting.mail.txt": "{{ town }}からのお知らせ\n\n{{ who }}さん、<こんにちは>。",
    "messages/greeting.letter.txt": "{{ town }}からのお手紙\n\n{{ who }}さま",
    "messages/loud.mail.txt": "{{ who }}さんの紹介\n\n本文",
}
HANAKO = Receiver("person", "p23456789bcd", "hanako@example.jp")


class Box:
    """A mail server that keeps what it gets, or refuses."""

    def __init__(self):
        self.mails, self.answers = [], []

    async def handle_DATA(self, server, session, envelope):
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            self.mails.append(envelope)
        return answer


@pytest.fixture
def box(settings):
    handler = Box()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Controller(handler, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = False
    yield handler
    server.stop()


@pytest.fixture(autouse=True)
def templates(settings):
    engine = {**settings.TEMPLATES[0], "OPTIONS": {**settings.TEMPLATES[0]["OPTIONS"]}}
    engine["OPTIONS"]["loaders"] = [("django.template.loaders.locmem.Loader", TEMPLATES)]
    settings.TEMPLATES = [engine]


def greet(actor, channel="mail", to=HANAKO, kind="greeting", **given):
    return send(
        actor=actor, authority=actor.authority, channel=channel, kind=kind, to=to, context={"who": "例示 花子"},
        **given,
    )  # fmt: skip


def due_again():
    Message.objects.update(attempt_after=0)


def test_a_mail_goes_out_after_the_commit_and_its_row_says_so(
    sora, coordinator, box, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        message = greet(coordinator)
        assert box.mails == []
    assert DBTaskResult.objects.count() == 1
    work_through()
    message.refresh_from_db()
    assert (message.state, message.attempts, message.error) == (State.SENT, 1, "")
    [mail] = box.mails
    assert mail.rcpt_tos == ["hanako@example.jp"]
    text = mail.content.decode()
    assert f"<{message.public_id}@" in text
    assert message.subject == "そら町からのお知らせ"
    assert message.body == "例示 花子さん、<こんにちは>。\n"
    work_through()
    deliver_waiting()
    assert len(box.mails) == 1


def test_the_audit_names_the_person_by_id_and_says_nothing_else(sora, coordinator):
    greet(coordinator)
    event = AuditEvent.objects.get()
    assert (event.act, event.person_id, event.details) == (
        "message.queued", HANAKO.public_id, {"kind": "greeting", "channel": "mail"},
    )  # fmt: skip


def test_what_fails_for_now_is_tried_again_and_not_lost(sora, coordinator, box):
    message = greet(coordinator)
    box.answers = ["451 try later"]
    assert deliver_waiting() == 1
    message.refresh_from_db()
    assert (message.state, message.error, message.attempts) == (State.QUEUED, "smtp_451", 1)
    assert message.attempt_after > time.time()
    assert deliver_waiting() == 0
    due_again()
    deliver_waiting()
    message.refresh_from_db()
    assert (message.state, message.attempts, len(box.mails)) == (State.SENT, 2, 1)


def test_what_is_refused_for_good_fails_and_can_be_sent_again(sora, coordinator, box):
    message = greet(coordinator)
    box.answers = ["550 no such user"]
    deliver_waiting()
    assert [(found.error, found.state) for found in undelivered()] == [("smtp_550", State.FAILED)]
    resend(actor=coordinator, message=message)
    deliver_waiting()
    message.refresh_from_db()
    assert message.state == State.SENT


def test_without_a_server_it_gives_up_after_some_days_but_keeps_the_row(sora, coordinator, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    greet(coordinator)
    for _ in range(MOST_ATTEMPTS):
        due_again()
        deliver_waiting()
    [message] = undelivered()
    assert (message.error, message.attempts) == ("unreachable", MOST_ATTEMPTS)


def test_a_cancelled_message_stays_at_home(sora, coordinator, box):
    one, _ = greet(coordinator), greet(coordinator, related=("introduction", "i1"))
    cancel(actor=coordinator, message=one)
    assert cancel_related(actor=coordinator, related=("introduction", "i1")) == 1
    assert deliver_waiting() == 0
    with pytest.raises(NotPossible):
        cancel(actor=coordinator, message=one)


def test_a_letter_waits_for_the_printer_and_the_reading_of_its_address_is_recorded(sora, coordinator, somebody):
    to = Receiver("person", "p23456789bcd", "そら町見本1-2")
    letter = greet(coordinator, "letter", to, return_slip=True)
    assert deliver_waiting() == 0
    assert list(letters_to_print()) == [letter]
    with pytest.raises(Refused):
        mark_printed(actor=somebody(sora, "auditor"), message=letter)
    letter = mark_printed(actor=coordinator, message=letter)
    assert letter.state == State.PRINTED
    assert list(letters_to_print()) == []
    read = AuditEvent.objects.get(act="contact.read")
    assert (read.person_id, read.fields, read.reason) == ("p23456789bcd", ["address"], "letter")


def test_a_subject_that_names_somebody_is_a_defect(sora, coordinator):
    with pytest.raises(TalkativeSubject):
        greet(coordinator, kind="loud")
    assert Message.objects.count() == 0


@pytest.mark.parametrize(("channel", "address"), [("mail", "not an address"), ("letter", " "), ("phone", "")])
def test_an_address_that_cannot_be_used_is_refused_with_a_sentence(sora, coordinator, channel, address):
    with pytest.raises(NotPossible) as refused:
        greet(coordinator, channel, Receiver("person", "p", address))
    assert refused.value.sentence.endswith("。")


def test_erasing_blanks_what_was_written_and_stops_what_waits(sora, coordinator, box):
    greet(coordinator)
    assert erase_for(actor=coordinator, subject=("person", HANAKO.public_id)) == 1
    message = Message.objects.get()
    assert (message.to_address, message.subject, message.body, message.state) == ("", "", "", State.CANCELLED)
    assert deliver_waiting() == 0
    assert box.mails == []


def test_the_channels_are_found_by_looking():
    assert sorted(channels()) == ["letter", "mail", "phone"]
    assert [key for key, channel in sorted(channels().items()) if channel.by_itself] == ["mail"]


def test_the_adapter_named_in_the_settings_is_ours():
    adapter = get_adapter()
    assert type(adapter).__module__ == "yui.base.messages.sign_in"
    codes = {adapter.generate_login_code() for _ in range(50)}
    assert all(len(code) == 6 and code.isdecimal() for code in codes)
    assert len(codes) > 40
    assert adapter.is_open_for_signup(None) is False
